// Texts of older platforms (GB 18030) and ours: what comes out is UTF-8 and no longer than any of its characters can be, and ASCII stays ASCII.
#include <algorithm>

#include "base/utf8.hpp"
#include "fuzz/fuzz.hpp"
#include "pipa/field/text_encoding.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto is_ascii = [](std::uint8_t byte) { return byte < 0x80; };
    for (const std::string_view encoding : {"", "utf-8", "gb18030"}) {
        const auto text = to_utf8(input, encoding);
        if (std::ranges::all_of(input, is_ascii)) must(text && *text == as_text(input), "ASCII stays as it is");
        if (!text) {
            must(text.error().byte_offset.value_or(0) < input.size(), "the offset lies in the input");
            continue;
        }
        must(is_utf8(*text), "a text is UTF-8");
        // Two bytes of GB 18030 become three of UTF-8, four become three or four.
        must(text->size() <= input.size() * 3 / 2 + 1, "a text is not blown up");
        if (encoding.empty() && !input.empty() && input[0] >= 0xFE) continue;  // UTF-16 has line breaks of two bytes
        const auto lines = [](auto bytes) { return std::ranges::count(bytes, '\n'); };
        must(lines(*text) == lines(input), "no line comes or goes");
    }
    must(to_utf8(input, "utf-8").has_value() == is_utf8(as_text(input)), "UTF-8 is what the core calls so");
}
