#include "base/base10.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

// digits_for_bytes[n]: the fewest digits that hold every n-byte number.
constexpr std::array<std::size_t, 8> digits_for_bytes = {0, 3, 5, 8, 10, 13, 15, 17};
constexpr std::size_t group_bytes = 7;
constexpr std::size_t group_digits = 17;

std::size_t bytes_for_digits(std::size_t digits) noexcept {
    const auto found = std::ranges::find(digits_for_bytes, digits);
    return static_cast<std::size_t>(found - digits_for_bytes.begin());
}

}  // namespace

std::string to_base10(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() / group_bytes + 1) * group_digits);
    for (std::size_t at = 0; at < bytes.size(); at += group_bytes) {
        const std::size_t count = std::min(group_bytes, bytes.size() - at);
        std::uint64_t number = 0;
        for (std::size_t i = count; i-- > 0;) number = number << 8 | bytes[at + i];
        std::array<char, group_digits> group{};
        const std::size_t digits = digits_for_bytes[count];
        for (std::size_t i = digits; i-- > 0; number /= 10) group[i] = static_cast<char>('0' + number % 10);
        text.append(group.data(), digits);
    }
    return text;
}

Result<Bytes> from_base10(std::string_view digits) {
    const std::size_t tail_bytes = bytes_for_digits(digits.size() % group_digits);
    if (tail_bytes >= digits_for_bytes.size()) return fail(ErrorCode::Base10BadLength, digits.size());
    Bytes bytes;
    bytes.reserve(digits.size() / group_digits * group_bytes + tail_bytes);
    for (std::size_t at = 0; at < digits.size(); at += group_digits) {
        const std::size_t length = std::min(group_digits, digits.size() - at);
        const std::size_t count = length == group_digits ? group_bytes : tail_bytes;
        std::uint64_t number = 0;  // 17 digits stay below 2^57
        for (std::size_t i = at; i < at + length; ++i) {
            if (digits[i] < '0' || digits[i] > '9') return fail(ErrorCode::Base10BadDigit, i);
            number = number * 10 + static_cast<std::uint64_t>(digits[i] - '0');
        }
        if (number >> (8 * count) != 0) return fail(ErrorCode::Base10Overflow, at);
        for (std::size_t i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
    return bytes;
}

}  // namespace pipa
