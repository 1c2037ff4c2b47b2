#include "screens/product_picture.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "screens/svg_shape.hpp"

namespace pipa::kiosk {
namespace {

constexpr float drawing_edge = 64;

struct Source {
    std::string_view name;
    std::string_view text;
};
constexpr Source sources[] = {
#include "pictures.inc"
};

const std::vector<SvgShape>& shapes_of(std::string_view name) {
    static const auto all = [] {
        std::map<std::string_view, std::vector<SvgShape>> out;
        for (const Source& source : sources) out.emplace(source.name, read_svg(source.text));
        return out;
    }();
    static const std::vector<SvgShape> none;
    const auto found = all.find(name);
    return found == all.end() ? none : found->second;
}

// ImGui fills clockwise shapes.
void fill(ImDrawList& list, std::vector<ImVec2>& points, ImU32 ink) {
    float area = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const ImVec2 a = points[i], b = points[(i + 1) % points.size()];
        area += a.x * b.y - b.x * a.y;
    }
    if (area < 0) std::ranges::reverse(points);
    list.AddConcavePolyFilled(points.data(), static_cast<int>(points.size()), ink);
}

void stroke(ImDrawList& list, const std::vector<ImVec2>& points, bool closed, ImU32 ink, float width) {
    list.AddPolyline(points.data(), static_cast<int>(points.size()), ink, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width);
    if (closed) return;
    for (const ImVec2 end : {points.front(), points.back()}) list.AddCircleFilled(end, width / 2, ink);
}

}  // namespace

void draw_product(ImDrawList& list, std::string_view name, ImVec2 at, float edge) {
    const float scale = edge / drawing_edge;
    std::vector<ImVec2> points;
    for (const SvgShape& shape : shapes_of(name))
        for (const SvgContour& contour : shape.contours) {
            points.clear();
            for (const ImVec2 p : contour.points) points.push_back({at.x + p.x * scale, at.y + p.y * scale});
            // Points on top of each other confuse the filling.
            if (contour.closed && points.size() > 2 && points.front().x == points.back().x && points.front().y == points.back().y) points.pop_back();
            if (points.size() < 2) continue;
            if (shape.fill != 0 && points.size() > 2) fill(list, points, shape.fill);
            if (shape.stroke != 0) stroke(list, points, contour.closed, shape.stroke, std::max(1.0f, shape.stroke_width * scale));
        }
}

}  // namespace pipa::kiosk
