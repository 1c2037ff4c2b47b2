// Text on the screen: broken into lines by our own rules, measured and drawn with ImGui's fonts (the first is the
// regular weight, the second the bold one).
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>

namespace pipa::kiosk {

enum class Weight : unsigned char { Regular, Bold };
enum class Align : unsigned char { Left, Centre, Right };

struct TextStyle {
    float em{};               // pixels
    ImU32 colour{};
    Weight weight{Weight::Regular};
    Align align{Align::Left};
    float leading{1.42f};     // from line to line, in em
};

// Noto Sans CJK's line box in em; ImGui takes the box for the size of a font. The canvas loader uses the same.
inline constexpr float line_box_em = 1.448f;

[[nodiscard]] float text_width(std::string_view text, const TextStyle& style);
[[nodiscard]] float text_height(std::string_view text, float width, const TextStyle& style);
// Draws within `width` from `at` down and returns the height it took. A width of 0 means one line, unbroken.
float draw_text(ImDrawList& list, ImVec2 at, float width, std::string_view text, const TextStyle& style);
// One line whose capitals stand centred on `middle_y`; shrunk to fit `width`, down to this part of its size, and cut off beyond that.
inline constexpr float smallest_label = 0.6f;
void draw_label(ImDrawList& list, ImVec2 at, float width, float middle_y, std::string_view text, TextStyle style);

// The characters of `text` that the loaded fonts cannot draw, as UTF-8, each once.
[[nodiscard]] std::string missing_glyphs(std::string_view text);

}  // namespace pipa::kiosk
