// Rectangles in millimetres, from the top left corner.
#pragma once

#include <cstdint>

namespace pipa::labels {

struct Rect {
    double x{};
    double y{};
    double width{};
    double height{};

    [[nodiscard]] double right() const noexcept { return x + width; }
    [[nodiscard]] double bottom() const noexcept { return y + height; }
};

inline constexpr double mm_per_inch = 25.4;

}  // namespace pipa::labels
