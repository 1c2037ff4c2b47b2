#include "screens/type_setting.hpp"

#include <algorithm>
#include <cmath>

#include "app/line_break.hpp"
#include "app/utf8_walk.hpp"

namespace pipa::kiosk {
namespace {

ImFont* font_of(Weight weight) {
    const ImVector<ImFont*>& fonts = ImGui::GetIO().Fonts->Fonts;
    return fonts[weight == Weight::Bold && fonts.Size > 1 ? 1 : 0];
}

float size_of(const TextStyle& style) { return std::round(style.em * line_box_em); }

float offset_of(Align align, float room) {
    return align == Align::Centre ? room / 2 : align == Align::Right ? room : 0;
}

void draw_line(ImDrawList& list, ImVec2 at, std::string_view line, const TextStyle& style) {
    const ImVec2 snapped{std::round(at.x), std::round(at.y)};
    list.AddText(font_of(style.weight), size_of(style), snapped, style.colour, line.data(), line.data() + line.size());
}

// Centred lines look best when they are about as long as each other: the narrowest column of as many lines.
std::vector<std::string_view> balanced(std::string_view text, float width, const MeasureText& measure) {
    std::vector<std::string_view> lines = break_lines(text, width, measure);
    if (lines.size() < 2 || text.find('\n') != std::string_view::npos) return lines;
    float narrow = width / 2, wide = width;
    for (int halvings = 0; halvings < 5; ++halvings) {
        const float middle = (narrow + wide) / 2;
        std::vector<std::string_view> tried = break_lines(text, middle, measure);
        const bool fits = tried.size() == lines.size() && std::ranges::all_of(tried, [&](std::string_view line) { return measure(line) <= width; });
        (fits ? wide : narrow) = middle;
        if (fits) lines = std::move(tried);
    }
    return lines;
}

std::vector<std::string_view> lines_of(std::string_view text, float width, const TextStyle& style) {
    if (width <= 0) return {text};
    const MeasureText measure = [&](std::string_view part) { return text_width(part, style); };
    return style.align == Align::Centre ? balanced(text, width, measure) : break_lines(text, width, measure);
}

}  // namespace

float text_width(std::string_view text, const TextStyle& style) {
    if (text.empty()) return 0;
    return font_of(style.weight)->CalcTextSizeA(size_of(style), FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

float text_height(std::string_view text, float width, const TextStyle& style) {
    return static_cast<float>(lines_of(text, width, style).size()) * std::round(style.em * style.leading);
}

float draw_text(ImDrawList& list, ImVec2 at, float width, std::string_view text, const TextStyle& style) {
    const float step = std::round(style.em * style.leading);
    float y = at.y + (step - size_of(style)) / 2;
    float height = 0;
    for (const std::string_view line : lines_of(text, width, style)) {
        const float room = width > 0 ? width - text_width(line, style) : style.align == Align::Left ? 0 : -text_width(line, style);
        draw_line(list, {at.x + offset_of(style.align, room), y}, line, style);
        y += step;
        height += step;
    }
    return height;
}

void draw_label(ImDrawList& list, ImVec2 at, float width, float middle_y, std::string_view text, TextStyle style) {
    const float wanted = text_width(text, style);
    if (width > 0 && wanted > width) {
        const float least = std::floor(style.em * smallest_label);
        style.em = std::floor(std::max(least, style.em * width / wanted));
        while (style.em > least && text_width(text, style) > width) --style.em;  // letters do not shrink by exactly as much
    }
    const float room = width > 0 ? width - text_width(text, style) : 0;
    // The middle of Noto's capitals and ideographs lies a little below that of its line box.
    const float y = middle_y - size_of(style) / 2 - 0.02f * style.em;
    list.PushClipRect({at.x, y}, {width > 0 ? at.x + width + 1 : FLT_MAX, y + size_of(style)}, true);
    draw_line(list, {at.x + offset_of(style.align, std::max(0.0f, room)), y}, text, style);
    list.PopClipRect();
}

std::string missing_glyphs(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const CodePoint here = first_code_point(text);
        const std::string_view bytes = text.substr(0, here.size);
        text.remove_prefix(here.size);
        if (here.value < 0x20) continue;
        for (const Weight weight : {Weight::Regular, Weight::Bold})
            if (!font_of(weight)->IsGlyphInFont(static_cast<ImWchar>(here.value)) && out.find(bytes) == std::string::npos) out += bytes;
    }
    return out;
}

}  // namespace pipa::kiosk
