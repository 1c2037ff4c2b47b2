#include "screens/scroll_area.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace pipa::kiosk {

namespace {

float page_bar(const Canvas& canvas) { return std::max(canvas.px(canvas.px.portrait ? 92 : 76), canvas.px.touch) + canvas.px(24); }

}  // namespace

ScrollArea::ScrollArea(Canvas& canvas, Rect whole) : m_canvas(canvas), m_whole(whole), m_seen(whole) {
    if (canvas.view.scroll.limit > 0) m_seen.h -= page_bar(canvas);
    if (canvas.live) follow_finger();
    // ImGui's own, not the list's: what is hidden must not be hit either.
    ImGui::PushClipRect({m_seen.x, m_seen.y}, {m_seen.right(), m_seen.bottom()}, true);
    canvas.note("scroll/seen", m_seen);
}

float ScrollArea::page_height() const { return m_whole.h - page_bar(m_canvas); }

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
    // The buttons take of the height only where they are needed.
    const float seen = content_height <= m_whole.h ? m_whole.h : m_whole.h - page_bar(m_canvas);
    const float limit = std::max(0.0f, content_height - seen);
    if (std::abs(limit - scroll.limit) > 0.5f) m_canvas.tell(event::ScrollMeasured{content_height, seen});
    if (limit <= 0) return;
    const float bar = m_seen.h * m_seen.h / content_height;
    const float at = std::clamp(scroll.offset / limit, 0.0f, 1.0f) * (m_seen.h - bar);
    m_canvas.fill({m_seen.right() - m_canvas.px(10), m_seen.y + at, m_canvas.px(7), bar}, with_alpha(colour::soft_ink, 0.35f), m_canvas.px(4));
    soften_edges(limit);
    if (m_seen.h < m_whole.h) draw_page_buttons(limit);
}

// A line of text that is cut fades rather than breaks off; no whole line is ever under it.
void ScrollArea::soften_edges(float limit) {
    const float height = m_canvas.px(18), offset = m_canvas.view.scroll.offset;
    const ImU32 clear = with_alpha(colour::paper, 0);
    if (offset > 0) m_canvas.list.AddRectFilledMultiColor({m_seen.x, m_seen.y}, {m_seen.right(), m_seen.y + height}, colour::paper, colour::paper, clear, clear);
    if (offset < limit) m_canvas.list.AddRectFilledMultiColor({m_seen.x, m_seen.bottom() - height}, {m_seen.right(), m_seen.bottom()}, clear, clear, colour::paper, colour::paper);
}

void ScrollArea::draw_page_buttons(float limit) {
    const Metrics& px = m_canvas.px;
    const float margin = px(24), gap = px(20), page = m_seen.h - px(72), offset = m_canvas.view.scroll.offset;
    const float width = (m_seen.w - 2 * margin - gap) / 2, top = m_seen.bottom() + px(12), height = m_whole.bottom() - top - px(12);
    const Rect up{m_seen.x + margin, top, width, height}, down{up.right() + gap, top, width, height};
    const auto button = [&](const char* id, Rect place, const char* key, Icon icon, bool leads_on, float by) {
        if (!leads_on) return;
        if (m_canvas.button(id, place, {m_canvas.text(key), icon}, Look::Quiet)) m_canvas.tell(event::ScrollJumped{by});
    };
    button("scroll/up", up, "kiosk.scroll.up", Icon::Up, offset > 0, -page);
    button("scroll/down", down, "kiosk.scroll.down", Icon::Down, offset < limit - 1, page);
}

}  // namespace pipa::kiosk
