// The decoders behind decode_grey_picture, one file each. Inside tools/pipa only.
#pragma once

#include "host/pictures.hpp"

namespace pipa {

[[nodiscard]] Result<Picture> decode_png(ByteView file, std::size_t max_pixels);
[[nodiscard]] Result<Picture> decode_jpeg(ByteView file, std::size_t max_pixels);
[[nodiscard]] Result<Picture> decode_pgm(ByteView file, std::size_t max_pixels);

// A white picture of this size, or image.too_large; the only place where memory for pixels is taken.
[[nodiscard]] Result<Picture> make_picture(std::size_t width, std::size_t height, std::size_t max_pixels);

}  // namespace pipa
