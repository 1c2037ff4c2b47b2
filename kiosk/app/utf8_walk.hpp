// Walking over UTF-8 text by code points. Invalid bytes come out as U+FFFD, one at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace pipa::kiosk {

struct CodePoint {
    char32_t value{};
    std::size_t size{};  // bytes it took, at least 1
};

// The code point at the start of `text`, which must not be empty.
[[nodiscard]] CodePoint first_code_point(std::string_view text) noexcept;

}  // namespace pipa::kiosk
