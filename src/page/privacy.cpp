#include "page/privacy.hpp"

#include <algorithm>

namespace pipa {
namespace {

// Length of the UTF-8 sequence that starts with this byte; the text was checked when the pack was read.
std::size_t sequence_length(char lead) noexcept {
    const auto byte = static_cast<unsigned char>(lead);
    return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

template <typename Visit>
void for_each_character(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const std::size_t length = std::min(sequence_length(text.front()), text.size());
        visit(text.substr(0, length));
        text.remove_prefix(length);
    }
}

// 0..9, or the same as wide as a Chinese character (U+FF10..U+FF19).
bool is_digit(std::string_view character) noexcept {
    if (character.size() == 1) return character[0] >= '0' && character[0] <= '9';
    return character >= "\xEF\xBC\x90" && character <= "\xEF\xBC\x99";
}

}  // namespace

bool is_natural_person(PartyKind kind) noexcept {
    return kind == PartyKind::Household || kind == PartyKind::BuyerPerson;
}

std::string mask_contact(std::string_view contact) {
    std::size_t total = 0;
    for_each_character(contact, [&](std::string_view character) { total += is_digit(character) ? 1 : 0; });
    const std::size_t last = total >= 11 ? 4 : 2;
    std::string out;
    std::size_t seen = 0;
    for_each_character(contact, [&](std::string_view character) {
        const bool hidden = is_digit(character) && seen >= 3 && seen + last < total;
        if (is_digit(character)) ++seen;
        out += hidden ? "*" : character;
    });
    return out;
}

std::string mask_name(std::string_view name) {
    if (name.find('*') != std::string_view::npos) return std::string{name};
    std::string out;
    for_each_character(name, [&](std::string_view character) { out += out.empty() ? character : "*"; });
    return out;
}

}  // namespace pipa
