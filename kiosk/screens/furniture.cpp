#include "screens/furniture.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace pipa::kiosk {
namespace {

ImU32 grade_colour(std::string_view grade) {
    if (grade == "fresh") return IM_COL32(0x3B, 0x9A, 0x58, 0xFF);
    if (grade == "stale") return colour::loquat_deep;
    return IM_COL32(0x8A, 0x8A, 0x86, 0xFF);
}

// That the data is invented, on a pill in the head, where there is room for it beside the name; on two lines rather than too small.
void draw_demo_pill(Canvas& canvas, Rect room) {
    constexpr float a_little_smaller = 0.8f;
    const std::string& notice = canvas.view.demo_notice;
    TextStyle words = canvas.style(type::small, colour::warning);
    words.em = std::min(words.em, canvas.px(32));
    const float padding = canvas.px(22), gap = canvas.px(12);
    const auto inner = [&] { return room.w - words.em * 1.15f - gap - 2 * padding; };
    const bool folds = text_width(notice, words) * a_little_smaller > inner();
    if (folds) words.em = std::min(words.em, canvas.px(26));
    words.leading = 1.2f;
    const float icon_size = words.em * 1.15f, text = std::min(inner(), text_width(notice, words)), lines = folds ? text_height(notice, text, words) : 0;
    const float width = text + icon_size + gap + 2 * padding, height = std::max(words.em * 1.9f, lines + canvas.px(16));
    const Rect place{room.middle_x() - width / 2, room.middle_y() - height / 2, width, height};
    canvas.fill(place, colour::cream, std::min(height / 2, canvas.px(30)));
    canvas.icon(Icon::Info, place.x + padding + icon_size / 2, place.middle_y(), icon_size, colour::warning);
    const float left = place.x + padding + icon_size + gap;
    if (folds) draw_text(canvas.list, {left, place.middle_y() - lines / 2}, text, notice, words);
    else canvas.label({left, 0}, text + 1, place.middle_y(), notice, words);
}

float draw_head(Canvas& canvas) {
    const Metrics& px = canvas.px;
    const float margin = px(48);
    const Rect head{0, 0, static_cast<float>(canvas.view.display.width), px(px.portrait ? 136 : 100)};
    canvas.fill(head, colour::white, 0);
    canvas.fill({0, head.bottom() - px(4), head.w, px(4)}, colour::loquat, 0);
    const float mark = px(px.portrait ? 84 : 72);
    draw_brand(canvas.list, {margin + mark / 2, head.middle_y()}, mark);
    TextStyle name = canvas.style(type::heading, colour::ink, Weight::Bold);
    name.em = std::min(name.em, px(px.portrait ? 50 : 42));
    TextStyle what = canvas.style(type::small, colour::soft_ink);
    what.em = std::min(what.em, px(px.portrait ? 34 : 28));
    const float left = margin + mark + px(24), aside = px(470);
    const float room = head.w - margin - aside - px(28) - left;
    const float side = px.portrait ? room : std::min(px(360), std::max(text_width(canvas.text("kiosk.name"), name), text_width(canvas.text("kiosk.tagline"), what)) + 1);
    canvas.label({left, 0}, side, head.middle_y() - px(px.portrait ? 22 : 20), canvas.text("kiosk.name"), name);
    canvas.label({left, 0}, side, head.middle_y() + px(px.portrait ? 28 : 22), canvas.text("kiosk.tagline"), what);
    draw_freshness(canvas, {head.w - margin - aside, head.y, aside, head.h - px(4)}, Align::Right);
    if (!px.portrait && !canvas.view.demo_notice.empty()) draw_demo_pill(canvas, {left + side + px(24), 0, room - side - px(24), head.h - px(4)});
    return head.bottom();
}

// Which of the steps is on, as dots beside the icon, each a little larger.
void draw_text_step(Canvas& canvas, Rect button, float room) {
    const float y = button.y + button.h * 0.28f + canvas.px(4);
    for (int i = 0; i < text_steps; ++i) {
        const float x = button.middle_x() + canvas.px(6) + room / 3 * (static_cast<float>(i) + 0.5f) - canvas.px(4);
        canvas.list.AddCircleFilled({x, y}, canvas.px(5.5f + 2.0f * static_cast<float>(i)), i == canvas.view.text_step ? colour::leaf : colour::line);
    }
}

void draw_settings(Canvas& canvas, Rect row) {
    const float gap = canvas.px(24);
    const bool lessons = canvas.view.has_lessons;
    const float width = lessons ? (row.w - 3 * gap) / 4 : (row.w - 2 * gap) / 3;
    const auto place = [&](int column) { return Rect{row.x + (width + gap) * static_cast<float>(column), row.y, width, row.h}; };
    const auto label = [](std::string text, Icon icon, float beside = 0) { return Label{.text = std::move(text), .icon = icon, .stacked = true, .beside_icon = beside}; };
    if (canvas.button("bar/end", place(0), label(canvas.text("kiosk.button.end"), Icon::Leave), Look::Plain)) canvas.tell(event::EndVisit{});
    const float dots = canvas.px(78);
    if (canvas.button("bar/text", place(1), label(canvas.text("kiosk.button.text_size"), Icon::TextSize, dots), Look::Plain))
        canvas.tell(event::ChooseTextStep{(canvas.view.text_step + 1) % text_steps});
    draw_text_step(canvas, place(1), dots);
    if (canvas.button("bar/language", place(2), label(canvas.strings.other.text("language.name"), Icon::Globe), Look::Plain))
        canvas.tell(event::ChooseLanguage{other(canvas.view.language)});
    if (lessons && canvas.button("bar/learn", place(3), label(canvas.text("learn.ui.learn"), Icon::Eye), Look::Plain))
        canvas.tell(event::Learn{{.wish = LearnWish::List}});
}

float draw_foot(Canvas& canvas, const MainButton& main) {
    const Metrics& px = canvas.px;
    const float margin = px(48), gap = px(24);
    const float height = px.portrait ? canvas.button_height() : std::max(px(104), px.touch);
    const auto width = static_cast<float>(canvas.view.display.width);
    const float rows = px.portrait ? 2 * height + px(20) + gap : height;
    const float top = static_cast<float>(canvas.view.display.height) - rows - px(px.portrait ? 28 : 18);
    const float edge = top - px(px.portrait ? 20 : 16);
    canvas.fill({0, edge, width, static_cast<float>(canvas.view.display.height)}, colour::white, 0);
    canvas.fill({0, edge, width, px(2)}, colour::line, 0);
    Rect main_place{margin, top, width - 2 * margin, height + px(20)};
    Rect row{margin, top + height + px(20) + gap, width - 2 * margin, height};
    if (!px.portrait) {
        row = {margin, top, (width - 2 * margin) * 0.54f, height};
        main_place = {row.right() + gap * 2, top, width - row.right() - gap * 2 - margin, height};
    }
    if (canvas.button(main.id, main_place, main.label, main.look)) canvas.tell(main.what);
    draw_settings(canvas, row);
    return edge;
}

constexpr float most_shrunk = 0.86f;

struct Strip {
    std::string text;
    Icon icon;
    ImU32 ground;
    ImU32 ink;
};

float draw_strip(Canvas& canvas, const Strip& strip, float left, float width, float top) {
    const Metrics& px = canvas.px;
    TextStyle words = canvas.style(type::small, strip.ink);
    const float icon_size = words.em * 1.2f, inner = width - px(48) - icon_size - px(20);
    // A little smaller rather than one word alone on a second line.
    float wanted = 0;
    for (const auto line : std::views::split(strip.text, '\n')) wanted = std::max(wanted, text_width(std::string_view{line}, words));
    if (wanted > inner && wanted * most_shrunk <= inner) words.em = std::floor(words.em * inner / wanted);
    const float height = text_height(strip.text, inner, words) + px(24);
    canvas.fill({left, top, width, height}, strip.ground, px(18));
    canvas.icon(strip.icon, left + px(24) + icon_size / 2, top + height / 2, icon_size, strip.ink);
    draw_text(canvas.list, {left + px(24) + icon_size + px(20), top + px(12)}, inner, strip.text, words);
    return top + height + px(12);
}

}  // namespace

Rect draw_furniture(Canvas& canvas, const MainButton& main) {
    const float top = draw_head(canvas);
    const float bottom = draw_foot(canvas, main);
    const float margin = canvas.px(48);
    const float width = static_cast<float>(canvas.view.display.width) - 2 * margin;
    const float start = draw_strips(canvas, margin, width, top + canvas.px(16));
    return {margin, start, width, bottom - start};
}

float draw_strips(Canvas& canvas, float left, float width, float top) {
    for (const TroubleView& trouble : canvas.view.troubles)
        top = draw_strip(canvas, {trouble.text, Icon::Attention, colour::loquat_light, colour::ink}, left, width, top);
    const bool both = canvas.view.screen == Screen::Attract;  // where nobody has chosen a language yet
    if (canvas.view.demo_notice.empty() || (!both && !canvas.px.portrait)) return top;
    const std::string_view joint = canvas.px.portrait ? "\n" : " · ";
    const std::string notice = canvas.view.demo_notice + (both ? std::string{joint} + canvas.strings.other.text("demo.notice") : "");
    top = draw_strip(canvas, {notice, Icon::Info, colour::cream, colour::warning}, left, width, top);
    return top;
}

void draw_freshness(Canvas& canvas, Rect place, Align align) {
    TextStyle words = canvas.style(type::small, colour::soft_ink);
    words.em = std::min(words.em, canvas.px(33));
    words.align = align;
    const float dot = canvas.px(9), gap = canvas.px(16), room = place.w - 2 * dot - gap;
    const float wanted = std::min(room, text_width(canvas.view.freshness.text, words));
    const float left = align == Align::Right ? place.right() - wanted : place.middle_x() - (wanted - 2 * dot - gap) / 2;
    canvas.list.AddCircleFilled({left - gap - dot, place.middle_y()}, dot, grade_colour(canvas.view.freshness.grade));
    words.align = Align::Left;
    canvas.label({left, place.y}, wanted + 1, place.middle_y(), canvas.view.freshness.text, words);
}

void draw_idle_warning(Canvas& canvas) {
    const Metrics& px = canvas.px;
    const int left_s = canvas.view.idle_seconds_left.value_or(0);
    const auto screen_w = static_cast<float>(canvas.view.display.width);
    const auto screen_h = static_cast<float>(canvas.view.display.height);
    canvas.fill({0, 0, screen_w, screen_h}, with_alpha(colour::night, 0.62f), 0);
    const TextStyle title = canvas.style(type::title, colour::ink, Weight::Bold, Align::Centre);
    const TextStyle words = canvas.style(type::body, colour::soft_ink, Weight::Regular, Align::Centre);
    const std::string text = canvas.strings.own.format("kiosk.idle.text", {{"seconds", std::to_string(left_s)}});
    const float width = std::min(px(920), screen_w - px(96)), inner = width - px(112);
    const float ring = px(118), button = canvas.button_height() + px(16);
    const float height = px(56) + 2 * ring + px(36) + text_height(canvas.text("kiosk.idle.title"), inner, title) + px(12) +
                         text_height(text, inner, words) + px(44) + 2 * button + px(24) + px(56);
    const Rect place{(screen_w - width) / 2, (screen_h - height) / 2, width, height};
    canvas.card(place, colour::white);

    const ImVec2 centre{place.middle_x(), place.y + px(56) + ring};
    canvas.list.AddCircle(centre, ring - px(10), colour::line, 0, px(18));
    constexpr float top_angle = -1.5707963f;
    const float part = static_cast<float>(left_s) / static_cast<float>(std::max(1, canvas.view.idle_seconds));
    canvas.list.PathArcTo(centre, ring - px(10), top_angle, top_angle + 6.2831853f * std::min(1.0f, part), 64);
    canvas.list.PathStroke(colour::loquat, ImDrawFlags_None, px(18));
    TextStyle number = canvas.style(type::poster, colour::ink, Weight::Bold, Align::Centre);
    number.em = px(type::poster);
    canvas.label({place.x, 0}, place.w, centre.y, std::to_string(left_s), number);

    float y = centre.y + ring + px(36);
    y += draw_text(canvas.list, {place.x + px(56), y}, inner, canvas.text("kiosk.idle.title"), title) + px(12);
    y += draw_text(canvas.list, {place.x + px(56), y}, inner, text, words) + px(44);
    if (canvas.button("idle/stay", {place.x + px(56), y, inner, button}, {canvas.text("kiosk.idle.stay")}, Look::Primary))
        canvas.tell(event::StayHere{});
    y += button + px(24);
    if (canvas.button("idle/end", {place.x + px(56), y, inner, button}, {canvas.text("kiosk.idle.end"), Icon::Leave}, Look::Plain))
        canvas.tell(event::EndVisit{});
}

}  // namespace pipa::kiosk
