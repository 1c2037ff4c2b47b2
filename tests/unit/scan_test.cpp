#include <catch2/catch_test_macros.hpp>

#include "scan/draw_code.hpp"
#include "scan/read_codes.hpp"
#include "support/district.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

struct Picture {
    std::vector<std::uint8_t> pixels{};
    std::size_t side{};

    [[nodiscard]] GreyImage image() const { return {pixels.data(), side, side, side}; }
};

// The symbol with the quiet zone of four modules, each module a square of `scale` pixels.
Picture paint(const QrSymbol& symbol, std::size_t scale) {
    constexpr std::size_t quiet = 4;
    Picture out{.side = (symbol.size + 2 * quiet) * scale};
    out.pixels.assign(out.side * out.side, 255);
    for (std::size_t y = 0; y < out.side; ++y) {
        for (std::size_t x = 0; x < out.side; ++x) {
            const std::size_t column = x / scale;
            const std::size_t row = y / scale;
            const bool inside = column >= quiet && row >= quiet && column < symbol.size + quiet && row < symbol.size + quiet;
            if (inside && symbol.is_dark(column - quiet, row - quiet)) out.pixels[y * out.side + x] = 0;
        }
    }
    return out;
}

std::vector<std::string> texts_in(const Picture& picture, Effort effort) {
    std::vector<std::string> out;
    const auto codes = read_codes(picture.image(), effort);
    REQUIRE(codes);
    for (const ScannedCode& code : *codes) out.emplace_back(as_text(code.content));
    return out;
}

}  // namespace

TEST_CASE("scan: every scene's code is drawn and read back, live and as a photo", "[scan]") {
    for (const Scene& scene : load_scenes()) {
        if (scene.text.empty()) continue;
        INFO("judge.json: " << scene.name);
        const auto symbol = draw_qr_code(scene.text, CorrectionLevel::M);
        REQUIRE(symbol);
        const Picture picture = paint(*symbol, 4);
        CHECK(texts_in(picture, Effort::Frame) == std::vector{scene.text});
        CHECK(texts_in(picture, Effort::Thorough) == std::vector{scene.text});
    }
}

TEST_CASE("scan: a typical certificate fits version 10 at level M, and the largest version 16 is never passed by a scene", "[scan]") {
    for (const Scene& scene : load_scenes()) {
        if (!scene.text.starts_with("HTTPS://")) continue;
        INFO("judge.json: " << scene.name);
        const int version = draw_qr_code(scene.text, CorrectionLevel::M)->version;
        CHECK(version <= 16);
        if (scene.name == "genuine sugar cane") CHECK(version <= 10);
    }
}

TEST_CASE("scan: a symbol knows its version and size", "[scan]") {
    for (const auto level : {CorrectionLevel::L, CorrectionLevel::M, CorrectionLevel::Q, CorrectionLevel::H}) {
        const auto symbol = draw_qr_code("PIPA", level);
        REQUIRE(symbol);
        CHECK(symbol->version >= 1);
        CHECK(symbol->size == 17 + 4 * static_cast<std::size_t>(symbol->version));
        CHECK(symbol->dark.size() == symbol->size * symbol->size);
        CHECK(symbol->is_dark(0, 0));
        CHECK_FALSE(symbol->is_dark(7, 7));
    }
}

TEST_CASE("scan: what no code holds is refused", "[scan]") {
    CHECK(draw_qr_code(std::string(4297, 'A'), CorrectionLevel::L).error().code == ErrorCode::QrDrawTooLong);
    CHECK(draw_qr_code(std::string(10'000, '1'), CorrectionLevel::H).error().code == ErrorCode::QrDrawTooLong);
    CHECK(draw_qr_code("", CorrectionLevel::M).error().code == ErrorCode::QrDrawTooLong);
    CHECK(parse_correction_level("Q") == CorrectionLevel::Q);
    CHECK(parse_correction_level("m").error().code == ErrorCode::QrDrawBadLevel);
    CHECK(parse_correction_level("").error().code == ErrorCode::QrDrawBadLevel);
}

TEST_CASE("scan: pictures without a code have none", "[scan]") {
    CHECK(texts_in({.pixels = std::vector<std::uint8_t>(100 * 100, 255), .side = 100}, Effort::Thorough).empty());
    CHECK(texts_in({.pixels = std::vector<std::uint8_t>(1, 0), .side = 1}, Effort::Thorough).empty());
    CHECK(read_codes({}, Effort::Frame)->empty());
}

TEST_CASE("scan: pictures that are too large or lie about their size are refused", "[scan]") {
    const std::uint8_t pixel = 0;
    const auto refused = [&](GreyImage image) { return read_codes(image, Effort::Frame).error().code == ErrorCode::ImageTooLarge; };
    CHECK(refused({&pixel, 50'000'001, 1, 50'000'001}));
    CHECK(refused({&pixel, 1, 50'000'001, 1}));
    CHECK(refused({&pixel, SIZE_MAX, SIZE_MAX, SIZE_MAX}));
    CHECK(refused({&pixel, std::size_t{1} << 33, std::size_t{1} << 33, std::size_t{1} << 33}));
    CHECK(refused({&pixel, 10, 10, 9}));
}
