// GS1 Digital Link: what is read is known Application Identifiers with values that fit them, each once.
#include <set>

#include "fuzz/fuzz.hpp"
#include "wire/gs1/application_identifiers.hpp"
#include "wire/gs1/digital_link.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const std::string_view text = as_text(input);
    const auto link = gs1::parse_digital_link(text);
    if (!link) {
        must(link.error().byte_offset.value() <= text.size(), "the offset lies in the address");
        return;
    }
    must(link->in_path >= 1 && link->in_path <= link->elements.size(), "the path holds a key");
    must(gs1::find_identifier(link->elements.front().identifier)->is_primary_key(), "the key comes first");
    std::set<std::string> seen;
    std::string again = "https://a";
    for (std::size_t i = 0; i < link->elements.size(); ++i) {
        const auto& [identifier, value] = link->elements[i];
        must(seen.insert(identifier).second, "each once");
        must(gs1::check_value(*gs1::find_identifier(identifier), value).has_value(), "the value fits");
        again += i < link->in_path ? "/" + identifier + "/" : (i == link->in_path ? "?" : "&") + identifier + "=";
        for (const char c : value) {
            constexpr std::string_view hex = "0123456789ABCDEF";
            const auto byte = static_cast<unsigned char>(c);
            again += {'%', hex[byte >> 4], hex[byte & 15]};
        }
    }
    if (again.size() > gs1::max_uri_bytes) return;
    const auto twice = gs1::parse_digital_link(again);
    must(twice && twice->elements == link->elements && twice->in_path == link->in_path, "written again, it is the same");
}
