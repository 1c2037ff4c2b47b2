// QR codes in a grey picture: ZXing-C++, and around it a reader of our own for labels that it does not make out (attempts.hpp).
// src/scan is the only place that includes ZXing.
// Texts are bytes as stored in the symbol; whoever shows them checks that they are UTF-8. Errors: image.too_large.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

inline constexpr std::size_t max_image_pixels = 50'000'000;
inline constexpr std::size_t max_codes_per_frame = 16;
inline constexpr std::size_t max_codes_per_photo = 255;  // ZXing counts in a byte; a sheet of labels has some dozens

struct GreyImage {  // does not own its pixels
    const std::uint8_t* pixels{};  // rows top to bottom, one byte a pixel, 0 black
    std::size_t width{};
    std::size_t height{};
    std::size_t row_stride{};  // bytes from one row to the next, >= width
};

struct Point {
    int x{};
    int y{};
};

struct ScannedCode {
    Bytes content{};
    std::array<Point, 4> corners{};  // top left, top right, bottom right, bottom left of the symbol, in pixels
    bool filled_in{};  // parts that could not be seen were worked out: if its signature fails it was not read, not altered
};

enum class Effort : std::uint8_t {
    Frame,     // one frame of a live camera: another follows soon, and one in which no finder is seen is let pass, mostly
    Thorough,  // a photo: everything is tried
};

// The content as every face hands it on to the core: a text that was filled in begins with base/filled_in.hpp's mark.
[[nodiscard]] std::string text_of(const ScannedCode& code);

// All codes of the picture, at most as many as the constants above say. Whoever gets so many does not know whether there are more.
[[nodiscard]] Result<std::vector<ScannedCode>> read_codes(const GreyImage& image, Effort effort);

}  // namespace pipa
