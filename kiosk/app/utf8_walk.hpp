// Walking over UTF-8 text by code points, for the screens.
#pragma once

#include "page/line_break.hpp"

namespace pipa::kiosk {

using pipa::CodePoint;
using pipa::first_code_point;

}  // namespace pipa::kiosk
