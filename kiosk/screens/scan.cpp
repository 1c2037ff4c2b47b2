// The scan screen: a live viewfinder, where to find the code, and what else can be done when there is no picture.
#include <algorithm>
#include <cmath>

#include "screens/furniture.hpp"
#include "screens/screens.hpp"

namespace pipa::kiosk {
namespace {

// The part of the picture that fills `place`, its edges cut off evenly, as texture coordinates.
void draw_picture(Canvas& canvas, Rect place) {
    const Picture& picture = canvas.view.picture;
    const float shape = static_cast<float>(picture.width) / static_cast<float>(std::max(1, picture.height));
    const float wanted = place.w / place.h;
    const float u = shape > wanted ? (1 - wanted / shape) / 2 : 0;
    const float v = shape < wanted ? (1 - shape / wanted) / 2 : 0;
    canvas.list.AddImageRounded(ImTextureRef(static_cast<ImTextureID>(picture.texture)), {place.x, place.y}, {place.right(), place.bottom()},
                                {u, v}, {1 - u, 1 - v}, colour::white, canvas.px(36));
}

void draw_no_picture(Canvas& canvas, Rect place) {
    const Metrics& px = canvas.px;
    const bool trouble = !canvas.view.camera_trouble.empty();
    const std::string text = canvas.text(trouble ? std::string_view{canvas.view.camera_trouble} : "kiosk.camera.opening");
    const TextStyle words = canvas.style(trouble ? 40 : type::body, colour::white, trouble ? Weight::Bold : Weight::Regular, Align::Centre);
    const float inner = place.w - px(144), icon_size = px(120);
    const float height = icon_size + px(36) + text_height(text, inner, words);
    const float y = place.middle_y() - height / 2;
    canvas.icon(trouble ? Icon::Attention : Icon::Camera, place.middle_x(), y + icon_size / 2, icon_size, colour::loquat);
    draw_text(canvas.list, {place.x + px(72), y + icon_size + px(36)}, inner, text, words);
}

// On a dark strip at the lower edge of the picture.
void draw_advice(Canvas& canvas, Rect place) {
    const Metrics& px = canvas.px;
    const TextStyle words = canvas.style(type::body, colour::white, Weight::Bold, Align::Centre);
    const std::string text = canvas.text(canvas.view.advice);
    const float inner = place.w - px(96), height = text_height(text, inner, words) + px(40);
    const Rect strip{place.x + px(24), place.bottom() - height - px(24), place.w - px(48), height};
    canvas.fill(strip, with_alpha(colour::night, 0.85f), px(24));
    draw_text(canvas.list, {place.x + px(48), strip.y + px(20)}, inner, text, words);
}

void draw_viewfinder(Canvas& canvas, Rect place) {
    const Metrics& px = canvas.px;
    canvas.fill(place, colour::night, px(36));
    const bool has_picture = canvas.view.picture.texture != 0;
    if (has_picture) draw_picture(canvas, place);
    else draw_no_picture(canvas, place);
    if (!canvas.view.camera_trouble.empty()) return;
    const float breath = has_picture ? std::sin(static_cast<float>(canvas.view.seconds) * 2.2f) * px(5) : 0;
    const float edge = std::min(place.w, place.h) * 0.80f + breath;
    const Rect aim{place.middle_x() - edge / 2, place.middle_y() - edge / 2, edge, edge};
    draw_brackets(canvas, aim, with_alpha(colour::shadow, 0.35f), px(18));
    draw_brackets(canvas, aim, colour::loquat, px(11));
    if (!canvas.view.advice.empty()) draw_advice(canvas, place);
}

struct Hint {
    Icon icon;
    std::string_view key;
};
constexpr Hint hints[] = {{Icon::Code, "kiosk.scan.where"}, {Icon::Scanner, "kiosk.scan.other_ways"}, {Icon::Shield, "kiosk.scan.privacy"}};

float hints_height(Canvas& canvas, float width) {
    float height = 0;
    for (const Hint& hint : hints)
        height += std::max(canvas.px(60), text_height(canvas.text(hint.key), width - canvas.px(84), canvas.style(type::body, colour::ink))) + canvas.px(18);
    return height;
}

void draw_hints(Canvas& canvas, float left, float width, float y) {
    const Metrics& px = canvas.px;
    const TextStyle words = canvas.style(type::body, colour::ink);
    for (const Hint& hint : hints) {
        const std::string text = canvas.text(hint.key);
        const float text_h = text_height(text, width - px(84), words), row = std::max(px(60), text_h);
        canvas.list.AddCircleFilled({left + px(30), y + row / 2}, px(30), colour::leaf_light);
        canvas.icon(hint.icon, left + px(30), y + row / 2, px(34), colour::leaf);
        draw_text(canvas.list, {left + px(84), y + (row - text_h) / 2}, width - px(84), text, words);
        y += row + px(18);
    }
}

}  // namespace

void draw_scan(Canvas& canvas) {
    const Metrics& px = canvas.px;
    const Rect body = draw_furniture(canvas, {"scan/type", {canvas.text("kiosk.button.type"), Icon::Keypad}, event::GoTo{Screen::Type}, Look::Quiet});
    const std::string title = canvas.text("kiosk.scan.title");
    const TextStyle title_style = canvas.style(type::title, colour::ink, Weight::Bold, px.portrait ? Align::Centre : Align::Left);
    if (px.portrait) {
        float y = body.y + px(20);
        y += draw_text(canvas.list, {body.x, y}, body.w, title, title_style) + px(28);
        const float below = hints_height(canvas, body.w) + px(20);
        const float height = std::min(body.bottom() - y - below - px(28), body.w * 1.05f);
        const float width = std::min(body.w, height * 1.25f);
        draw_viewfinder(canvas, {body.middle_x() - width / 2, y, width, height});
        draw_hints(canvas, body.x + px(16), body.w - px(16), y + height + px(32));
    } else {
        const float width = std::min(body.w * 0.58f, (body.h - px(44)) * 1.34f);
        draw_viewfinder(canvas, {body.x, body.y + px(12), width, body.h - px(44)});
        const float left = body.x + width + px(64), column = body.right() - left;
        const float height = text_height(title, column, title_style) + px(40) + hints_height(canvas, column);
        float y = body.y + std::max(px(12), (body.h - height) / 2);
        y += draw_text(canvas.list, {left, y}, column, title, title_style) + px(40);
        draw_hints(canvas, left, column, y);
    }
}

}  // namespace pipa::kiosk
