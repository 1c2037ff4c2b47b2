#include "scan/prepare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace pipa::scan {
namespace {

Grey mapped(const GreyImage& image, const std::array<std::uint8_t, 256>& tones) {
    Grey out = make_grey(image.width, image.height);
    for (std::size_t y = 0; y < image.height; ++y) {
        const std::uint8_t* from = image.pixels + y * image.row_stride;
        std::uint8_t* to = out.pixels.data() + y * image.width;
        for (std::size_t x = 0; x < image.width; ++x) to[x] = tones[from[x]];
    }
    return out;
}

}  // namespace

Grey inverted(const GreyImage& image) {
    std::array<std::uint8_t, 256> tones{};
    for (std::size_t i = 0; i < tones.size(); ++i) tones[i] = static_cast<std::uint8_t>(255 - i);
    return mapped(image, tones);
}

Grey with_gamma(const GreyImage& image) {
    std::array<std::uint8_t, 256> tones{};
    for (std::size_t i = 0; i < tones.size(); ++i) tones[i] = static_cast<std::uint8_t>(i * i / 255);
    return mapped(image, tones);
}

Grey with_local_contrast(const GreyImage& image, std::size_t radius) {
    constexpr float least_deviation = 6;
    Grey squares = make_grey(image.width, image.height);  // of the distance from a coarse mean, in bytes: exact enough for a deviation
    Grey out = make_grey(image.width, image.height);
    const auto box_mean = [&](const GreyImage& of, std::size_t y, RowWindow& window, std::vector<float>& means) {
        window.move_to(y);
        const auto& sums = window.sums();
        std::uint32_t sum = 0;
        for (std::size_t x = 0; x < std::min(radius, of.width); ++x) sum += sums[x];
        for (std::size_t x = 0; x < of.width; ++x) {
            if (x + radius < of.width) sum += sums[x + radius];
            if (x > radius) sum -= sums[x - radius - 1];
            const std::size_t columns = std::min(x + radius + 1, of.width) - (x > radius ? x - radius : 0);
            means[x] = static_cast<float>(sum) / static_cast<float>(columns * window.rows());
        }
    };
    std::vector<float> means(image.width), deviations(image.width);
    RowWindow window{image, radius};
    for (std::size_t y = 0; y < image.height; ++y) {
        box_mean(image, y, window, means);
        for (std::size_t x = 0; x < image.width; ++x)
            squares.pixels[y * image.width + x] =
                static_cast<std::uint8_t>(std::min(255.0F, std::abs(static_cast<float>(image.pixels[y * image.row_stride + x]) - means[x])));
    }
    RowWindow again{image, radius};
    RowWindow spread{squares.view(), radius};
    for (std::size_t y = 0; y < image.height; ++y) {
        box_mean(image, y, again, means);
        box_mean(squares.view(), y, spread, deviations);
        for (std::size_t x = 0; x < image.width; ++x) {
            const float off = static_cast<float>(image.pixels[y * image.row_stride + x]) - means[x];
            const float value = 128 + 80 * off / std::max(deviations[x], least_deviation);
            out.pixels[y * image.width + x] = static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F));
        }
    }
    return out;
}

}  // namespace pipa::scan
