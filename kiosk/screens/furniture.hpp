// What stands around every screen of a visit: the head with name and age of the trusted list, strips of notices, and
// the bar at the foot, low enough for everyone to reach.
#pragma once

#include "screens/canvas.hpp"

namespace pipa::kiosk {

struct MainButton {
    std::string_view id{};
    Label label{};
    What what{};
    Look look{Look::Primary};
};

// Draws head and foot and returns what is left between them. `main` is the big button of the foot.
[[nodiscard]] Rect draw_furniture(Canvas& canvas, const MainButton& main);

// Strips across the screen from `top` down: troubles of the machine, and that the data is invented. Returns their end.
[[nodiscard]] float draw_strips(Canvas& canvas, float left, float width, float top);

// One line on how old the trusted list is, with a dot in the colour of its grade.
void draw_freshness(Canvas& canvas, Rect place, Align align);

// The question whether anybody is still there, over everything else.
void draw_idle_warning(Canvas& canvas);

}  // namespace pipa::kiosk
