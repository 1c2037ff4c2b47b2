// A column that scrolls: clips what is drawn in it, turns fingers into scroll events, shows that there is more.
#pragma once

#include "screens/canvas.hpp"

namespace pipa::kiosk {

class ScrollArea {
public:
    ScrollArea(Canvas& canvas, Rect seen);
    ScrollArea(const ScrollArea&) = delete;
    ScrollArea& operator=(const ScrollArea&) = delete;

    // Where the content's first line is drawn now.
    [[nodiscard]] float top() const;
    // Call last, with the height of what was drawn.
    void finish(float content_height);

private:
    void follow_finger();
    void show_more();
    void show_before();

    Canvas& m_canvas;
    Rect m_seen;
};

}  // namespace pipa::kiosk
