// Pictures made easier for ZXing's eyes. Each function beside the figure that keeps it: tests/bench/reading.cpp --attempts.
#pragma once

#include "scan/grey.hpp"

namespace pipa::scan {

[[nodiscard]] Grey inverted(const GreyImage& image);

// Dark on light again where glare lies over it: light tones are spread (the square of the brightness).
[[nodiscard]] Grey with_gamma(const GreyImage& image);

// Each pixel against the mean and the deviation of the window around it: faint print and shadow come out alike.
[[nodiscard]] Grey with_local_contrast(const GreyImage& image, std::size_t radius);

}  // namespace pipa::scan
