// Pictures as grey pixels: PNG, JPEG and PGM, told apart by their content, never by the file's name.
//
// Dimensions are checked before any memory for pixels is taken, and a file may have 64 MB at most.
// Transparent pixels lie on white, as on paper. Errors: file.*, image.too_large, image.unreadable.
#pragma once

#include <filesystem>

#include "scan/read_codes.hpp"

namespace pipa {

struct Picture {
    std::size_t width{};
    std::size_t height{};
    Bytes pixels{};  // rows top to bottom, one byte a pixel, 0 black

    [[nodiscard]] GreyImage view() const noexcept { return {pixels.data(), width, height, width}; }
};

[[nodiscard]] Result<Picture> load_grey_picture(const std::filesystem::path& path);
[[nodiscard]] Result<Picture> decode_grey_picture(ByteView file, std::size_t max_pixels = max_image_pixels);

// True when the content begins like one of the kinds above, whether or not the rest of it is readable.
[[nodiscard]] bool looks_like_picture(ByteView file) noexcept;

}  // namespace pipa
