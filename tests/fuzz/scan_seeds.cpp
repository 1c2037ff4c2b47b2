// pipa_scan_seeds FOLDER: small pictures of codes, whole and damaged, for fuzz_bridge_scan: a byte for the width, one for
// how it is read, then the pixels.
#include <cstdlib>
#include <iostream>

#include "fuzz/seed_folder.hpp"
#include "scan/draw_code.hpp"

using namespace pipa;

namespace {

// `side` pixels a module; `hidden` rows of its middle are as light as paper.
Bytes picture_of(const QrSymbol& symbol, std::size_t side, std::size_t hidden, bool inverted, std::uint8_t how) {
    constexpr std::size_t quiet = 4;
    const std::size_t modules = symbol.size + 2 * quiet, width = modules * side;
    Bytes out{static_cast<std::uint8_t>(width - 1), how};
    for (std::size_t y = 0; y < width; ++y)
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t row = y / side, column = x / side;
            const bool inside = row >= quiet && column >= quiet && row < quiet + symbol.size && column < quiet + symbol.size;
            const bool is_hidden = row >= modules / 2 && row < modules / 2 + hidden;
            const bool dark = inside && !is_hidden && symbol.is_dark(column - quiet, row - quiet);
            out.push_back(dark != inverted ? 30 : 220);
        }
    return out;
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count != 2) return std::cerr << "usage: pipa_scan_seeds FOLDER\n", EXIT_FAILURE;
    fuzz::SeedFolder seeds(arguments[1], "codes");
    for (const char* text : {"PIPA", "HTTPS://PIPA.EXAMPLE/C#0123"}) {
        const QrSymbol symbol = draw_qr_code(text, CorrectionLevel::M).value();
        for (const std::size_t side : {2U, 3U})
            for (const std::size_t hidden : {0U, 3U, 9U}) seeds.add("fuzz_bridge_scan", picture_of(symbol, side, hidden, false, static_cast<std::uint8_t>(hidden)));
        seeds.add("fuzz_bridge_scan", picture_of(symbol, 3, 0, true, 2));
    }
    return EXIT_SUCCESS;
}
