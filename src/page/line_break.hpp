// Breaking text into lines, Chinese and Latin mixed, for faces whose drawing takes a Chinese sentence for one long word: the kiosk
// (Dear ImGui) and stills (SVG has no lines of its own).
//
// A Chinese character is a unit of its own, a Latin word stays whole; no line begins with a closing mark or a counter
// that belongs to the number before it, and none ends with an opening mark (禁则; GB/T 15834-2011 section 5, and the
// W3C note "Requirements for Chinese Text Layout", section 3.1). Pure: how wide a piece of text is, the caller says.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace pipa {

struct CodePoint {
    char32_t value{};
    std::size_t size{};  // bytes it took, at least 1
};
// The code point at the start of `text`, which must not be empty. An invalid byte comes out as U+FFFD.
[[nodiscard]] CodePoint first_code_point(std::string_view text) noexcept;

// Width of a piece of UTF-8 text, in whatever unit `width` below has.
using MeasureText = std::function<float(std::string_view)>;

// The lines, as views into `text`, without the blanks at which they were broken. A line feed always breaks. A unit
// wider than the line is cut between characters; every line holds at least one character.
[[nodiscard]] std::vector<std::string_view> break_lines(std::string_view text, float width, const MeasureText& measure);

// The pieces between which a line may break, blanks included at their ends. For tests and for break_lines.
[[nodiscard]] std::vector<std::string_view> unbreakable_units(std::string_view text);

}  // namespace pipa
