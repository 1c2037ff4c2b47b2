#include "scan/attempts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "scan/glance.hpp"
#include "scan/meshed.hpp"
#include "scan/prepare.hpp"
#include "scan/zxing.hpp"

namespace pipa::scan {
namespace {

constexpr Patience for_photos{.triples = 12, .modules = 300'000};
constexpr Patience for_frames{.triples = 6, .modules = 100'000};
constexpr std::size_t meshed_up_to_pixels = 8'000'000;   // larger ones are shrunk first

std::vector<ScannedCode> scaled(std::vector<ScannedCode> codes, double factor) {
    for (ScannedCode& code : codes)
        for (Point& corner : code.corners) corner = {static_cast<int>(corner.x * factor), static_cast<int>(corner.y * factor)};
    return codes;
}

std::vector<ScannedCode> plain(const GreyImage& image) {
    return look_with_zxing(image, {.most = max_codes_per_photo, .harder = true, .inverted = true});
}

std::vector<ScannedCode> meshed_in(const GreyImage& image, const Patience& patience) {
    return read_meshed(image, find_finders(image), max_codes_per_frame, patience);
}

std::vector<ScannedCode> meshed(const GreyImage& image) {
    if (image.width * image.height <= meshed_up_to_pixels) return meshed_in(image, for_photos);
    return {};
}

// Large photos: what is small in them is still large enough, and noise is less.
std::vector<ScannedCode> meshed_smaller(const GreyImage& image) {
    const std::size_t pixels = image.width * image.height;
    if (pixels <= doubled_up_to_pixels) return {};
    std::size_t factor = 2;
    while (pixels / (factor * factor) > meshed_up_to_pixels) ++factor;
    return scaled(meshed_in(shrunk(image, factor).view(), for_photos), static_cast<double>(factor));
}

std::vector<ScannedCode> meshed_doubled(const GreyImage& image) {
    if (image.width * image.height > doubled_up_to_pixels) return {};
    return scaled(meshed_in(doubled(image).view(), for_photos), 0.5);
}

// Glare: what is left of the modules is a little darker than white.
std::vector<ScannedCode> meshed_gamma(const GreyImage& image) {
    if (image.width * image.height > meshed_up_to_pixels) return {};
    return meshed_in(with_gamma(image).view(), for_photos);
}

std::vector<ScannedCode> meshed_contrast(const GreyImage& image) {
    if (image.width * image.height > doubled_up_to_pixels) return {};
    return meshed_in(with_local_contrast(image, 20).view(), for_photos);
}

std::vector<ScannedCode> gamma(const GreyImage& image) {
    if (image.width * image.height > meshed_up_to_pixels) return {};
    return plain(with_gamma(image).view());
}

// What each adds to those before it, of 800 labels (seeds 7 and 21) and of 134 pictures of BoofCV's set that nothing here was chosen
// on (every fourth, from the third). Not kept, since they added 2 or fewer: twice the size with local contrast for ZXing (1, 1),
// half the size, softened, squeezed by 1.8 in either direction, inverted for our own.
constexpr std::array photo_attempts = {
    Attempt{"plain", plain},                      // 472, 97
    Attempt{"meshed", meshed},                    // 155, 9
    Attempt{"meshed smaller", meshed_smaller},    // 0, 4
    Attempt{"meshed doubled", meshed_doubled},    // 43, 1
    Attempt{"meshed gamma", meshed_gamma},        // 7, 2
    Attempt{"meshed contrast", meshed_contrast},  // 10, 0
    Attempt{"gamma", gamma},                      // 2, 1
};

// Nothing is remembered from frame to frame, so that one frame in eight is looked at closely whatever is seen in it is drawn from
// the pixels themselves: no two frames of a camera are the same.
bool is_drawn(const GreyImage& image) {
    std::uint32_t sum = 0;
    for (std::size_t y = 0; y < image.height; y += 16)
        for (std::size_t x = 0; x < image.width; x += 16) sum += image.pixels[y * image.row_stride + x];
    return sum % 8 == 0;
}

}  // namespace

std::span<const Attempt> attempts_for_photos() { return photo_attempts; }

std::vector<ScannedCode> read_frame(const GreyImage& image) {
    const Glance seen = glance_at(image);
    const bool drawn = is_drawn(image);
    if (!seen.dark && !seen.light && !drawn) return {};
    auto codes = look_with_zxing(image, {.most = max_codes_per_frame, .inverted = seen.light || drawn});
    if (!codes.empty() || !seen.dark) return codes;
    const std::vector<Finder> finders = find_finders(image);
    codes = read_meshed(image, finders, max_codes_per_frame, for_frames);
    if (codes.empty() && !finders.empty() && image.width * image.height <= doubled_up_to_pixels)
        codes = scaled(meshed_in(doubled(image).view(), for_frames), 0.5);
    return codes;
}

}  // namespace pipa::scan
