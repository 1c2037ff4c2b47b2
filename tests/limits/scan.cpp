#include <algorithm>

#include "limits/limits.hpp"
#include "scan/draw_code.hpp"
#include "scan/finders.hpp"
#include "scan/pieces.hpp"
#include "scan/read_codes.hpp"

namespace pipa::test {
namespace {

// A picture of one row costs next to nothing to look through.
std::string row_of(std::size_t pixels) {
    static const Bytes white(max_image_pixels + 1, 255);
    return code_of(read_codes({white.data(), pixels, 1, pixels}, Effort::Frame));
}

// So many codes side by side, each with another number, three pixels a module.
std::string codes_in_picture_of(std::size_t count, Effort effort) {
    constexpr std::size_t columns = 6, cell = (21 + 8) * 3, quiet = 4;
    const std::size_t width = columns * cell, height = (count + columns - 1) / columns * cell;
    Bytes pixels(width * height, 255);
    for (std::size_t i = 0; i < count; ++i) {
        const auto symbol = draw_qr_code(std::to_string(1000 + i), CorrectionLevel::M).value();
        for (std::size_t y = 0; y < symbol.size * 3; ++y)
            for (std::size_t x = 0; x < symbol.size * 3; ++x)
                if (symbol.is_dark(x / 3, y / 3)) pixels[(i / columns * cell + quiet * 3 + y) * width + i % columns * cell + quiet * 3 + x] = 0;
    }
    const auto codes = read_codes({pixels.data(), width, height, width}, effort);
    return codes ? std::to_string(codes->size()) : code_of(codes);
}

// Rings around squares, as the corners of a code have them.
std::string finders_in_picture_of(std::size_t count) {
    constexpr std::size_t columns = 8, cell = 30, module = 3;
    scan::Grey picture = scan::make_grey(columns * cell, (count + columns - 1) / columns * cell);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        const std::size_t x = i % picture.width, y = i / picture.width;
        const auto away = [](std::size_t at) { return std::max(at % cell / module, std::size_t{4}) - std::min(at % cell / module, std::size_t{4}); };
        const std::size_t ring = std::max(away(x), away(y));
        picture.pixels[i] = y / cell * columns + x / cell < count && (ring < 2 || ring == 3) ? 0 : 255;
    }
    return std::to_string(scan::find_finders(picture.view()).size());
}

// So many dark pieces, of which the last one is large enough to be told.
std::string large_pieces_among(std::size_t count) {
    constexpr std::size_t in_row = 1000;
    scan::Grey picture = scan::make_grey(2 * in_row, 2 * (count / in_row) + 12);
    std::ranges::fill(picture.pixels, std::uint8_t{255});
    for (std::size_t i = 0; i + 1 < count; ++i) picture.pixels[2 * (i / in_row) * picture.width + 2 * (i % in_row)] = 0;
    for (std::size_t i = 0; i < 9; ++i) picture.pixels[(picture.height - 6 + i / 3) * picture.width + i % 3] = 0;
    return std::to_string(scan::dark_pieces(scan::LocalMeans{picture.view()}, 25).size());
}

}  // namespace

std::vector<Limit> limits_of_scan() {
    return {
        {"scan/read_codes.hpp", "max_image_pixels", [] { return row_of(max_image_pixels); }, "ok",
            [] { return row_of(max_image_pixels + 1); }, "image.too_large"},
        {"scan/read_codes.hpp", "max_codes_per_frame", [] { return codes_in_picture_of(16, Effort::Frame); }, "16",
            [] { return codes_in_picture_of(17, Effort::Frame); }, "16"},
        {"scan/read_codes.hpp", "max_codes_per_photo", [] { return codes_in_picture_of(17, Effort::Thorough); }, "17",
            [] { return codes_in_picture_of(18, Effort::Thorough); }, "18"},
        {"scan/finders.hpp", "max_finders", [] { return finders_in_picture_of(scan::max_finders); }, "48",
            [] { return finders_in_picture_of(scan::max_finders + 1); }, "48"},
        {"scan/pieces.hpp", "max_pieces", [] { return large_pieces_among(scan::max_pieces); }, "1",
            [] { return large_pieces_among(scan::max_pieces + 1); }, "0"},
    };
}

}  // namespace pipa::test
