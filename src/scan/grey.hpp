// Grey pictures that the reader works on: its own copies of a frame, prepared one way or another.
#pragma once

#include "scan/read_codes.hpp"

namespace pipa::scan {

struct Spot {  // in pixels, the middle of a pixel at whole numbers
    double x{};
    double y{};
};

inline Spot operator+(Spot a, Spot b) noexcept { return {a.x + b.x, a.y + b.y}; }
inline Spot operator-(Spot a, Spot b) noexcept { return {a.x - b.x, a.y - b.y}; }
inline Spot operator*(double factor, Spot a) noexcept { return {factor * a.x, factor * a.y}; }
[[nodiscard]] double length_of(Spot a) noexcept;

struct Grey {
    std::size_t width{};
    std::size_t height{};
    Bytes pixels{};  // rows without gaps

    [[nodiscard]] GreyImage view() const noexcept { return {pixels.data(), width, height, width}; }
};

[[nodiscard]] Grey make_grey(std::size_t width, std::size_t height);

// Between the pixels by straight lines; beyond the edge as at the edge.
[[nodiscard]] float sample(const GreyImage& image, double x, double y) noexcept;

// Each pixel with its eight neighbours, weights 1 2 1: takes the sensor's noise and the edges a compressor rings at.
[[nodiscard]] Grey softened(const GreyImage& image);

// Means of factor x factor pixels.
[[nodiscard]] Grey shrunk(const GreyImage& image, std::size_t factor);

// Twice the size, by cubic curves: small codes get modules that a reader can tell apart.
[[nodiscard]] Grey doubled(const GreyImage& image);
inline constexpr std::size_t doubled_up_to_pixels = 2'000'000;  // larger pictures have no modules too small to be told apart

// Sums of columns over a window of rows, moved down row by row: what the means of any square window cost no more than two passes with.
class RowWindow {
public:
    RowWindow(const GreyImage& image, std::size_t radius);
    void move_to(std::size_t row);  // rows in order, from 0
    [[nodiscard]] const std::vector<std::uint32_t>& sums() const noexcept { return m_sums; }
    [[nodiscard]] std::uint32_t rows() const noexcept { return static_cast<std::uint32_t>(m_end - m_begin); }

private:
    void take(std::size_t row, bool in);

    GreyImage m_image;
    std::size_t m_radius;
    std::size_t m_begin{0};  // rows [begin, end) are in the sums
    std::size_t m_end{0};
    std::vector<std::uint32_t> m_sums;
};

}  // namespace pipa::scan
