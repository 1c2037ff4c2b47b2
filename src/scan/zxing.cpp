#include "scan/zxing.hpp"

#include <ZXing/ReadBarcode.h>

#include <exception>

namespace pipa::scan {
namespace {

ZXing::ImageView view_of(const GreyImage& image) {
    return {image.pixels, static_cast<int>(image.width), static_cast<int>(image.height), ZXing::ImageFormat::Lum,
            static_cast<int>(image.row_stride)};
}

}  // namespace

std::vector<ScannedCode> look_with_zxing(const GreyImage& image, const Look& look) {
    std::vector<ScannedCode> codes;
    const auto options = ZXing::ReaderOptions()
                             .formats(ZXing::BarcodeFormat::QRCodeModel2)
                             .tryHarder(look.harder)
                             .tryRotate(look.harder)
                             .tryInvert(look.inverted)
                             .tryDownscale(look.smaller)
                             .maxNumberOfSymbols(static_cast<std::uint8_t>(look.most));
    try {
        for (const auto& barcode : ZXing::ReadBarcodes(view_of(image), options)) {
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

Bytes text_of_modules(const std::vector<bool>& dark, std::size_t size) {
    constexpr std::size_t scale = 3;
    constexpr std::size_t quiet = 4;
    Grey picture = make_grey((size + 2 * quiet) * scale, (size + 2 * quiet) * scale);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        const std::size_t column = i % picture.width / scale;
        const std::size_t row = i / picture.width / scale;
        const bool inside = column >= quiet && row >= quiet && column < size + quiet && row < size + quiet;
        picture.pixels[i] = inside && dark[(row - quiet) * size + column - quiet] ? 0 : 255;
    }
    try {
        // Pure symbols it reads when asked for QRCode as a whole, not for the model.
        const auto options =
            ZXing::ReaderOptions().formats(ZXing::BarcodeFormat::QRCode).isPure(true).binarizer(ZXing::Binarizer::FixedThreshold);
        for (const auto& barcode : ZXing::ReadBarcodes(view_of(picture.view()), options)) return barcode.bytes();
    } catch (const std::exception&) {  // no text
    }
    return {};
}

}  // namespace pipa::scan
