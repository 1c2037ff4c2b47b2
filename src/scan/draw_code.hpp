// Drawing a QR symbol (ISO/IEC 18004), through ZXing-C++'s writer, which segments digits and letters well.
// Native tools and kiosk only. Errors: qr.draw_*.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

enum class CorrectionLevel : std::uint8_t { L, M, Q, H };  // about 7, 15, 25, 30 % of codewords

struct QrSymbol {
    int version{};             // 1..40
    std::size_t size{};        // modules a side, 17 + 4 * version
    std::vector<bool> dark{};  // size * size, row by row, without quiet zone

    [[nodiscard]] bool is_dark(std::size_t x, std::size_t y) const { return dark[y * size + x]; }
};

[[nodiscard]] Result<QrSymbol> draw_qr_code(std::string_view text, CorrectionLevel level);
[[nodiscard]] Result<CorrectionLevel> parse_correction_level(std::string_view letter);

}  // namespace pipa
