#include "pipa/card/still_drawing.hpp"

#include <cairo.h>

#include <charconv>
#include <cmath>
#include <numbers>

#include "pipa/labels/canvas.hpp"
#include "still/still_icons.hpp"

namespace pipa {
namespace {

void use_colour(cairo_t* context, std::string_view colour) {  // "#1f7445"
    const auto part = [&](std::size_t at) {
        unsigned value = 0;
        std::from_chars(colour.data() + at, colour.data() + at + 2, value, 16);
        return value / 255.0;
    };
    cairo_set_source_rgb(context, part(1), part(3), part(5));
}

void draw_box(cairo_t* context, const StillBox& box) {
    use_colour(context, box.fill);
    if (box.radius > 0) {  // a disc is the one thing with round corners
        cairo_arc(context, box.x + box.width / 2, box.y + box.height / 2, box.radius, 0, 2 * std::numbers::pi);
    } else {
        cairo_rectangle(context, box.x, box.y, box.width, box.height);
    }
    cairo_fill(context);
}

void draw_sign(cairo_t* context, const StillSign& sign) {
    const Icon& icon = icon_of(sign.name);
    cairo_save(context);
    cairo_translate(context, sign.x, sign.y);
    cairo_scale(context, sign.size / 24, sign.size / 24);
    use_colour(context, sign.stroke);
    cairo_set_line_width(context, 2.6);
    cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND);
    if (icon.radius > 0) {
        cairo_new_sub_path(context);
        cairo_arc(context, static_cast<double>(icon.centre.x), static_cast<double>(icon.centre.y), static_cast<double>(icon.radius), 0, 2 * std::numbers::pi);
    }
    for (const auto& stroke : icon.strokes) {
        cairo_new_sub_path(context);
        for (const Point& point : stroke) cairo_line_to(context, static_cast<double>(point.x), static_cast<double>(point.y));
    }
    cairo_stroke(context);
    cairo_restore(context);
}

void draw_text(cairo_t* context, const StillText& text, const labels::TextShaper& shaper) {
    use_colour(context, text.fill);
    const labels::TextStyle style{.size_mm = text.size, .smallest_mm = text.size * 0.9, .weight = text.bold ? labels::Weight::Bold : labels::Weight::Regular};
    const labels::FittedText fitted = shaper.fit(text.text, style, text.room);
    shaper.draw(context, fitted, {text.x, text.baseline - text.size, text.room, text.size * 1.3});
}

void draw_code(cairo_t* context, const StillCode& code) {
    cairo_save(context);
    cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE);
    cairo_set_source_rgb(context, 0, 0, 0);
    cairo_translate(context, code.x, code.y);
    cairo_scale(context, code.module, code.module);
    for (std::size_t y = 0; y < code.symbol.size; ++y)
        for (std::size_t x = 0; x < code.symbol.size; ++x)
            if (code.symbol.is_dark(x, y)) cairo_rectangle(context, static_cast<double>(x), static_cast<double>(y), 1, 1);
    cairo_fill(context);
    cairo_restore(context);
}

}  // namespace

Result<Bytes> draw_still(const StillLayout& layout, double scale, const labels::TextShaper& shaper) {
    const auto width = static_cast<int>(std::lround(layout.width * scale)), height = static_cast<int>(std::lround(layout.height * scale));
    return labels::draw_colour_png(width, height, scale, [&](cairo_t* context) {
        for (const StillBox& box : layout.boxes) draw_box(context, box);
        for (const StillSign& sign : layout.signs) draw_sign(context, sign);
        for (const StillText& text : layout.texts) draw_text(context, text, shaper);
        for (const StillCode& code : layout.codes) draw_code(context, code);
    });
}

}  // namespace pipa
