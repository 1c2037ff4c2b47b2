// Text for terminals: widths in cells (Chinese characters take two), line breaking by Unicode's rules (UAX 14, through
// Pango), and colour only where somebody looks at it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pipa {

// Cells that a terminal uses for the text (GLib's East Asian widths). The text must be UTF-8.
[[nodiscard]] std::size_t display_width(std::string_view utf8);
// The text and blanks up to a width in cells; longer texts stay whole.
[[nodiscard]] std::string padded(std::string_view utf8, std::size_t width);
// The same with the blanks before it, for columns of numbers and their headings.
[[nodiscard]] std::string right_aligned(std::string_view utf8, std::size_t width);
// Lines of at most `width` cells; no line begins with a closing mark or ends with an opening one. At least one line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view utf8, std::size_t width);

// Columns of the terminal behind standard output, 60 to 100; 80 where there is none.
[[nodiscard]] std::size_t terminal_width();

enum class Tone : std::uint8_t { Plain, Bold, Dim, Ok, Caution, Stop, Unknown };

class Painter {
public:
    explicit Painter(bool colour) noexcept : m_colour(colour) {}
    // Colour when standard output is a terminal that can, and NO_COLOR (no-color.org) is not set.
    [[nodiscard]] static Painter for_standard_output();
    [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;

private:
    bool m_colour;
};

}  // namespace pipa
