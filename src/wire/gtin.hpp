// GTIN check digit (GS1 General Specifications, section 7.9.1).
#pragma once

#include <cstddef>
#include <string_view>

namespace pipa {

// True for 8, 12, 13 or 14 digits whose last digit is the right check digit.
[[nodiscard]] constexpr bool is_gtin(std::string_view digits) noexcept {
    if (digits.size() != 8 && (digits.size() < 12 || digits.size() > 14)) return false;
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (digits[i] < '0' || digits[i] > '9') return false;
        const bool odd_from_right = (digits.size() - i) % 2 == 0;  // the digit left of the check digit weighs 3
        sum += (digits[i] - '0') * (odd_from_right ? 3 : 1);
    }
    return sum % 10 == 0;
}

}  // namespace pipa
