#include "scan/read_codes.hpp"

#include <span>

#include "base/filled_in.hpp"
#include "scan/attempts.hpp"

namespace pipa {
namespace {

using scan::Attempt;

// The first attempt that reads something ends the search: what is read well by the plain picture is not looked for in a bent one.
std::vector<ScannedCode> first_of(std::span<const Attempt> attempts, const GreyImage& image) {
    for (const Attempt& attempt : attempts)
        if (auto codes = attempt.run(image); !codes.empty()) return codes;
    return {};
}

}  // namespace

std::string text_of(const ScannedCode& code) {
    std::string text{without_filled_in_mark(as_text(code.content))};
    if (code.filled_in) text.insert(text.begin(), filled_in_mark);
    return text;
}

Result<std::vector<ScannedCode>> read_codes(const GreyImage& image, Effort effort) {
    if (image.pixels == nullptr || image.width == 0 || image.height == 0) return std::vector<ScannedCode>{};
    // Division instead of a product: width * height must not overflow before it is compared.
    if (image.width > max_image_pixels / image.height || image.row_stride < image.width) return fail(ErrorCode::ImageTooLarge);
    return effort == Effort::Thorough ? first_of(scan::attempts_for_photos(), image) : scan::read_frame(image);
}

}  // namespace pipa
