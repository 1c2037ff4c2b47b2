// Catalogues of texts, as JSON and as a browser hands them over: both readers say the same, entries stand in order, and filling in values adds
// no more than those.
#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/utf8.hpp"
#include "fuzz/fuzz.hpp"
#include "page/catalogue.hpp"

using namespace pipa;
using fuzz::must;

namespace {

std::string packed(const Catalogue& catalogue) {
    std::string out;
    for (const auto& [key, text] : catalogue.entries()) out += key + '\0' + text + '\0';
    return out;
}

void check_order(const Catalogue& catalogue) {
    const auto entries = catalogue.entries();
    must(std::ranges::adjacent_find(entries, std::ranges::greater_equal{}, &Catalogue::Entry::first) == entries.end(), "entries stand by ascending keys, each once");
    for (const auto& [key, text] : entries) {
        must(catalogue.has(key) && catalogue.text(key) == text, "every entry is found");
        must(is_utf8(text), "a text is UTF-8");
    }
}

void check_texts(const Catalogue& catalogue) {
    const std::array<Argument, 3> arguments = {Argument{"days", "3"}, Argument{"name", "{days}"}, Argument{"number", ""}};
    for (const auto& [key, text] : catalogue.entries()) {
        const std::string filled = catalogue.format(key, arguments);
        // "{days}" gives way to "3", "{name}" to as many bytes as it has.
        must(filled.size() <= text.size(), "what is filled in takes the place of a placeholder");
        must(text.find('{') != std::string::npos || filled == text, "a text without placeholders stays as it is");
        must(is_utf8(filled), "a filled text is UTF-8");
    }
}

}  // namespace

void fuzz_one(ByteView input) {
    const std::string_view text = as_text(input);
    auto parsed = Catalogue::parse("zh-Hans", text);
    must(parsed.has_value() == [&] {
        const auto json = nlohmann::json::parse(text, nullptr, false);
        return json.is_object() && std::ranges::all_of(json, [](const auto& value) { return value.is_string(); });
    }(), "a catalogue is an object of texts");
    auto unpacked = Catalogue::unpack("en", text);
    if (unpacked) must(packed(*unpacked) == text, "a catalogue is packed in one way");
    if (!parsed && !unpacked) return;
    Catalogue catalogue = std::move(parsed ? *parsed : *unpacked);
    check_order(catalogue);
    check_texts(catalogue);
    const std::string all = packed(catalogue);
    if (std::ranges::count(all, '\0') == 2 * static_cast<std::ptrdiff_t>(catalogue.entries().size())) {
        const auto again = Catalogue::unpack(catalogue.language(), all);
        must(again && std::ranges::equal(again->entries(), catalogue.entries()), "both readers say the same");
    }
    const std::size_t count = catalogue.entries().size();
    catalogue.prefer("kiosk.");
    check_order(catalogue);
    must(catalogue.entries().size() <= 2 * count, "a face's own words are no more than were given");
}
