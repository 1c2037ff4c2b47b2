// The few shapes of SVG that the drawings of assets/pictures are made of: path (M L H V C S Z and their relative forms), circle and ellipse,
// with fill, stroke and stroke-width, in groups with a fill. A library would bring a rasteriser and XML along, natively and in
// the browser, for eleven files of our own; tests/kiosk/test_pictures.cpp holds that each of them is read whole.
#pragma once

#include <imgui.h>

#include <string_view>
#include <vector>

namespace pipa::kiosk {

struct SvgContour {
    std::vector<ImVec2> points{};
    bool closed{};
};

struct SvgShape {
    ImU32 fill{};    // 0: none
    ImU32 stroke{};  // 0: none
    float stroke_width{1};
    std::vector<SvgContour> contours{};  // curves as lines
};

// Empty where something else stands in it.
[[nodiscard]] std::vector<SvgShape> read_svg(std::string_view text);

}  // namespace pipa::kiosk
