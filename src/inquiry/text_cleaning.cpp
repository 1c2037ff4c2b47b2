#include "inquiry/text_cleaning.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace pipa {
namespace {

bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) noexcept { return (c | 0x20) >= U'a' && (c | 0x20) <= U'z'; }
bool is_variation_selector(char32_t c) noexcept { return c >= 0xFE00 && c <= 0xFE0F; }

// Byte order mark, zero-width and bidirectional characters, and controls such as GS (0x1D), with which scanners end fields.
void drop_hidden(std::u32string& text) {
    std::erase_if(text, [](char32_t c) { return !is_blank(c) && (is_unprintable(c) || is_variation_selector(c)); });
}

void trim(std::u32string& text) {
    const auto is_ink = [](char32_t c) { return !is_blank(c); };
    text.erase(std::find_if(text.rbegin(), text.rend(), is_ink).base(), text.end());
    text.erase(text.begin(), std::ranges::find_if(text, is_ink));
}

// ISO/IEC 15424: ']', a letter for the symbology, a modifier: "]Q1" before a QR code, "]C1" before Code 128.
void drop_symbology(std::u32string& text) {
    if (text.size() > 3 && text[0] == U']' && is_letter(text[1]) && (is_letter(text[2]) || is_digit(text[2]))) text.erase(0, 3);
}

// Extended Channel Interpretation as scanners write it out (ISO/IEC 15424 again): '\' and six digits; 000026 is UTF-8.
void drop_interpretation(std::u32string& text) {
    constexpr std::size_t size = 7;
    if (text.size() > size && text[0] == U'\\' && std::all_of(text.begin() + 1, text.begin() + size, is_digit)) text.erase(0, size);
}

// Full-width forms of ASCII lie at one distance from it (Unicode block FF00); Chinese keyboards have a full stop of their own.
void narrow(std::u32string& text) {
    for (char32_t& c : text) {
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        else if (c == U'。' || c == U'｡') c = U'.';
    }
}

// Mail that is quoted or broken at column 76 (RFC 3676 section 4.5, RFC 2045 section 6.7): "> " before a line, "=" behind it.
void drop_mail_marks(std::u32string& text) {
    const auto is_break = [](char32_t c) { return c == U'\n' || c == U'\r'; };
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == U'=' && i + 1 < text.size() && is_break(text[i + 1])) continue;
        if (text[i] == U'>' && !out.empty() && is_break(out.back())) {
            while (i + 1 < text.size() && (text[i + 1] == U'>' || text[i + 1] == U' ')) ++i;
            continue;
        }
        out += text[i];
    }
    text = std::move(out);
}

// "https:\/\/" as it stands in JSON (RFC 8259 section 7).
void unescape_slashes(std::u32string& text) {
    for (std::size_t at = text.find(U"\\/"); at != text.npos; at = text.find(U"\\/", at == 0 ? 0 : at - 1)) text.erase(at, 1);
}

void level_blanks(std::u32string& text) {
    std::ranges::replace_if(text, is_blank, U' ');
}

constexpr std::array arrival = {
    CleaningStep{"characters that nobody sees", drop_hidden},
    CleaningStep{"blanks around the text", trim},
    CleaningStep{"AIM symbology identifier", drop_symbology},
    CleaningStep{"ECI prefix", drop_interpretation},
    CleaningStep{"blanks behind a prefix", trim},
};
constexpr std::array spelling = {
    CleaningStep{"full-width forms", narrow},
    CleaningStep{"marks of quoted and broken mail", drop_mail_marks},
    CleaningStep{"slashes escaped as in JSON", unescape_slashes},
    CleaningStep{"blanks and line breaks of every kind", level_blanks},
};

}  // namespace

std::span<const CleaningStep> arrival_steps() noexcept { return arrival; }
std::span<const CleaningStep> spelling_steps() noexcept { return spelling; }

void clean(std::u32string& text, std::span<const CleaningStep> steps) {
    for (const CleaningStep& step : steps) step.undo(text);
}

}  // namespace pipa
