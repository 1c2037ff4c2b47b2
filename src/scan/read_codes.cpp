#include "scan/read_codes.hpp"

#include <exception>

#include <ZXing/ReadBarcode.h>

namespace pipa {

Result<std::vector<ScannedCode>> read_codes(const GreyImage& image, Effort effort) {
    std::vector<ScannedCode> codes;
    if (image.pixels == nullptr || image.width == 0 || image.height == 0) return codes;
    // Division instead of a product: width * height must not overflow before it is compared.
    if (image.width > max_image_pixels / image.height || image.row_stride < image.width) return fail(ErrorCode::ImageTooLarge);
    const bool thorough = effort == Effort::Thorough;
    const auto options = ZXing::ReaderOptions()
                             .formats(ZXing::BarcodeFormat::QRCode)
                             .tryHarder(thorough)
                             .tryRotate(thorough)
                             .tryInvert(thorough)
                             .tryDownscale(true)
                             .maxNumberOfSymbols(static_cast<std::uint8_t>(thorough ? max_codes_per_photo : max_codes_per_frame));
    try {
        const ZXing::ImageView view(image.pixels, static_cast<int>(image.width), static_cast<int>(image.height),
                                    ZXing::ImageFormat::Lum, static_cast<int>(image.row_stride));
        for (const auto& barcode : ZXing::ReadBarcodes(view, options)) {
            ScannedCode code{.content = barcode.bytes()};
            for (std::size_t i = 0; i < code.corners.size(); ++i) {
                const auto& corner = barcode.position()[i];
                code.corners[i] = {corner.x, corner.y};
            }
            codes.push_back(std::move(code));
        }
    } catch (const std::exception&) {  // ZXing reports some damaged symbols this way; a picture without codes, for us
        codes.clear();
    }
    return codes;
}

}  // namespace pipa
