// One frame of a camera, in planes: brightness for the reader of codes, colour differences for the eye.
#pragma once

#include "scan/read_codes.hpp"

namespace pipa::kiosk {

struct Frame {
    int width{};
    int height{};
    Bytes luma{};  // width * height, row by row from the top
    Bytes blue{};  // Cb and Cr, each half as wide and high, rounded up; both empty in a grey picture
    Bytes red{};

    [[nodiscard]] GreyImage grey() const {
        return {luma.data(), static_cast<std::size_t>(width), static_cast<std::size_t>(height), static_cast<std::size_t>(width)};
    }
    [[nodiscard]] int half_width() const { return (width + 1) / 2; }
    [[nodiscard]] int half_height() const { return (height + 1) / 2; }
};

}  // namespace pipa::kiosk
