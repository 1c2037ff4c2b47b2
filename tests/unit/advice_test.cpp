// What a shopper is told when a code is seen and not read.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "scan/advice.hpp"
#include "scan/draw_code.hpp"
#include "scan/grey.hpp"
#include "scan/prepare.hpp"

using namespace pipa;

namespace {

struct Scene {
    double module_px{6};
    double left{120};
    double top{80};
    double squeeze{1};  // how much less high than wide
    double lean{0};     // how far rows slide to the side, a part of their height
};

// A label's code on grey paper, 640 x 480, smoothly sampled.
scan::Grey draw(const Scene& scene) {
    static const QrSymbol symbol = draw_qr_code("HTTPS://PIPA.LINPING.EXAMPLE/C#0123456789012345678901234567890123456789", CorrectionLevel::M).value();
    scan::Grey out = scan::make_grey(640, 480);
    const auto size = static_cast<double>(symbol.size);
    const auto ink = [&](double x, double y) {
        const double row = (y - scene.top) / (scene.module_px * scene.squeeze), column = (x - scene.left - scene.lean * (y - scene.top)) / scene.module_px;
        const bool inside = row >= 0 && column >= 0 && row < size && column < size;
        return inside && symbol.is_dark(static_cast<std::size_t>(column), static_cast<std::size_t>(row));
    };
    for (std::size_t y = 0; y < out.height; ++y)
        for (std::size_t x = 0; x < out.width; ++x) {
            int dark = 0;
            for (const double dy : {0.125, 0.375, 0.625, 0.875})
                for (const double dx : {0.125, 0.375, 0.625, 0.875}) dark += ink(static_cast<double>(x) + dx, static_cast<double>(y) + dy);
            out.pixels[y * out.width + x] = static_cast<std::uint8_t>(215 - dark * 165 / 16);
        }
    return out;
}

scan::Grey blurred(scan::Grey image, int times) {
    for (int i = 0; i < times; ++i) image = scan::softened(image.view());
    return image;
}

Advice told(const scan::Grey& image) { return advice_for(image.view()); }

}  // namespace

TEST_CASE("advice: a code as it should be, and a picture without one, need none", "[scan]") {
    CHECK(told(draw({})) == Advice::None);
    CHECK(told(draw({.module_px = 3.5})) == Advice::None);
    scan::Grey paper = scan::make_grey(640, 480);
    std::ranges::fill(paper.pixels, std::uint8_t{215});
    CHECK(told(paper) == Advice::None);
    CHECK(advice_name(Advice::None).empty());
}

TEST_CASE("advice: small modules want the camera closer, a code beyond the edge wants it further away", "[scan]") {
    for (const double module_px : {1.5, 1.8, 2.0, 2.3}) CHECK(told(draw({.module_px = module_px})) == Advice::Closer);
    CHECK(told(draw({.module_px = 14, .left = 400, .top = 200})) == Advice::Further);
    CHECK(advice_name(told(draw({.module_px = 1.8}))) == "closer");
    CHECK(advice_name(Advice::Further) == "further");
}

TEST_CASE("advice: a code that is seen from the side wants to be straight", "[scan]") {
    CHECK(told(draw({.squeeze = 0.6})) == Advice::Straighter);
    CHECK(told(draw({.module_px = 5, .lean = 0.5})) == Advice::Straighter);
    CHECK(told(draw({.squeeze = 0.8})) == Advice::None);
    CHECK(advice_name(Advice::Straighter) == "straighter");
}

TEST_CASE("advice: where a part is as light as paper, the light is to be turned away", "[scan]") {
    scan::Grey glaring = draw({});
    for (std::size_t y = 130; y < 270; ++y)  // between the finder patterns
        for (std::size_t x = 170; x < 310; ++x) glaring.pixels[y * glaring.width + x] = 225;
    CHECK(told(glaring) == Advice::LessGlare);
    CHECK(advice_name(Advice::LessGlare) == "less_glare");
}

TEST_CASE("advice: smeared edges want a steady hand and a clean lens", "[scan]") {
    CHECK(told(blurred(draw({}), 15)) == Advice::Steadier);
    CHECK(told(blurred(draw({}), 2)) == Advice::None);
    CHECK(advice_name(Advice::Steadier) == "steadier");
}
