// The drawings of goods: every file of assets/pictures is read whole.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "host/files.hpp"
#include "page/pictures.hpp"
#include "screens/svg_shape.hpp"

namespace pipa::kiosk::test {
namespace {

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t out = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++out;
    return out;
}

}  // namespace

TEST_CASE("pictures: each drawing is read whole, inside its square and with a colour on every shape") {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(PIPA_PICTURES_DIR)) {
        const auto file = read_file(entry.path());
        REQUIRE(file);
        const std::string_view text = as_text(*file);
        const std::vector<SvgShape> shapes = read_svg(text);
        INFO(entry.path());
        CHECK(shapes.size() == count_of(text, "<path") + count_of(text, "<circle") + count_of(text, "<ellipse"));
        for (const SvgShape& shape : shapes) {
            CHECK((shape.fill != 0 || shape.stroke != 0));
            for (const SvgContour& contour : shape.contours) {
                CHECK(contour.points.size() >= 2);
                CHECK(std::ranges::all_of(contour.points, [](ImVec2 p) { return p.x >= 0 && p.x <= 64 && p.y >= 0 && p.y <= 64; }));
            }
        }
        names.push_back(entry.path().stem().string());
    }
    for (const PictureRule& rule : picture_rules()) CHECK(std::ranges::find(names, rule.picture) != names.end());
    CHECK(std::ranges::find(names, picture_of_anything) != names.end());
}

TEST_CASE("pictures: what is none of their shapes is refused whole") {
    for (const char* text : {"<svg><path d=\"M0 0A1 1 0 0 1 5 5\" fill=\"#000000\"/></svg>", "<svg><path d=\"L1 1\" fill=\"#000000\"/></svg>", "<svg><rect x=\"1\"/></svg>",
                             "<svg><path d=\"M1\"/></svg>", "<svg><circle cx=\"1\" cy=\"2\"/></svg>", "<svg><path d=\"M0 0z1 1\"/></svg>", "<svg", "<svg><path d=\"M0 0L1"})
        CHECK(read_svg(text).empty());
    const auto shapes = read_svg("<svg><path d=\"M1 2h3v4l-1-.5c1 0 2 0 2 2s0 1 1 1z\" fill=\"#0a0b0c\" stroke=\"#ffffff\" stroke-width=\"2.5\"/></svg>");
    REQUIRE(shapes.size() == 1);
    CHECK(shapes[0].fill == IM_COL32(10, 11, 12, 255));
    CHECK(shapes[0].stroke_width == 2.5f);
    REQUIRE(shapes[0].contours.size() == 1);
    const auto& points = shapes[0].contours[0].points;
    CHECK(shapes[0].contours[0].closed);
    REQUIRE(points.size() == 4 + 12 + 12);
    CHECK((points[3].x == 3 && points[3].y == 5.5f));
    CHECK((points.back().x == 6 && points.back().y == 8.5f));
}

}  // namespace pipa::kiosk::test
