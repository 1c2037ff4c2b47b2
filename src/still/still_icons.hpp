// The signs of verdicts as strokes on a field of 24 by 24, so that every drawer, which knows lines and circles alone, draws the same.
#pragma once

#include <span>
#include <string_view>

namespace pipa {

struct Point {
    float x{};
    float y{};
};

struct Icon {
    std::string_view name{};
    Point centre{};  // of a circle
    float radius{};  // 0: there is none
    std::span<const std::span<const Point>> strokes{};
};

// The question mark for a name that is not known.
[[nodiscard]] const Icon& icon_of(std::string_view name) noexcept;

}  // namespace pipa
