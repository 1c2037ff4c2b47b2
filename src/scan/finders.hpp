// Finder patterns of QR codes: a dark square in the middle of a dark ring, each one connected piece of a picture that is cut in
// dark and light by the mean around each pixel. Blur, uneven light and bent paper change the widths that a row of pixels
// crosses (what ZXing goes by) long before they tear ring and square apart.
#pragma once

#include <array>
#include <span>

#include "scan/grey.hpp"

namespace pipa::scan {

inline constexpr std::size_t max_finders = 48;  // the largest are kept

struct Finder {
    Spot middle{};
    double size{};  // about the width of its seven modules, in pixels
};

// Windows whose mean divides dark from light, in pixels: for finders of about 10, 25 and 60 pixels.
inline constexpr std::array<std::size_t, 3> finder_windows = {25, 61, 151};

[[nodiscard]] std::vector<Finder> find_finders(const GreyImage& image, std::span<const std::size_t> windows = finder_windows);

// Three finders that may belong to one symbol.
struct Corner3 {
    Spot origin{};  // top left of the symbol
    Spot right{};   // top right
    Spot below{};   // bottom left
    double size{};  // of one finder, their mean
    double doubt{};
    std::array<std::size_t, 3> finders{};  // which
};

// The likeliest first, at most `most`.
[[nodiscard]] std::vector<Corner3> find_corners(const std::vector<Finder>& finders, std::size_t most);

}  // namespace pipa::scan
