#include "platform/rgba_planes.hpp"

#include <algorithm>

namespace pipa::kiosk {
namespace {

struct Rgb {
    int r, g, b;
};

std::uint8_t scaled(int weighted, int offset) { return static_cast<std::uint8_t>(((weighted + 128) >> 8) + offset); }
std::uint8_t luma_of(const std::uint8_t* p) { return scaled(66 * p[0] + 129 * p[1] + 25 * p[2], 16); }

// The mean of four neighbours; at an odd edge the last ones count twice.
Rgb mean(const std::uint8_t* upper, const std::uint8_t* lower, std::size_t right) {
    const auto channel = [&](std::size_t c) { return (upper[c] + upper[right + c] + lower[c] + lower[right + c] + 2) / 4; };
    return {channel(0), channel(1), channel(2)};
}

}  // namespace

void split_rgba(const std::uint8_t* pixels, std::size_t pitch, int width, int height, Frame& frame) {
    frame.width = width;
    frame.height = height;
    const auto w = static_cast<std::size_t>(width), h = static_cast<std::size_t>(height);
    const auto half_w = static_cast<std::size_t>(frame.half_width()), half_h = static_cast<std::size_t>(frame.half_height());
    frame.luma.resize(w * h);
    frame.blue.resize(half_w * half_h);
    frame.red.resize(half_w * half_h);
    for (std::size_t y = 0; y < h; ++y) {
        const std::uint8_t* row = pixels + y * pitch;
        std::uint8_t* out = frame.luma.data() + y * w;
        for (std::size_t x = 0; x < w; ++x) out[x] = luma_of(row + 4 * x);
    }
    for (std::size_t y = 0; y < half_h; ++y) {
        const std::uint8_t* upper = pixels + 2 * y * pitch;
        const std::uint8_t* lower = pixels + std::min(2 * y + 1, h - 1) * pitch;
        for (std::size_t x = 0; x < half_w; ++x) {
            const Rgb c = mean(upper + 8 * x, lower + 8 * x, 2 * x + 1 < w ? 4 : 0);
            frame.blue[y * half_w + x] = scaled(-38 * c.r - 74 * c.g + 112 * c.b, 128);
            frame.red[y * half_w + x] = scaled(112 * c.r - 94 * c.g - 18 * c.b, 128);
        }
    }
}

}  // namespace pipa::kiosk
