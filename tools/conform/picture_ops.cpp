#include <array>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "conform/driver.hpp"
#include "host/pictures.hpp"
#include "scan/draw_code.hpp"

namespace pipa::conform {
namespace {

Result<void> qr_read(const Json& request, Json& answer) {
    const auto path = text_parameter(request, "path");
    if (!path) return std::unexpected(path.error());
    const auto picture = load_grey_picture(*path);
    if (!picture) return std::unexpected(picture.error());
    const auto codes = read_codes(picture->view(), Effort::Thorough);
    if (!codes) return std::unexpected(codes.error());
    answer["codes"] = Json::array();
    for (const ScannedCode& code : *codes) {
        Json out = Json::object();
        if (is_utf8(as_text(code.content))) out["text"] = as_text(code.content);
        out["hex"] = to_hex(code.content);
        out["corners"] = Json::array();
        for (const Point corner : code.corners) out["corners"].push_back({corner.x, corner.y});
        answer["codes"].push_back(std::move(out));
    }
    return {};
}

Result<void> qr_draw(const Json& request, Json& answer) {
    const auto text = text_parameter(request, "text");
    if (!text) return std::unexpected(text.error());
    const auto letter = has_parameter(request, "ec") ? text_parameter(request, "ec") : std::string{"M"};
    if (!letter) return std::unexpected(letter.error());
    const auto level = parse_correction_level(*letter);
    if (!level) return std::unexpected(level.error());
    const auto symbol = draw_qr_code(*text, *level);
    if (!symbol) return std::unexpected(symbol.error());
    answer["version"] = symbol->version;
    answer["modules"] = Json::array();
    for (std::size_t y = 0; y < symbol->size; ++y) {
        std::string row;
        for (std::size_t x = 0; x < symbol->size; ++x) row += symbol->is_dark(x, y) ? '1' : '0';
        answer["modules"].push_back(std::move(row));
    }
    return {};
}

constexpr std::array ops = {NamedOp{"qr.read", qr_read}, NamedOp{"qr.draw", qr_draw}};

}  // namespace

std::span<const NamedOp> picture_ops() { return ops; }

}  // namespace pipa::conform
