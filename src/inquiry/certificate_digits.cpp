#include "inquiry/certificate_digits.hpp"

#include "base/base10.hpp"
#include "record/certificate.hpp"

namespace pipa {
namespace {

// Digits that no certificate could have need no look inside. 17 digits are seven bytes.
constexpr std::size_t max_digits = (max_certificate_bytes / 7 + 1) * 17;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_whole(std::string_view digits) {
    if (digits.size() > max_digits) return false;
    const auto bytes = from_base10(digits);
    if (!bytes || bytes->size() <= cose::signature_size) return false;
    const auto item = cbor::decode(*bytes, cbor::Rules::deterministic);
    return item && item->is(cbor::Type::Tag) && item->number == cose::tag_sign1;
}

}  // namespace

DigitRun read_digits(std::string_view text) {
    DigitRun run;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_digit(text[at])) {
            run.digits += text[at];
            run.end = at + 1;
            continue;
        }
        if (text[at] != ' ') break;
        if (run.end == at && is_whole(run.digits)) break;  // once for each blank or run of them
    }
    run.whole = is_whole(run.digits);
    return run;
}

}  // namespace pipa
