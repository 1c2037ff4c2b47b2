#include "scan/grey.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace pipa::scan {
namespace {

const std::uint8_t* row_of(const GreyImage& image, std::size_t y) noexcept { return image.pixels + y * image.row_stride; }

std::uint8_t as_pixel(int value) noexcept { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

// A quarter of the way from one pixel to the next: the cubic curve of Keys with a = -0.75, in parts of 128.
constexpr std::array<int, 4> quarter = {-14, 113, 33, -4};

}  // namespace

double length_of(Spot a) noexcept { return std::sqrt(a.x * a.x + a.y * a.y); }

Grey make_grey(std::size_t width, std::size_t height) {
    return {.width = width, .height = height, .pixels = Bytes(width * height)};
}

float sample(const GreyImage& image, double x, double y) noexcept {
    x = std::clamp(x, 0.0, static_cast<double>(image.width - 1));
    y = std::clamp(y, 0.0, static_cast<double>(image.height - 1));
    const auto left = static_cast<std::size_t>(x);
    const auto top = static_cast<std::size_t>(y);
    const std::size_t right = std::min(left + 1, image.width - 1);
    const std::uint8_t* upper = row_of(image, top);
    const std::uint8_t* lower = row_of(image, std::min(top + 1, image.height - 1));
    const auto fx = static_cast<float>(x - static_cast<double>(left));
    const auto fy = static_cast<float>(y - static_cast<double>(top));
    const float a = static_cast<float>(upper[left]) + fx * static_cast<float>(upper[right] - upper[left]);
    const float b = static_cast<float>(lower[left]) + fx * static_cast<float>(lower[right] - lower[left]);
    return a + fy * (b - a);
}

Grey softened(const GreyImage& image) {
    Grey out = make_grey(image.width, image.height);
    std::vector<std::uint16_t> sums(image.width);
    for (std::size_t y = 0; y < image.height; ++y) {
        const std::uint8_t* above = row_of(image, y == 0 ? 0 : y - 1);
        const std::uint8_t* here = row_of(image, y);
        const std::uint8_t* below = row_of(image, std::min(y + 1, image.height - 1));
        for (std::size_t x = 0; x < image.width; ++x)
            sums[x] = static_cast<std::uint16_t>(above[x] + 2 * here[x] + below[x]);
        std::uint8_t* row = out.pixels.data() + y * image.width;
        const std::size_t last = image.width - 1;
        for (std::size_t x = 1; x < last; ++x)
            row[x] = static_cast<std::uint8_t>((sums[x - 1] + 2 * sums[x] + sums[x + 1] + 8) >> 4);
        row[0] = static_cast<std::uint8_t>((3 * sums[0] + sums[std::min<std::size_t>(1, last)] + 8) >> 4);
        if (last > 0) row[last] = static_cast<std::uint8_t>((sums[last - 1] + 3 * sums[last] + 8) >> 4);
    }
    return out;
}

Grey shrunk(const GreyImage& image, std::size_t factor) {
    Grey out = make_grey(image.width / factor, image.height / factor);
    const auto area = static_cast<std::uint32_t>(factor * factor);
    std::vector<std::uint32_t> sums(image.width);
    for (std::size_t y = 0; y < out.height; ++y) {
        std::ranges::fill(sums, 0U);
        for (std::size_t k = 0; k < factor; ++k) {
            const std::uint8_t* row = row_of(image, y * factor + k);
            for (std::size_t x = 0; x < image.width; ++x) sums[x] += row[x];
        }
        for (std::size_t x = 0; x < out.width; ++x) {
            std::uint32_t sum = area / 2;
            for (std::size_t k = 0; k < factor; ++k) sum += sums[x * factor + k];
            out.pixels[y * out.width + x] = static_cast<std::uint8_t>(sum / area);
        }
    }
    return out;
}

Grey doubled(const GreyImage& image) {
    Grey out = make_grey(2 * image.width, 2 * image.height);
    const auto rows = static_cast<std::ptrdiff_t>(image.height);
    const auto columns = static_cast<std::ptrdiff_t>(image.width);
    std::vector<int> line(image.width + 4);
    for (std::size_t y = 0; y < out.height; ++y) {
        const auto top = static_cast<std::ptrdiff_t>((y + 1) / 2) - 1;  // the pixel above or left of the place
        const bool second = y % 2 == 1;
        std::array<const std::uint8_t*, 4> sources{};
        for (std::ptrdiff_t k = 0; k < 4; ++k)
            sources[static_cast<std::size_t>(k)] = row_of(image, static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(top - 1 + k, 0, rows - 1)));
        if (!second) std::ranges::reverse(sources);
        for (std::size_t x = 0; x < image.width; ++x) {
            const int sum = quarter[0] * sources[0][x] + quarter[1] * sources[1][x] + quarter[2] * sources[2][x] + quarter[3] * sources[3][x];
            line[x + 2] = (sum + 64) >> 7;
        }
        line[0] = line[1] = line[2];
        line[image.width + 2] = line[image.width + 3] = line[image.width + 1];
        std::uint8_t* row = out.pixels.data() + y * out.width;
        for (std::ptrdiff_t x = 0; x < columns; ++x) {
            const int* at = line.data() + x;
            row[2 * x] = as_pixel((quarter[3] * at[0] + quarter[2] * at[1] + quarter[1] * at[2] + quarter[0] * at[3] + 64) >> 7);
            row[2 * x + 1] = as_pixel((quarter[0] * at[1] + quarter[1] * at[2] + quarter[2] * at[3] + quarter[3] * at[4] + 64) >> 7);
        }
    }
    return out;
}

RowWindow::RowWindow(const GreyImage& image, std::size_t radius) : m_image{image}, m_radius{radius}, m_sums(image.width) {}

void RowWindow::take(std::size_t row, bool in) {
    const std::uint8_t* pixels = row_of(m_image, row);
    std::uint32_t* sums = m_sums.data();
    if (in)
        for (std::size_t x = 0; x < m_image.width; ++x) sums[x] += pixels[x];
    else
        for (std::size_t x = 0; x < m_image.width; ++x) sums[x] -= pixels[x];
}

void RowWindow::move_to(std::size_t row) {
    const std::size_t end = std::min(m_image.height, row + m_radius + 1);
    while (m_end < end) take(m_end++, true);
    const std::size_t begin = row > m_radius ? row - m_radius : 0;
    while (m_begin < begin) take(m_begin++, false);
}

}  // namespace pipa::scan
