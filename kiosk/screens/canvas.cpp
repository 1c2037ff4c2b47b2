#include "screens/canvas.hpp"

#include <algorithm>
#include <cmath>

namespace pipa::kiosk {
namespace {

struct ButtonColours {
    ImU32 ground;
    ImU32 pressed;
    ImU32 ink;
    ImU32 edge;
};

ButtonColours colours_of(Look look) {
    using namespace colour;
    switch (look) {
        case Look::Primary: return {leaf, leaf_deep, white, leaf};
        case Look::Plain: return {white, cream, ink, edge};
        case Look::Quiet: return {leaf_light, cream, leaf_deep, leaf};
        case Look::Key: return {white, loquat_light, ink, edge};
    }
    return {};
}

}  // namespace

Strings strings_for(Language language) { return {texts_in(language), texts_in(other(language))}; }

Canvas::Canvas(const ScreenView& view_, const Strings& strings_, ImDrawList& list_, Drawn& out)
    : view(view_), strings(strings_), px(view_.display, view_.text_step), list(list_), m_out(out) {}

TextStyle Canvas::style(float units, ImU32 ink, Weight weight, Align align) const {
    return {.em = px.em(units * shrink), .colour = ink, .weight = weight, .align = align,
            .leading = units > type::title ? 1.2f : units >= type::heading ? 1.3f : 1.42f};
}

Canvas::Press Canvas::target(std::string_view id, Rect rect) {
    // What is told of targets is what a finger can touch: not what is scrolled out of sight, nor a sliver at its edge.
    const ImVec2 from = ImGui::GetWindowDrawList()->GetClipRectMin(), to = ImGui::GetWindowDrawList()->GetClipRectMax();
    const Rect seen{std::max(rect.x, from.x), std::max(rect.y, from.y), std::min(rect.right(), to.x) - std::max(rect.x, from.x),
                    std::min(rect.bottom(), to.y) - std::max(rect.y, from.y)};
    if (seen.w >= std::min(rect.w, px.touch) && seen.h >= std::min(rect.h, px.touch)) m_out.targets.push_back({std::string{id}, seen});
    if (!live) return {};
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    const std::string name = "###" + std::string{id};
    const bool clicked = ImGui::InvisibleButton(name.c_str(), {std::max(1.0f, rect.w), std::max(1.0f, rect.h)});
    const float slack = px(24);
    const bool dragged = ImGui::GetIO().MouseDragMaxDistanceSqr[0] > slack * slack;
    return {ImGui::IsItemActive() && !dragged, clicked && !dragged};
}

bool Canvas::button(std::string_view id, Rect rect, const Label& label, Look look) {
    const Press press = target(id, rect);
    draw_button(rect, label, look, press.down);
    return press.clicked;
}

void Canvas::draw_button(Rect rect, const Label& said, Look look, bool down) const {
    const ButtonColours colours = colours_of(look);
    const float rounding = look == Look::Key ? px(18) : std::min(rect.h / 2, px(36));
    fill(rect, down ? colours.pressed : colours.ground, rounding);
    if (colours.edge != colours.ground) outline(rect, colours.edge, rounding, std::max(1.0f, px(2.5f)));
    if (said.stacked) return draw_stacked(rect, said, colours.ink);
    TextStyle words = style(look == Look::Key ? type::heading : type::body, colours.ink, Weight::Bold);
    const float icon_size = said.icon ? std::min(rect.h * 0.46f, px(52) * std::sqrt(px.text_scale)) : 0;
    const float gap = said.icon && !said.text.empty() ? px(20) : 0;
    const float room = rect.w - px(32) - icon_size - gap;
    const float wanted = std::min(room, text_width(said.text, words));
    const float left = rect.x + (rect.w - wanted - gap - icon_size) / 2;
    if (said.icon) icon(*said.icon, left + icon_size / 2, rect.middle_y(), icon_size, colours.ink);
    const float line_shift = said.below.empty() ? 0 : words.em * 0.56f;
    if (!said.text.empty()) label({left + icon_size + gap, rect.y}, room, rect.middle_y() - line_shift, said.text, words);
    if (said.below.empty()) return;
    const TextStyle small = style(type::small, with_alpha(colours.ink, 0.85f), Weight::Regular, Align::Centre);
    label({rect.x + px(16), rect.y}, rect.w - px(32), rect.middle_y() + words.em * 0.72f, said.below, small);
}

// Narrow buttons keep their words whole this way, and in large text too.
void Canvas::draw_stacked(Rect rect, const Label& said, ImU32 ink) const {
    TextStyle words = style(31, ink, Weight::Bold, Align::Centre);
    words.em = std::min(words.em, rect.h * 0.34f);
    const float icon_size = rect.h * 0.36f, gap = rect.h * 0.10f;
    const float top = rect.y + (rect.h - icon_size - gap - words.em) / 2;
    if (said.icon) icon(*said.icon, rect.middle_x() - said.beside_icon / 2, top + icon_size / 2, icon_size, ink);
    label({rect.x + px(10), rect.y}, rect.w - px(20), top + icon_size + gap + words.em / 2, said.text, words);
}

void Canvas::label(ImVec2 at, float width, float middle_y, std::string_view words, const TextStyle& style) const {
    TextStyle smallest = style;
    smallest.em = std::floor(style.em * smallest_label);
    if (width > 0 && text_width(words, smallest) > width + 1) m_out.places.push_back({"cut", {at.x, middle_y - style.em / 2, width, style.em}});
    draw_label(list, at, width, middle_y, words, style);
}

void Canvas::fill(Rect rect, ImU32 ground, float rounding) const {
    list.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, ground, rounding);
}

void Canvas::outline(Rect rect, ImU32 edge, float rounding, float thickness) const {
    list.AddRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, edge, rounding, ImDrawFlags_None, thickness);
}

void Canvas::card(Rect rect, ImU32 ground) const {
    // Rings rather than surfaces: what the card hides need not be drawn, which without a GPU is most of the work.
    for (int i = 3; i >= 1; --i) {
        const float spread = px(3.5f) * static_cast<float>(i), width = spread * 1.6f;
        const Rect ring = Rect{rect.x - spread * 0.6f, rect.y + spread * 0.2f, rect.w + spread * 1.2f, rect.h + spread}.inset(width / 2);
        outline(ring, with_alpha(colour::shadow, 0.022f), px(34), width);
    }
    fill(rect, ground, px(30));
}

}  // namespace pipa::kiosk
