// The reader's own way to a symbol, and that damaged labels are read.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "base/filled_in.hpp"
#include "scan/draw_code.hpp"
#include "scan/glance.hpp"
#include "scan/grey.hpp"
#include "scan/reed_solomon.hpp"
#include "scan/symbol_text.hpp"
#include "scan/zxing.hpp"
#include "support/damaged_codes.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

// As long as a typical certificate: version 10 at level M.
std::string label_text() {
    std::string text = "HTTPS://PIPA.LINPING.EXAMPLE/C#";
    for (int i = 0; i < 420; ++i) text += static_cast<char>('0' + (i * i * 7 + i / 3) % 10);
    return text;
}

scan::SoftModules exactly(const QrSymbol& symbol) {
    scan::SoftModules soft{.size = symbol.size, .values = std::vector<float>(symbol.size * symbol.size)};
    for (std::size_t i = 0; i < soft.values.size(); ++i) soft.values[i] = symbol.dark[i] ? 1.0F : -1.0F;
    return soft;
}

std::string text_of_symbol(const scan::CleanSymbol& clean, std::size_t size) {
    return std::string{as_text(scan::text_of_modules(clean.dark, size))};
}

bool is_read(const std::vector<ScannedCode>& codes, std::string_view text) {
    for (const ScannedCode& code : codes) CHECK(as_text(code.content) == text);
    return !codes.empty();
}

scan::Grey picture_of(std::size_t width, std::size_t height, std::uint8_t (*pixel)(std::size_t x, std::size_t y)) {
    scan::Grey out = scan::make_grey(width, height);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = pixel(i % width, i / width);
    return out;
}

std::uint8_t noise_at(std::size_t x, std::size_t y) {
    std::uint64_t z = (x * 2654435761U + y) * 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 29) * 0xBF58476D1CE4E5B9U;
    return static_cast<std::uint8_t>(z >> 40);
}

}  // namespace

TEST_CASE("reader: every version and level that ZXing draws has the layout, blocks and masks of ours", "[scan]") {
    for (int version = 1; version <= 40; ++version)
        for (const auto level : {CorrectionLevel::L, CorrectionLevel::M, CorrectionLevel::Q, CorrectionLevel::H}) {
            const scan::SymbolLayout layout = scan::make_layout(version);
            constexpr std::array<scan::Correction, 4> names = {scan::Correction::L, scan::Correction::M, scan::Correction::Q, scan::Correction::H};
            std::size_t bits = 0;
            for (const scan::Block& block : scan::blocks_of(layout, names[static_cast<std::size_t>(level)])) bits += 8 * (block.length - block.parity);
            const std::string text((bits - 4 - (version < 10 ? 10U : version < 27 ? 12U : 14U)) / 10 * 3, '7');  // as many digits as it holds
            const QrSymbol symbol = draw_qr_code(text, level).value();
            INFO("version " << version << ", level " << static_cast<int>(level));
            REQUIRE(symbol.version == version);
            for (std::size_t i = 0; i < layout.modules.size(); ++i)
                if (layout.modules[i] == scan::Module::Light || layout.modules[i] == scan::Module::Dark)
                    REQUIRE(symbol.dark[i] == (layout.modules[i] == scan::Module::Dark));
            const auto clean = scan::correct_symbol(exactly(symbol), layout, false);
            REQUIRE(clean);
            CHECK(clean->dark == symbol.dark);
            CHECK(clean->erased == 0);
            CHECK(text_of_symbol(*clean, symbol.size) == text);
        }
}

TEST_CASE("reader: a block is corrected from errors, from erasures at half their price, and not beyond", "[scan]") {
    constexpr std::size_t parity = 26, length = 70;
    const std::vector<std::uint8_t> zeros(length);  // a codeword of every such code
    const auto spoilt = [&](std::size_t count) {
        auto block = zeros;
        for (std::size_t i = 0; i < count; ++i) block[i * 2] = static_cast<std::uint8_t>(i * 37 + 1);
        return block;
    };
    std::vector<std::size_t> places(length);
    for (std::size_t i = 0; i < length; ++i) places[i] = i * 2 % length;
    for (std::size_t erased = 0; erased <= parity; ++erased)
        for (std::size_t errors = 0; errors <= 14 && erased + errors <= length / 2; ++errors) {
            INFO(erased << " erased, " << errors << " errors");
            auto block = spoilt(erased + errors);
            const auto before = block;
            const auto done = scan::correct_block(block, parity, std::span{places}.first(erased));
            if (erased + 2 * errors <= parity) {
                CHECK(done.good);
                CHECK(block == zeros);
            } else if (!done.good) {
                CHECK(block == before);
            } else {
                CHECK(block != zeros);  // another codeword, which is why some parity is never used up
            }
        }
    auto block = spoilt(14);
    CHECK_FALSE(scan::correct_block(block, parity, {}).good);
}

TEST_CASE("reader: what cannot be seen is worked out as long as ten parity codewords are left, and is marked", "[scan]") {
    const QrSymbol symbol = draw_qr_code(label_text(), CorrectionLevel::M).value();
    const scan::SymbolLayout layout = scan::make_layout(symbol.version);
    const auto blocks = scan::blocks_of(layout, scan::Correction::M);
    const auto hidden = [&](std::size_t of_each) {  // codewords of every block whose bits are nearly even, and wrong
        auto soft = exactly(symbol);
        for (std::size_t i = 0; i < of_each * blocks.size() * 8; ++i) {
            const scan::Cell cell = layout.data[i];
            float& value = soft.values[cell.row * soft.size + cell.column];
            value *= -0.05F;
        }
        return soft;
    };
    const std::size_t half = blocks.front().parity / 2, most = blocks.front().parity - scan::unused_parity;
    CHECK(scan::correct_symbol(hidden(half), layout, false)->erased == 0);
    CHECK_FALSE(scan::correct_symbol(hidden(half + 1), layout, false));
    const auto worked_out = scan::correct_symbol(hidden(most), layout, true);
    REQUIRE(worked_out);
    CHECK(worked_out->erased > 0);
    CHECK(text_of_symbol(*worked_out, symbol.size) == label_text());
    CHECK_FALSE(scan::correct_symbol(hidden(most + scan::unused_parity / 2 + 1), layout, true));
}

TEST_CASE("reader: a text that was filled in begins with the mark, and no label can begin with it", "[scan]") {
    CHECK(text_of({.content = to_bytes(as_bytes("PIPA"))}) == "PIPA");
    CHECK(text_of({.content = to_bytes(as_bytes("PIPA")), .filled_in = true}) == "\x1APIPA");
    CHECK(text_of({.content = to_bytes(as_bytes("\x1A\x1APIPA"))}) == "PIPA");
    CHECK(without_filled_in_mark("\x1APIPA") == "PIPA");
}

// Measured: ZXing alone 32 of 44, ours 36, ours live 35. Rounding differs from machine to machine, hence one or two less.
TEST_CASE("reader: damaged labels are read that ZXing alone does not read, and none wrong", "[scan]") {
    const std::string text = label_text();
    std::size_t plain = 0, photo = 0, live = 0;
    for (const Damage damage : all_damages)
        for (int severity = 1; severity <= 4; ++severity) {
            INFO(name_of(damage) << ' ' << severity);
            const DamagedCode code = damaged_code(text, damage, severity, 1);
            const bool by_zxing = is_read(scan::look_with_zxing(code.view(), {.most = 255, .harder = true, .inverted = true}), text);
            const bool by_photo = is_read(read_codes(code.view(), Effort::Thorough).value(), text);
            if (by_zxing) CHECK(by_photo);
            if (damage == Damage::None || damage == Damage::Inverted) CHECK(by_photo);
            plain += by_zxing;
            photo += by_photo;
            live += is_read(read_codes(code.view(), Effort::Frame).value(), text);
        }
    CHECK(photo >= 35);
    CHECK(live >= 34);
    CHECK(photo >= plain + 3);
}

TEST_CASE("reader: pictures without a code give none, however busy they are", "[scan]") {
    const std::map<std::string, std::uint8_t (*)(std::size_t, std::size_t)> pictures = {
        {"white", [](std::size_t, std::size_t) { return std::uint8_t{255}; }},
        {"noise", noise_at},
        {"stripes", [](std::size_t x, std::size_t) { return static_cast<std::uint8_t>(x / 3 % 2 * 255); }},
        {"squares", [](std::size_t x, std::size_t y) { return static_cast<std::uint8_t>((x / 4 + y / 4) % 2 * 255); }},
        {"finders", [](std::size_t x, std::size_t y) {
            const auto away = [](std::size_t at) { return at % 27 / 3 > 4 ? at % 27 / 3 - 4 : 4 - at % 27 / 3; };
            const std::size_t ring = std::max(away(x), away(y));
            return static_cast<std::uint8_t>(ring < 2 || ring == 3 ? 0 : 255);
        }},
    };
    for (const auto& [name, pixel] : pictures)
        for (const Effort effort : {Effort::Frame, Effort::Thorough}) {
            INFO(name);
            const scan::Grey picture = picture_of(640, 480, pixel);
            CHECK(read_codes(picture.view(), effort).value().empty());
        }
    for (const std::size_t side : {1U, 2U, 3U, 4U, 7U, 8U, 9U})  // nothing is read beyond the edges of a very small one
        for (const Effort effort : {Effort::Frame, Effort::Thorough}) {
            const scan::Grey picture = picture_of(side, 9 - side / 2, noise_at);
            CHECK(read_codes(picture.view(), effort).value().empty());
        }
}

TEST_CASE("reader: a glance sees the finders of a code in either colour, and none in flat paper", "[scan]") {
    const std::string text = label_text();
    CHECK(scan::glance_at(damaged_code(text, Damage::None, 1, 1).view()).dark);
    CHECK(scan::glance_at(damaged_code(text, Damage::Inverted, 1, 1).view()).light);
    const scan::Grey paper = picture_of(640, 480, [](std::size_t, std::size_t) { return std::uint8_t{200}; });
    CHECK_FALSE(scan::glance_at(paper.view()).dark);
    CHECK_FALSE(scan::glance_at(paper.view()).light);
}
