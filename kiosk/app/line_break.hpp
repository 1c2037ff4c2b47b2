// The core's line breaking, for the screens.
#pragma once

#include "page/line_break.hpp"

namespace pipa::kiosk {

using pipa::break_lines;
using pipa::MeasureText;
using pipa::unbreakable_units;

}  // namespace pipa::kiosk
