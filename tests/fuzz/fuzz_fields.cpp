// The small readers of what people type: quantities, days and times, social credit codes, hexadecimal digits, texts.
#include "base/civil_time.hpp"
#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "fuzz/fuzz.hpp"
#include "page/privacy.hpp"
#include "record/uscc.hpp"

using namespace pipa;
using fuzz::must;

namespace {

void try_quantity(std::string_view text) {
    const auto quantity = parse_quantity(text);
    if (quantity) must(decode_quantity(encode_quantity(*quantity)) == *quantity, "a quantity can be signed");
}

void try_times(std::string_view text) {
    if (const auto day = parse_day(text)) must(format_day(*day) == text, "a day is written as it was read");
    if (const auto time = parse_time(text)) must(parse_time(format_rfc3339(*time)) == *time || !is_plausible_time(*time), "a time comes back");
}

}  // namespace

void fuzz_one(ByteView input) {
    const std::string_view text = as_text(input);
    try_quantity(text);
    try_times(text);
    must(check_uscc(text).has_value() ? text.size() == 18 : true, "a social credit code has 18 characters");
    if (const auto bytes = from_hex(text)) must(bytes->size() * 2 == text.size(), "two digits make a byte");
    if (!has_unprintable(text)) must(is_utf8(text), "printable text is UTF-8");
    must(mask_contact(text).size() <= text.size(), "masking makes nothing longer");
    must(mask_name(text).size() <= text.size(), "masking makes nothing longer");
}
