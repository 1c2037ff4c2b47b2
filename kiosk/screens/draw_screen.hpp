// Drawing one frame: from the screen model and the texts to shapes in ImGui's lists and to what the visitor did.
// Reads only its arguments and ImGui's input, changes nothing else, and is called between NewFrame and Render.
#pragma once

#include "app/event.hpp"
#include "app/screen_view.hpp"

namespace pipa::kiosk {

struct Strings {
    const Catalogue& own;    // in the visitor's language
    const Catalogue& other;  // the other one: the attract screen speaks both
};
[[nodiscard]] Strings strings_for(Language language);

struct Rect {
    float x{}, y{}, w{}, h{};
    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] float middle_x() const { return x + w / 2; }
    [[nodiscard]] float middle_y() const { return y + h / 2; }
    [[nodiscard]] Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
};

struct Target {  // what a finger can hit
    std::string id{};
    Rect rect{};  // as much of it as is seen
};

struct Drawn {
    std::vector<What> events{};
    std::vector<Target> targets{};
    // Where on the screen the parts stand that must not be overlooked, scrolled away or not: "result/next", and the room they have,
    // "scroll/seen"; and words that are cut off, "cut".
    std::vector<Target> places{};
};

[[nodiscard]] Drawn draw_screen(const ScreenView& view, const Strings& strings);

}  // namespace pipa::kiosk
