#include "scan/glance.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>

#include "scan/pieces.hpp"

namespace pipa::scan {
namespace {

constexpr std::size_t row_step = 2;
constexpr std::size_t window = 33;         // pixels
constexpr std::size_t places_kept = 1000;  // a picture of stripes has no end of them

bool fits(std::span<const std::uint32_t, 5> widths) noexcept {
    const std::uint32_t total = widths[0] + widths[1] + widths[2] + widths[3] + widths[4];
    if (total < 7) return false;
    const auto within = [&](std::uint32_t width, std::uint32_t least, std::uint32_t most) {  // in tenths of a module
        return 70 * width >= least * total && 70 * width <= most * total;
    };
    return within(widths[2], 22, 42) && within(widths[0], 4, 18) && within(widths[1], 4, 18) && within(widths[3], 4, 18) &&
           within(widths[4], 4, 18);
}

class Thresholds {
public:
    explicit Thresholds(const GreyImage& image) : m_image{image}, m_columns{image.width / LocalMeans::side} {
        const LocalMeans means{image};
        m_of_blocks.resize(means.rows() * m_columns);
        means.find_block_thresholds(window / 2 / LocalMeans::side, m_of_blocks);
        m_last_row = means.rows() - 1;
    }
    [[nodiscard]] bool is_dark(std::size_t x, std::size_t y) const noexcept {
        return m_image.pixels[y * m_image.row_stride + x] <= row(y)[std::min(x / LocalMeans::side, m_columns - 1)];
    }
    [[nodiscard]] const std::uint8_t* row(std::size_t y) const noexcept {
        return m_of_blocks.data() + std::min(y / LocalMeans::side, m_last_row) * m_columns;
    }
    void mask_of(std::size_t y, std::vector<std::uint8_t>& mask) const noexcept {
        const std::uint8_t* pixels = m_image.pixels + y * m_image.row_stride;
        const std::uint8_t* thresholds = row(y);
        for (std::size_t block = 0; block < m_columns; ++block)
            for (std::size_t k = 0; k < LocalMeans::side; ++k)
                mask[block * LocalMeans::side + k] = pixels[block * LocalMeans::side + k] <= thresholds[block] ? 1 : 0;
    }
    // The widths up and down from a place in the core, as a column crosses them.
    [[nodiscard]] bool fits_down(std::size_t x, std::size_t y, bool dark, std::uint32_t across) const noexcept {
        std::array<std::uint32_t, 5> widths{};
        for (std::size_t part = 2, at = y;;) {
            if (at == 0 || widths[part] > across) return false;
            --at;
            if (is_dark(x, at) != (dark == (part % 2 == 0))) {
                if (part == 0) break;
                --part;
            }
            ++widths[part];
        }
        ++widths[2];
        for (std::size_t part = 2, at = y;;) {
            if (++at == m_image.height || widths[part] > across) return false;
            if (is_dark(x, at) != (dark == (part % 2 == 0))) {
                if (part == 4) break;
                ++part;
            }
            ++widths[part];
        }
        const std::uint32_t total = widths[0] + widths[1] + widths[2] + widths[3] + widths[4];
        return fits(widths) && 2 * total > across && total < 2 * across;
    }

private:
    GreyImage m_image;
    std::size_t m_columns;
    std::size_t m_last_row{};
    std::vector<std::uint8_t> m_of_blocks;
};

}  // namespace

namespace {

// Places that several rows agree on.
class Places {
public:
    void add(std::uint32_t x, std::uint32_t y, std::uint32_t across) {
        if (m_places.size() >= places_kept) return;
        for (Place& place : m_places) {
            if (distance(place.x, x) > across / 4 || y - place.y > across / 2) continue;
            place.y = y;
            ++place.rows;
            return;
        }
        m_places.push_back({x, y, 1});
    }
    [[nodiscard]] bool are_at_least(std::ptrdiff_t count, std::uint32_t rows) const noexcept {
        return std::ranges::count_if(m_places, [rows](const Place& place) { return place.rows >= rows; }) >= count;
    }

private:
    struct Place {
        std::uint32_t x{};
        std::uint32_t y{};  // of the last row
        std::uint32_t rows{};
    };
    static std::uint32_t distance(std::uint32_t a, std::uint32_t b) noexcept { return a > b ? a - b : b - a; }

    std::vector<Place> m_places;
};

}  // namespace

Glance glance_at(const GreyImage& image) {
    if (image.width < LocalMeans::side || image.height < LocalMeans::side) return {};
    const Thresholds thresholds{image};
    std::vector<std::uint8_t> mask(image.width + 8);
    std::vector<std::uint32_t> edges;
    Places dark_ones, light_ones;
    for (std::size_t y = row_step / 2; y < image.height; y += row_step) {
        thresholds.mask_of(y, mask);
        find_edges(mask, image.width, edges);  // dark begins at the even ones
        for (std::size_t i = 0; i + 5 < edges.size(); ++i) {
            std::array<std::uint32_t, 5> widths{};
            for (std::size_t k = 0; k < 5; ++k) widths[k] = edges[i + k + 1] - edges[i + k];
            if (!fits(widths)) continue;
            const bool dark = i % 2 == 0;
            const std::uint32_t middle = edges[i + 2] + widths[2] / 2;
            const std::uint32_t across = edges[i + 5] - edges[i];
            if (thresholds.fits_down(middle, y, dark, across)) (dark ? dark_ones : light_ones).add(middle, static_cast<std::uint32_t>(y), across);
        }
    }
    // Of three one may be hidden. Texture looks light on dark more often than codes are printed so.
    return {.dark = dark_ones.are_at_least(2, 2), .light = light_ones.are_at_least(3, 4)};
}

}  // namespace pipa::scan
