#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "screens/screens.hpp"

namespace pipa::kiosk {
namespace {

constexpr int modules = 25;

bool is_finder(int x, int y, bool& dark) {
    for (const auto& [left, top] : std::array{std::pair{0, 0}, std::pair{modules - 7, 0}, std::pair{0, modules - 7}}) {
        const int dx = x - left, dy = y - top;
        if (dx < -1 || dx > 7 || dy < -1 || dy > 7) continue;
        const bool ring = dx == 0 || dx == 6 || dy == 0 || dy == 6;
        const bool inner = dx >= 2 && dx <= 4 && dy >= 2 && dy <= 4;
        dark = dx >= 0 && dx <= 6 && dy >= 0 && dy <= 6 && (ring || inner);
        return true;
    }
    return false;
}

// Looks like a code and is none: a fixed scatter of modules.
bool is_dark(int x, int y) {
    bool dark = false;
    if (is_finder(x, y, dark)) return dark;
    const unsigned mixed = (static_cast<unsigned>(x) * 73856093u) ^ (static_cast<unsigned>(y) * 19349663u);
    return ((mixed * 2654435761u) >> 13 & 1u) != 0;
}

void draw_code(Canvas& canvas, Rect place) {
    const float module = place.w / modules;
    for (int y = 0; y < modules; ++y)
        for (int x = 0; x < modules; ++x)
            if (is_dark(x, y))
                canvas.fill({place.x + module * static_cast<float>(x), place.y + module * static_cast<float>(y), module + 0.5f, module + 0.5f}, colour::ink, 0);
}

}  // namespace

void draw_sample_label(Canvas& canvas, Rect place) {
    canvas.card(place, colour::white);
    TextStyle heading{.em = std::max(8.0f, std::round(place.w * 0.098f)), .colour = colour::leaf_deep, .weight = Weight::Bold, .align = Align::Centre};
    const float band = place.h * 0.17f;
    canvas.label({place.x, 0}, place.w, place.y + band * 0.56f, canvas.text("kiosk.label.heading"), heading);
    canvas.fill({place.x + place.w * 0.08f, place.y + band, place.w * 0.84f, std::max(1.0f, place.h * 0.006f)}, colour::leaf, 0);
    const float edge = std::min(place.w * 0.66f, place.h * 0.56f);
    draw_code(canvas, {place.middle_x() - edge / 2, place.y + band + place.h * 0.06f, edge, edge});
    // Lines that stand for product, weight, place and day.
    const float y = place.y + band + place.h * 0.12f + edge;
    const float lines[] = {0.62f, 0.74f, 0.50f};
    for (int i = 0; i < 3; ++i) {
        const float at = y + place.h * 0.052f * static_cast<float>(i);
        if (at > place.bottom() - place.h * 0.04f) break;
        canvas.fill({place.x + place.w * 0.13f, at, place.w * lines[i], place.h * 0.020f}, colour::line, place.h * 0.01f);
    }
}

void draw_brackets(Canvas& canvas, Rect place, ImU32 ink, float thickness) {
    const float arm = std::min(place.w, place.h) * 0.13f, rounding = arm * 0.45f;
    const auto corner = [&](float x, float y, float dx, float dy) {
        ImDrawList& list = canvas.list;
        list.PathLineTo({x, y + dy * arm});
        list.PathLineTo({x, y + dy * rounding});
        list.PathBezierQuadraticCurveTo({x, y}, {x + dx * rounding, y}, 12);
        list.PathLineTo({x + dx * arm, y});
        list.PathStroke(ink, ImDrawFlags_None, thickness);
        list.AddCircleFilled({x, y + dy * arm}, thickness / 2, ink);
        list.AddCircleFilled({x + dx * arm, y}, thickness / 2, ink);
    };
    corner(place.x, place.y, 1, 1);
    corner(place.right(), place.y, -1, 1);
    corner(place.x, place.bottom(), 1, -1);
    corner(place.right(), place.bottom(), -1, -1);
}

}  // namespace pipa::kiosk
