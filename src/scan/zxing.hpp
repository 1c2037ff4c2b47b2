// The one door to ZXing-C++'s reader.
#pragma once

#include "scan/grey.hpp"

namespace pipa::scan {

struct Look {
    std::size_t most{};  // codes
    bool harder{};       // every row, and turned by a quarter
    bool inverted{};     // light on dark as well
    bool smaller{true};  // the picture shrunk, too
};

// Symbols of QR code model 2 only: with Micro QR and rMQR, which nobody prints on labels, ZXing 3.1 now and then makes a code of
// a pattern that is none.
[[nodiscard]] std::vector<ScannedCode> look_with_zxing(const GreyImage& image, const Look& look);

// The text of a symbol that is drawn without a fault.
[[nodiscard]] Bytes text_of_modules(const std::vector<bool>& dark, std::size_t size);

}  // namespace pipa::scan
