#include "pipa/terminal/terminal.hpp"

#include <pango/pango.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace pipa {
namespace {

std::size_t cells_of(gunichar character) {
    if (g_unichar_iszerowidth(character)) return 0;
    return g_unichar_iswide(character) ? 2 : 1;
}

// Calls use(character, begin, end) for each character of valid UTF-8, with its bytes' offsets.
template <typename Use>
void for_each_character(std::string_view utf8, Use use) {
    for (std::size_t at = 0; at < utf8.size();) {
        const auto skip = static_cast<std::size_t>(g_utf8_skip[static_cast<unsigned char>(utf8[at])]);
        const std::size_t end = std::min(at + skip, utf8.size());
        use(g_utf8_get_char_validated(utf8.data() + at, static_cast<gssize>(end - at)), at, end);
        at = end;
    }
}

std::vector<PangoLogAttr> break_attributes(std::string_view utf8) {
    const auto characters = g_utf8_strlen(utf8.data(), static_cast<gssize>(utf8.size()));
    std::vector<PangoLogAttr> attributes(static_cast<std::size_t>(characters) + 1);
    pango_get_log_attrs(utf8.data(), static_cast<int>(utf8.size()), -1, pango_language_from_string("zh-hans"), attributes.data(),
                        static_cast<int>(attributes.size()));
    return attributes;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    for_each_character(utf8, [&](gunichar character, std::size_t, std::size_t) { width += cells_of(character); });
    return width;
}

std::string padded(std::string_view utf8, std::size_t width) {
    const std::size_t used = display_width(utf8);
    return std::string{utf8} + std::string(width > used ? width - used : 0, ' ');
}

std::string right_aligned(std::string_view utf8, std::size_t width) {
    const std::size_t used = display_width(utf8);
    return std::string(used < width ? width - used : 0, ' ') + std::string{utf8};
}

std::vector<std::string> wrap(std::string_view utf8, std::size_t width) {
    const std::vector<PangoLogAttr> attributes = break_attributes(utf8);
    std::vector<std::string> lines;
    std::size_t line_start = 0, break_at = 0, used = 0, used_at_break = 0, index = 0;
    const auto end_line = [&](std::size_t end) {
        std::string_view line = utf8.substr(line_start, end - line_start);
        while (line.ends_with(' ')) line.remove_suffix(1);
        lines.emplace_back(line);
        line_start = end;
    };
    for_each_character(utf8, [&](gunichar character, std::size_t begin, std::size_t) {
        if (attributes[index++].is_line_break && begin > line_start) break_at = begin, used_at_break = used;
        const std::size_t cells = cells_of(character);
        // A blank may hang over the edge; it is cut off with its line.
        if (used + cells > width && character != ' ') {
            const bool can_break = break_at > line_start;
            end_line(can_break ? break_at : begin);
            used -= can_break ? used_at_break : used;
            break_at = line_start;
        }
        used += cells;
    });
    if (line_start < utf8.size() || lines.empty()) end_line(utf8.size());
    return lines;
}

std::size_t terminal_width() {
    constexpr std::size_t usual = 80, narrowest = 60, widest = 100;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
    return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

Painter Painter::for_standard_output() {
    const auto is_set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    const char* terminal = std::getenv("TERM");
    const bool can = terminal != nullptr && std::string_view{terminal} != "dumb";
    return Painter(can && ::isatty(STDOUT_FILENO) == 1 && !is_set("NO_COLOR"));
}

std::string Painter::paint(Tone tone, std::string_view text) const {
    // Words and signs carry the meaning; colour only repeats it.
    static constexpr const char* codes[] = {"", "1", "2", "1;37;42", "1;30;43", "1;37;41", "1;37;100"};
    if (!m_colour || tone == Tone::Plain) return std::string{text};
    return "\x1b[" + std::string{codes[static_cast<std::size_t>(tone)]} + "m" + std::string{text} + "\x1b[0m";
}

}  // namespace pipa
