// A laid-out still as a picture in pixels, with the same lines at the same places as its SVG.
#pragma once

#include "base/bytes.hpp"
#include "pipa/labels/text_shaper.hpp"
#include "still/still_layout.hpp"

namespace pipa {

// PNG; `scale` is in pixels for each unit of the layout. Errors: file.unwritable.
[[nodiscard]] Result<Bytes> draw_still(const StillLayout& layout, double scale, const labels::TextShaper& shaper);

}  // namespace pipa
