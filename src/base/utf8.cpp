#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pipa {
namespace {

// Decodes one code point at `at` and moves past it; returns false where no valid sequence starts.
// The ranges are Unicode 15, table 3-7 (well-formed UTF-8 byte sequences).
bool next_code_point(std::string_view text, std::size_t& at, std::uint32_t& code_point) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(at);
    if (lead < 0x80) {
        code_point = lead;
        ++at;
        return true;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < length) return false;
    const std::uint8_t second = byte(at + 1);
    const std::uint8_t lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) return false;
    code_point = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return false;
        code_point = code_point << 6 | (byte(at + i) & 0x3Fu);
    }
    at += length;
    return true;
}

struct CodeRange {
    std::uint32_t first;
    std::uint32_t last;
};
// Controls; soft hyphen; marks, embeddings and isolates of bidirectional text; zero-width and invisible operators;
// interlinear annotations; tags, which spell out ASCII that nobody sees. Variation selectors stay: names need them.
constexpr std::array unprintable = {
    CodeRange{0x00, 0x1F},     CodeRange{0x7F, 0x9F},     CodeRange{0xAD, 0xAD},     CodeRange{0x061C, 0x061C},
    CodeRange{0x180E, 0x180E}, CodeRange{0x200B, 0x200F}, CodeRange{0x2028, 0x202E}, CodeRange{0x2060, 0x206F},
    CodeRange{0xFEFF, 0xFEFF}, CodeRange{0xFFF9, 0xFFFB}, CodeRange{0xE0000, 0xE007F},
};

// Unicode 15, property White_Space.
constexpr std::array blanks = {
    CodeRange{0x09, 0x0D},     CodeRange{0x20, 0x20},     CodeRange{0x85, 0x85},     CodeRange{0xA0, 0xA0},     CodeRange{0x1680, 0x1680},
    CodeRange{0x2000, 0x200A}, CodeRange{0x2028, 0x2029}, CodeRange{0x202F, 0x202F}, CodeRange{0x205F, 0x205F}, CodeRange{0x3000, 0x3000},
};

template <std::size_t count>
bool is_in(const std::array<CodeRange, count>& ranges, char32_t point) noexcept {
    return std::ranges::any_of(ranges, [point](const CodeRange& range) { return point >= range.first && point <= range.last; });
}

}  // namespace

bool is_blank(char32_t point) noexcept { return is_in(blanks, point); }

bool is_unprintable(char32_t point) noexcept { return (point < 0x20 || point >= 0x7F) && is_in(unprintable, point); }

std::u32string code_points_of(std::string_view utf8) {
    std::u32string points;
    points.reserve(utf8.size());
    std::uint32_t point = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        if (next_code_point(utf8, at, point)) points += static_cast<char32_t>(point);
        else ++at;
    }
    return points;
}

void append_utf8(std::string& out, char32_t point) {
    const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
    const auto add_tail = [&](unsigned shift) { add(0x80 | ((point >> shift) & 0x3F)); };
    if (point < 0x80) return add(point);
    if (point < 0x800) add(0xC0 | point >> 6);
    else if (point < 0x10000) add(0xE0 | point >> 12);
    else add(0xF0 | point >> 18);
    if (point >= 0x10000) add_tail(12);
    if (point >= 0x800) add_tail(6);
    add_tail(0);
}

std::size_t utf8_sequence(std::string_view text, std::size_t at) noexcept {
    std::uint32_t code_point = 0;
    std::size_t end = at;
    return next_code_point(text, end, code_point) ? end - at : 0;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
    std::uint32_t code_point = 0;
    for (std::size_t at = 0; at < text.size();)
        if (!next_code_point(text, at, code_point)) return at;
    return {};
}

bool has_unprintable(std::string_view utf8) noexcept {
    std::uint32_t code_point = 0;
    for (std::size_t at = 0; at < utf8.size();)
        if (!next_code_point(utf8, at, code_point) || is_unprintable(code_point)) return true;
    return false;
}

}  // namespace pipa
