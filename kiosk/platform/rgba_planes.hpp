// From a browser's pixels to the planes of a frame: BT.601 in its narrow range (ITU-R BT.601-7 section 2.5.3), as every
// camera that speaks YUV sends it. SDL could do it; its conversions are as large as the rest of the kiosk together.
#pragma once

#include "platform/frame.hpp"

namespace pipa::kiosk {

// `pixels` is rows of R, G, B and one byte that is not looked at, `pitch` bytes from row to row. Both edges are positive.
void split_rgba(const std::uint8_t* pixels, std::size_t pitch, int width, int height, Frame& frame);

}  // namespace pipa::kiosk
