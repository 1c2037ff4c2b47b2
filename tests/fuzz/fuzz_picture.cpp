// Pictures that somebody hands over (PNG, JPEG, PGM): no more pixels than are allowed, as many as width and height say, and a picture that is
// written plainly reads the same.
#include <string>

#include "fuzz/fuzz.hpp"
#include "host/pictures.hpp"

using namespace pipa;
using fuzz::must;

namespace {

constexpr std::size_t max_pixels = 1 << 20;  // fewer than in earnest, so that a try is short

}  // namespace

void fuzz_one(ByteView input) {
    const auto picture = decode_grey_picture(input, max_pixels);
    if (!picture) return must(looks_like_picture(input) || picture.error().code == ErrorCode::ImageUnreadable, "what is no picture is unreadable");
    must(looks_like_picture(input), "a picture looks like one");
    must(picture->width > 0 && picture->height > 0 && picture->width <= max_pixels / picture->height, "a picture has no more pixels than are allowed");
    must(picture->pixels.size() == picture->width * picture->height, "a picture has all its pixels");
    if (picture->pixels.size() > 1 << 16) return;
    std::string pgm = "P5\n" + std::to_string(picture->width) + " " + std::to_string(picture->height) + "\n255\n" + std::string{as_text(picture->pixels)};
    const auto again = decode_grey_picture(as_bytes(pgm));
    must(again && again->width == picture->width && again->pixels == picture->pixels, "a picture that is written reads the same");
    pgm.pop_back();
    must(!decode_grey_picture(as_bytes(pgm)), "a picture that lacks a pixel is none");
}
