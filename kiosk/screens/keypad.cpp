// The type screen: a certificate's number on our own keypad, so that no other keyboard ever covers the screen.
#include <string>
#include <vector>

#include "screens/furniture.hpp"
#include "screens/screens.hpp"

namespace pipa::kiosk {
namespace {

constexpr std::string_view wide_rows[] = {"1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM"};
constexpr std::string_view in_order = "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

// Ten keys in a row, as everybody knows them, where ten fit; else as many as fit, in the order of the alphabet.
std::vector<std::string_view> rows_for(float width, float gap, float smallest) {
    std::vector<std::string_view> rows;
    if ((width - 9 * gap) / 10 >= smallest) {
        rows.assign(std::begin(wide_rows), std::end(wide_rows));
        return rows;
    }
    const auto fit = static_cast<std::size_t>(std::max(3.0f, (width + gap) / (smallest + gap)));
    for (std::size_t at = 0; at < in_order.size(); at += fit) rows.push_back(in_order.substr(at, fit));
    return rows;
}

void draw_key(Canvas& canvas, Rect place, char key) {
    const std::string text{key};
    if (canvas.button("type/key_" + text, place, {text}, Look::Key)) canvas.tell(event::KeypadKey{key});
}

struct Keypad {
    std::vector<std::string_view> rows{};
    float gap{};
    float width{};      // of a key
    float least{};      // height of all with the smallest keys
};

Keypad plan_keypad(const Metrics& px, float width) {
    Keypad out{.gap = px(12)};
    out.rows = rows_for(width, out.gap, px.touch);
    const auto columns = static_cast<float>(out.rows.front().size()), lines = static_cast<float>(out.rows.size());
    out.width = (width - out.gap * (columns - 1)) / columns;
    out.least = lines * px.touch + (lines - 1) * out.gap;
    return out;
}

// Returns where it ends.
float draw_keypad(Canvas& canvas, Rect place, const Keypad& pad) {
    const Metrics& px = canvas.px;
    const auto lines = static_cast<float>(pad.rows.size());
    const float height = std::max(px.touch, std::min(px(px.portrait ? 144 : 128), (place.h - pad.gap * (lines - 1)) / lines));
    for (std::size_t r = 0; r < pad.rows.size(); ++r) {
        const float y = place.y + (height + pad.gap) * static_cast<float>(r);
        for (std::size_t c = 0; c < pad.rows[r].size(); ++c)
            draw_key(canvas, {place.x + (pad.width + pad.gap) * static_cast<float>(c), y, pad.width, height}, pad.rows[r][c]);
    }
    // What is left of the last row takes the key that rubs out.
    const float left = place.x + (pad.width + pad.gap) * static_cast<float>(pad.rows.back().size());
    const float y = place.y + (height + pad.gap) * (lines - 1);
    if (left + px.touch > place.right() + 1) return y + height;
    if (canvas.button("type/erase", {left, y, place.right() - left, height}, {canvas.text("kiosk.type.erase"), Icon::Erase}, Look::Quiet))
        canvas.tell(event::KeypadErase{});
    return y + height;
}

float draw_field(Canvas& canvas, Rect place) {
    const Metrics& px = canvas.px;
    canvas.fill(place, colour::white, px(24));
    canvas.outline(place, colour::leaf, px(24), px(5));
    TextStyle words = canvas.style(type::title, colour::ink, Weight::Bold);
    words.em = std::min(words.em, place.h * 0.52f);
    const float inner = place.w - px(72);
    if (canvas.view.typed.empty()) {
        const TextStyle hint = canvas.style(type::body, with_alpha(colour::soft_ink, 0.8f));
        canvas.label({place.x + px(50), 0}, inner, place.middle_y(), canvas.text("kiosk.type.example"), hint);
    } else {
        canvas.label({place.x + px(36), 0}, inner, place.middle_y(), canvas.view.typed, words);
    }
    const float caret = canvas.view.typed.empty() ? 0 : std::min(inner, text_width(canvas.view.typed, words) + px(6));
    canvas.fill({place.x + px(36) + caret, place.y + place.h * 0.22f, px(5), place.h * 0.56f}, colour::leaf, px(2));
    return place.bottom();
}

// Title and hint as far as there is room for them above the keys; returns where they end.
float draw_words(Canvas& canvas, float left, float width, float y, float room) {
    const Metrics& px = canvas.px;
    const Align align = px.portrait ? Align::Centre : Align::Left;
    TextStyle title = canvas.style(px.portrait ? type::title : type::heading, colour::ink, Weight::Bold, align);
    const TextStyle hint = canvas.style(px.portrait ? type::body : type::small, colour::soft_ink, Weight::Regular, align);
    const std::string title_text = canvas.text("kiosk.type.title"), hint_text = canvas.text("kiosk.type.hint");
    const float above = px(px.portrait ? 32 : 4), below = px(px.portrait ? 36 : 14);
    float height = text_height(title_text, width, title);
    if (height + above + below > room) title.em = px(type::body);
    height = text_height(title_text, width, title);
    if (height + above + below > room) return y + px(12);
    y += above + draw_text(canvas.list, {left, y + above}, width, title_text, title);
    if (height + text_height(hint_text, width, hint) + above + below > room) return y + below;
    return y + draw_text(canvas.list, {left, y}, width, hint_text, hint) + below;
}

}  // namespace

void draw_type(Canvas& canvas) {
    const Metrics& px = canvas.px;
    const Rect body = draw_furniture(canvas, {"type/scan", {canvas.text("kiosk.button.scan"), Icon::Camera}, event::GoTo{Screen::Scan}, Look::Quiet});
    const float width = std::min(body.w, px(1400)), left = body.middle_x() - width / 2;
    const Keypad pad = plan_keypad(px, width);
    const float field = std::max(px(px.portrait ? 140 : 100), px.touch), gap = px(px.portrait ? 32 : 16);
    const float below_keys = canvas.button_height() + px(40) + gap;
    // Below the keys where there is room for it, beside the field where there is not.
    const bool below = px.portrait && body.h >= px(12) + field + gap + pad.least + below_keys;
    const float done = below ? 0 : std::max(px(px.portrait ? 260 : 320), px.touch * 2);
    const float bottom = below ? body.bottom() - below_keys : body.bottom() - px(12);
    float y = draw_words(canvas, left, width, body.y, bottom - body.y - pad.least - gap - field);
    y = draw_field(canvas, {left, y, width - (done > 0 ? done + px(24) : 0), field});
    const float end = draw_keypad(canvas, {left, y + gap, width, bottom - y - gap}, pad);
    const Rect done_place = below ? Rect{left, std::min(end, bottom) + gap, width, canvas.button_height() + px(16)} : Rect{left + width - done, y - field, done, field};
    const bool ready = !canvas.view.typed.empty();
    const Label label{canvas.text("kiosk.type.done"), Icon::Next};
    if (canvas.button("type/done", done_place, label, ready ? Look::Primary : Look::Quiet) && ready) canvas.tell(event::KeypadDone{});
}

}  // namespace pipa::kiosk
