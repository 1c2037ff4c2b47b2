// The attract screen: says in both languages what this is and what to do. The moving background is a shader's
// (shaders/attract.frag); here stand the words, a label that is being scanned, and two buttons to begin.
#include <algorithm>
#include <cmath>
#include <string>

#include "screens/furniture.hpp"
#include "screens/screens.hpp"

namespace pipa::kiosk {
namespace {

struct Words {
    const Catalogue& chinese;
    const Catalogue& english;
};

Words both(const Strings& strings) {
    if (strings.own.is_chinese()) return {strings.own, strings.other};
    return {strings.other, strings.own};
}

float centred(Canvas& canvas, float left, float width, float y, std::string_view text, TextStyle style) {
    style.align = Align::Centre;
    return y + draw_text(canvas.list, {left, y}, width, text, style);
}

// Name and what it is for.
float draw_title(Canvas& canvas, const Words& words, float left, float width, float y) {
    const Metrics& px = canvas.px;
    const float mark = px(px.portrait ? 220 : 168);
    draw_brand(canvas.list, {left + width / 2, y + mark / 2}, mark);
    y += mark + px(20);
    TextStyle name = canvas.style(type::poster, colour::ink, Weight::Bold);
    y = centred(canvas, left, width, y, words.chinese.text("kiosk.attract.name"), name);
    y = centred(canvas, left, width, y + px(6), words.chinese.text("kiosk.attract.promise"), canvas.style(50, colour::ink, Weight::Bold));
    return centred(canvas, left, width, y + px(8), words.english.text("kiosk.attract.promise"), canvas.style(38, colour::soft_ink));
}

// A label slides before the viewfinder and the line of the scan runs over it: the whole story without words.
void draw_story(Canvas& canvas, Rect place) {
    const Metrics& px = canvas.px;
    const auto seconds = static_cast<float>(canvas.view.seconds);
    const float sway = std::sin(seconds * 0.8f) * px(10);
    const float edge = std::min(place.w, place.h);
    const Rect frame{place.middle_x() - edge / 2, place.y + (place.h - edge) / 2, edge, edge};
    draw_sample_label(canvas, {frame.x + edge * 0.16f + sway, frame.y + edge * 0.10f - sway * 0.4f, edge * 0.68f, edge * 0.80f});
    draw_brackets(canvas, frame, colour::leaf, px(11));
    const float run = 0.5f - 0.5f * std::cos(seconds * 1.1f);
    const float y = frame.y + edge * (0.12f + 0.76f * run);
    const ImU32 clear = with_alpha(colour::loquat, 0), strong = with_alpha(colour::loquat, 0.5f);
    canvas.list.AddRectFilledMultiColor({frame.x + px(14), y - px(46)}, {frame.right() - px(14), y}, clear, clear, strong, strong);
    canvas.fill({frame.x + px(14), y, frame.w - px(28), px(5)}, colour::loquat_deep, px(2));
}

struct StepWords {
    Icon icon;
    std::string_view key;
};
constexpr StepWords steps[] = {{Icon::Code, "kiosk.attract.step.find"}, {Icon::Camera, "kiosk.attract.step.show"}, {Icon::Eye, "kiosk.attract.step.read"}};

float draw_steps(Canvas& canvas, const Words& words, float left, float width, float y) {
    const Metrics& px = canvas.px;
    const float column = width / 3, disc = px(46);
    float lowest = y;
    for (int i = 0; i < 3; ++i) {
        const StepWords& step = steps[i];
        const float x = left + column * static_cast<float>(i);
        canvas.list.AddCircleFilled({x + column / 2, y + disc}, disc, colour::leaf);
        canvas.icon(step.icon, x + column / 2, y + disc, disc * 1.05f, colour::white);
        if (i < 2) canvas.icon(Icon::Next, x + column, y + disc, px(34), with_alpha(colour::leaf, 0.6f));
        float bottom = centred(canvas, x + px(10), column - px(20), y + 2 * disc + px(14), words.chinese.text(step.key), canvas.style(34, colour::ink, Weight::Bold));
        bottom = centred(canvas, x + px(10), column - px(20), bottom, words.english.text(step.key), canvas.style(type::small, colour::soft_ink));
        lowest = std::max(lowest, bottom);
    }
    return lowest;
}

void draw_begin(Canvas& canvas, const Words& words, Rect row) {
    const float gap = canvas.px(28), width = (row.w - gap) / 2;
    const Rect first{row.x, row.y, width, row.h}, second{row.x + width + gap, row.y, width, row.h};
    if (canvas.button("attract/begin_zh", first, {words.chinese.text("kiosk.attract.begin"), {}, words.chinese.text("language.name")}, Look::Primary))
        canvas.tell(event::Begin{Language::Chinese});
    if (canvas.button("attract/begin_en", second, {words.english.text("kiosk.attract.begin"), {}, words.english.text("language.name")}, Look::Primary))
        canvas.tell(event::Begin{Language::English});
}

// That nothing leaves the device, in both languages, and how old the list is. Returns where it begins.
float draw_small_print(Canvas& canvas, const Words& words, float left, float width, float bottom) {
    const Metrics& px = canvas.px;
    const TextStyle small = canvas.style(type::small, colour::soft_ink, Weight::Regular, Align::Centre);
    const std::string text = words.chinese.text("kiosk.attract.privacy") + "\n" + words.english.text("kiosk.attract.privacy");
    const float height = text_height(text, width, small);
    draw_text(canvas.list, {left, bottom - height - px(48)}, width, text, small);
    draw_freshness(canvas, {left, bottom - px(44), width, px(44)}, Align::Centre);
    return bottom - height - px(48);
}

void draw_portrait(Canvas& canvas, const Words& words, Rect whole) {
    const Metrics& px = canvas.px;
    const float margin = px(64), width = whole.w - 2 * margin;
    float y = draw_strips(canvas, margin, width, px(24));
    y = draw_title(canvas, words, margin, width, std::max(y + px(28), px(96)));
    const float begin = canvas.button_height() + px(56);
    const float begin_y = draw_small_print(canvas, words, margin, width, whole.h - px(32)) - begin - px(36);
    const float steps_height = px(244), steps_y = begin_y - steps_height - px(24);
    draw_story(canvas, {margin, y + px(40), width, steps_y - y - px(92)});
    draw_steps(canvas, words, margin, width, steps_y);
    draw_begin(canvas, words, {margin, begin_y, width, begin});
}

void draw_landscape(Canvas& canvas, const Words& words, Rect whole) {
    const Metrics& px = canvas.px;
    const float margin = px(72), column = (whole.w - 3 * margin) / 2, right = margin * 2 + column;
    const float top = draw_strips(canvas, margin, whole.w - 2 * margin, px(24));
    const float begin = canvas.button_height() + px(44);
    const float begin_y = draw_small_print(canvas, words, margin, column, whole.h - px(36)) - begin - px(32);
    constexpr float title_units = 500;
    draw_title(canvas, words, margin, column, top + std::max(px(12), (begin_y - top - px(title_units)) / 2));
    draw_begin(canvas, words, {margin, begin_y, column, begin});
    const float steps_height = px(250), steps_y = whole.h - steps_height - px(36);
    draw_story(canvas, {right, top + px(56), column, steps_y - top - px(112)});
    draw_steps(canvas, words, right, column, steps_y);
}

}  // namespace

void draw_attract(Canvas& canvas) {
    const Rect whole{0, 0, static_cast<float>(canvas.view.display.width), static_cast<float>(canvas.view.display.height)};
    const Words words = both(canvas.strings);
    if (canvas.px.portrait) draw_portrait(canvas, words, whole);
    else draw_landscape(canvas, words, whole);
    // A touch anywhere begins too, in the operator's language; the buttons above come first.
    if (canvas.target("attract/anywhere", whole).clicked) canvas.tell(event::Begin{canvas.view.language});
}

}  // namespace pipa::kiosk
