#include "scan/draw_code.hpp"

#include <ZXing/CreateBarcode.h>
#include <array>
#include <exception>

namespace pipa {

Result<QrSymbol> draw_qr_code(std::string_view text, CorrectionLevel level) {
    static constexpr std::array<const char*, 4> levels = {"L", "M", "Q", "H"};
    try {
        const ZXing::CreatorOptions options(ZXing::BarcodeFormat::QRCode,
                                            std::string{"ecLevel="} + levels[static_cast<std::size_t>(level)]);
        const ZXing::Barcode barcode = ZXing::CreateBarcodeFromText(text, options);
        const ZXing::ImageView symbol = barcode.symbol();
        if (!barcode.isValid() || symbol.width() < 21) return fail(ErrorCode::QrDrawTooLong);
        QrSymbol out{.version = (symbol.width() - 17) / 4, .size = static_cast<std::size_t>(symbol.width())};
        out.dark.reserve(out.size * out.size);
        for (int y = 0; y < symbol.height(); ++y)
            for (int x = 0; x < symbol.width(); ++x) out.dark.push_back(*symbol.data(x, y) == 0);
        return out;
    } catch (const std::exception&) {
        return fail(ErrorCode::QrDrawTooLong, {}, std::to_string(text.size()) + " bytes");
    }
}

Result<CorrectionLevel> parse_correction_level(std::string_view letter) {
    if (letter == "L") return CorrectionLevel::L;
    if (letter == "M") return CorrectionLevel::M;
    if (letter == "Q") return CorrectionLevel::Q;
    if (letter == "H") return CorrectionLevel::H;
    return fail(ErrorCode::QrDrawBadLevel, {}, std::string{letter.substr(0, 8)});
}

}  // namespace pipa
