// Percent-encoding (RFC 3986 section 2.1). No library: one escape is three characters.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pipa {

inline constexpr std::size_t escape_size = 3;  // "%2F"

// The byte that the escape at `at` stands for; empty when what stands there is not '%' and two hexadecimal digits.
[[nodiscard]] constexpr std::optional<unsigned char> escaped_byte(std::string_view text, std::size_t at) noexcept {
    const auto nibble = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    if (at >= text.size() || text.size() - at < escape_size || text[at] != '%') return {};
    const int high = nibble(text[at + 1]);
    const int low = nibble(text[at + 2]);
    if (high < 0 || low < 0) return {};
    return static_cast<unsigned char>(high * 16 + low);
}

}  // namespace pipa
