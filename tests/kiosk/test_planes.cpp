// A browser's pixels as a camera's planes.
#include <catch2/catch_test_macros.hpp>
#include <memory>

#include "platform/rgba_planes.hpp"

namespace pipa::kiosk::test {

TEST_CASE("planes: black, white and the primaries are those of BT.601, narrow range") {
    struct Row { std::uint8_t r, g, b, luma, blue, red; };
    for (const Row& row : {Row{0, 0, 0, 16, 128, 128}, Row{255, 255, 255, 235, 128, 128}, Row{255, 0, 0, 82, 90, 240}, Row{0, 255, 0, 144, 54, 34}, Row{0, 0, 255, 41, 240, 110}}) {
        const std::uint8_t pixel[] = {row.r, row.g, row.b, 255};
        Frame frame;
        split_rgba(pixel, 4, 1, 1, frame);
        INFO(int{row.r} << ' ' << int{row.g} << ' ' << int{row.b});
        CHECK(frame.luma == Bytes{row.luma});
        CHECK(frame.blue == Bytes{row.blue});
        CHECK(frame.red == Bytes{row.red});
    }
}

TEST_CASE("planes: odd edges and a pitch wider than the picture read nothing beyond it") {
    constexpr int width = 5, height = 3, pitch = 24;
    // Exactly as long as its last pixel needs.
    const std::unique_ptr<std::uint8_t[]> pixels(new std::uint8_t[pitch * (height - 1) + 4 * width]);
    std::fill_n(pixels.get(), pitch * (height - 1) + 4 * width, std::uint8_t{200});
    Frame frame;
    split_rgba(pixels.get(), pitch, width, height, frame);
    CHECK(frame.luma == Bytes(15, frame.luma[0]));
    CHECK(frame.blue == Bytes(6, 128));
    CHECK(frame.red == Bytes(6, 128));
}

}  // namespace pipa::kiosk::test
