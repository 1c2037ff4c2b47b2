// A column that scrolls: clips what is drawn in it, turns fingers into scroll events. Where it is longer than its place two buttons stand
// below it, one a page up and one a page down, and nothing is drawn over the text.
#pragma once

#include "screens/canvas.hpp"

namespace pipa::kiosk {

class ScrollArea {
public:
    ScrollArea(Canvas& canvas, Rect whole);
    ScrollArea(const ScrollArea&) = delete;
    ScrollArea& operator=(const ScrollArea&) = delete;

    // Where the content's first line is drawn now.
    [[nodiscard]] float top() const;
    // How high a page is beside the buttons, whether they stand there or not: what is fitted into it must not make them come and go.
    [[nodiscard]] float page_height() const;
    // Call last, with the height of what was drawn.
    void finish(float content_height);

private:
    void follow_finger();
    void soften_edges(float limit);
    void draw_page_buttons(float limit);

    Canvas& m_canvas;
    Rect m_whole;  // the buttons included
    Rect m_seen;
};

}  // namespace pipa::kiosk
