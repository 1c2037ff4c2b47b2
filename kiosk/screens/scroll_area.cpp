#include "screens/scroll_area.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace pipa::kiosk {

ScrollArea::ScrollArea(Canvas& canvas, Rect seen) : m_canvas(canvas), m_seen(seen) {
    if (canvas.live) follow_finger();
    // ImGui's own, not the list's: what is hidden must not be hit either.
    ImGui::PushClipRect({seen.x, seen.y}, {seen.right(), seen.bottom()}, true);
}

float ScrollArea::top() const { return m_seen.y - std::round(m_canvas.view.scroll.offset); }

void ScrollArea::follow_finger() {
    const ImGuiIO& io = ImGui::GetIO();
    const bool inside = ImGui::IsMouseHoveringRect({m_seen.x, m_seen.y}, {m_seen.right(), m_seen.bottom()}, false);
    const bool grabbed = m_canvas.view.scroll.grabbed;
    if (inside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) m_canvas.tell(event::ScrollGrabbed{});
    if (grabbed && io.MouseDelta.y != 0) m_canvas.tell(event::ScrollDragged{-io.MouseDelta.y});
    if (grabbed && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) m_canvas.tell(event::ScrollReleased{});
    if (inside && io.MouseWheel != 0) m_canvas.tell(event::ScrollJumped{-io.MouseWheel * m_canvas.px(120)});
}

void ScrollArea::finish(float content_height) {
    ImGui::PopClipRect();
    const Scroll& scroll = m_canvas.view.scroll;
    const float limit = std::max(0.0f, content_height - m_seen.h);
    if (std::abs(limit - scroll.limit) > 0.5f) m_canvas.tell(event::ScrollMeasured{content_height, m_seen.h});
    if (limit <= 0) return;
    const float bar = m_seen.h * m_seen.h / content_height;
    const float at = std::clamp(scroll.offset / limit, 0.0f, 1.0f) * (m_seen.h - bar);
    m_canvas.fill({m_seen.right() - m_canvas.px(10), m_seen.y + at, m_canvas.px(7), bar}, with_alpha(colour::soft_ink, 0.35f), m_canvas.px(4));
    if (scroll.offset > 0) show_before();
    if (scroll.offset < limit - m_canvas.px(40)) show_more();
}

// What was scrolled away fades out too, rather than being cut through a line of text.
void ScrollArea::show_before() {
    const float height = std::min(m_canvas.px(40), m_canvas.view.scroll.offset);
    const ImU32 clear = with_alpha(colour::paper, 0);
    m_canvas.list.AddRectFilledMultiColor({m_seen.x, m_seen.y}, {m_seen.right(), m_seen.y + height}, colour::paper, colour::paper, clear, clear);
}

// The page fades out where it goes on, with a sign that points down.
void ScrollArea::show_more() {
    const float height = m_canvas.px(96);
    const float y = m_seen.bottom() - height;
    const ImU32 clear = with_alpha(colour::paper, 0);
    m_canvas.list.AddRectFilledMultiColor({m_seen.x, y}, {m_seen.right(), m_seen.bottom()}, clear, clear, colour::paper, colour::paper);
    const float radius = m_canvas.px(30);
    const ImVec2 centre{m_seen.middle_x(), m_seen.bottom() - radius - m_canvas.px(6)};
    m_canvas.list.AddCircleFilled(centre, radius, colour::loquat);
    m_canvas.icon(Icon::Down, centre.x, centre.y + m_canvas.px(2), radius * 1.15f, colour::ink);
}

}  // namespace pipa::kiosk
