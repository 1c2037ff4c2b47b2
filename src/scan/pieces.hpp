// Connected dark pieces of a picture. Dark is what is darker than the mean of the window around it.
#pragma once

#include <span>
#include <vector>

#include "scan/grey.hpp"

namespace pipa::scan {

// A picture of noise falls apart into as many pieces as it has pixels, nearly; beyond this nothing is looked for in it.
inline constexpr std::size_t max_pieces = 1'000'000;

struct Piece {
    std::uint32_t left{};
    std::uint32_t right{};  // inclusive, as top and bottom
    std::uint32_t top{};
    std::uint32_t bottom{};
    std::uint64_t area{};
    std::uint64_t sum_x{};
    std::uint64_t sum_y{};

    [[nodiscard]] std::size_t width() const noexcept { return right - left + 1; }
    [[nodiscard]] std::size_t height() const noexcept { return bottom - top + 1; }
    [[nodiscard]] Spot middle() const noexcept {
        return {static_cast<double>(sum_x) / static_cast<double>(area), static_cast<double>(sum_y) / static_cast<double>(area)};
    }
    [[nodiscard]] Spot middle_of_box() const noexcept { return {(left + right) / 2.0, (top + bottom) / 2.0}; }
};

// Sums of a picture in blocks of 4 x 4 pixels, from which the mean of any window is had at once: one pass over the picture
// for all windows. (A window may sum up to 2^32: the differences of sums that wrap around are right.)
class LocalMeans {
public:
    static constexpr std::size_t side = 4;

    explicit LocalMeans(const GreyImage& image);  // the pixels outlive it
    // For each block, row by row, the brightest that counts as dark in it. `radius` in blocks. The last up to three columns and rows
    // of a picture belong to no block.
    void find_block_thresholds(std::size_t radius, std::span<std::uint8_t> out) const;
    [[nodiscard]] const GreyImage& image() const noexcept { return m_image; }
    [[nodiscard]] std::size_t columns() const noexcept { return m_columns; }
    [[nodiscard]] std::size_t rows() const noexcept { return m_rows; }

private:
    GreyImage m_image;
    std::size_t m_columns;
    std::size_t m_rows;
    std::vector<std::uint32_t> m_sums;
};

// Where a row changes between 0 and 1, the first time from 0. `mask` has eight bytes more than the row, which are 0.
void find_edges(const std::vector<std::uint8_t>& mask, std::size_t width, std::vector<std::uint32_t>& edges);

// Dark against the mean of a window of about so many pixels. Pieces touch by their sides, not their corners.
[[nodiscard]] std::vector<Piece> dark_pieces(const LocalMeans& means, std::size_t window);

}  // namespace pipa::scan
