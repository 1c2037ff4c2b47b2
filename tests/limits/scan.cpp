#include "limits/limits.hpp"
#include "scan/draw_code.hpp"
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

}  // namespace

std::vector<Limit> limits_of_scan() {
    return {
        {"scan/read_codes.hpp", "max_image_pixels", [] { return row_of(max_image_pixels); }, "ok",
            [] { return row_of(max_image_pixels + 1); }, "image.too_large"},
        {"scan/read_codes.hpp", "max_codes_per_frame", [] { return codes_in_picture_of(16, Effort::Frame); }, "16",
            [] { return codes_in_picture_of(17, Effort::Frame); }, "16"},
        {"scan/read_codes.hpp", "max_codes_per_photo", [] { return codes_in_picture_of(17, Effort::Thorough); }, "17",
            [] { return codes_in_picture_of(18, Effort::Thorough); }, "18"},
    };
}

}  // namespace pipa::test
