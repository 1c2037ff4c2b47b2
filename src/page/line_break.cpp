#include "page/line_break.hpp"

#include <utility>

#include "base/utf8.hpp"

namespace pipa {
namespace {

constexpr std::u32string_view opening_marks = U"（〔［｛《〈「『【“‘([{«";
constexpr std::u32string_view closing_marks = U"）〕］｝》〉」』】”’)]}»，。、；：？！．·…—～％‰°℃,.;:?!%";
// 2026年5月22日, 3 天前, 2.5 千克: a number and what it counts stay together.
constexpr std::u32string_view counters = U"年月日天时分秒版个箱盘袋筐捆克千吨头尾把枚号";

bool is_one_of(char32_t c, std::u32string_view set) noexcept { return set.find(c) != std::u32string_view::npos; }
bool may_hang(char32_t c) noexcept { return c == U' ' || c == U'\n' || c == U'\u3000'; }
bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }

// Characters that may stand on either side of a break: ideographs, kana, full-width forms and their punctuation.
bool is_wide(char32_t c) noexcept {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60) || c >= 0x20000;
}

bool may_break_between(char32_t before, char32_t after) noexcept {
    if (may_hang(after) || is_one_of(before, opening_marks) || is_one_of(after, closing_marks)) return false;
    if (may_hang(before)) return true;
    if (is_digit(before) && is_one_of(after, counters)) return false;
    if (before == U'—' && after == U'—') return false;
    return is_wide(before) || is_wide(after) || is_one_of(before, U"”’，。、；：？！…—·");
}

std::string_view without_trailing_blanks(std::string_view line) noexcept {
    for (;;) {
        if (line.ends_with(' ') || line.ends_with('\n')) line.remove_suffix(1);
        else if (line.ends_with("\u3000")) line.remove_suffix(3);
        else return line;
    }
}

}  // namespace

CodePoint first_code_point(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t lead = byte(0);
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (size == 1 && lead < 0x80) return {lead, 1};
    if (size > text.size() || !is_utf8(text.substr(0, size))) return {0xFFFD, 1};
    char32_t value = lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) value = value << 6 | (byte(i) & 0x3F);
    return {value, size};
}

namespace {

// Between Latin words a few ideographs are a name: 承诺达标合格证 stays whole.
constexpr std::size_t units_of_a_name = 8;
std::size_t wide_run_at_start(std::string_view text) noexcept {
    std::size_t count = 0;
    while (!text.empty()) {
        const CodePoint here = first_code_point(text);
        if (!is_wide(here.value)) break;
        ++count;
        text.remove_prefix(here.size);
    }
    return count;
}

std::string_view joined(std::string_view first, std::string_view last) noexcept {
    return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

class Breaker {
public:
    Breaker(float width, const MeasureText& measure) : m_width(width), m_measure(measure) {}

    void add(std::string_view unit) {
        if (fits(m_line.empty() ? unit : joined(m_line, unit))) extend(unit);
        else if (fits(unit)) start_with(unit);
        else cut(unit);
        if (unit.ends_with('\n')) close();
    }

    std::vector<std::string_view> finish() {
        if (!m_line.empty()) close();
        return std::move(m_lines);
    }

private:
    bool fits(std::string_view text) const { return m_measure(without_trailing_blanks(text)) <= m_width; }

    void extend(std::string_view unit) {
        m_line = m_line.empty() ? unit : joined(m_line, unit);
        m_units.push_back(unit);
    }
    void start_with(std::string_view unit) {
        if (!m_line.empty()) close();
        extend(unit);
    }
    void close() {
        m_lines.push_back(without_trailing_blanks(m_line));
        m_line = {};
        m_previous_units = std::exchange(m_units, {});
    }
    // A unit that no line holds is cut between characters; marks stay with the character they open or close.
    void cut(std::string_view unit) {
        while (!unit.empty()) {
            CodePoint last = first_code_point(unit);
            std::size_t size = last.size;
            while (size < unit.size()) {
                const CodePoint following = first_code_point(unit.substr(size));
                if (!is_one_of(last.value, opening_marks) && !is_one_of(following.value, closing_marks)) break;
                last = following;
                size += following.size;
            }
            const std::string_view piece = unit.substr(0, size);
            if (!m_line.empty() && !fits(joined(m_line, piece))) close();
            extend(piece);
            unit.remove_prefix(size);
        }
    }

public:
    // A last line of one character looks lost: it gets company from the line above.
    void keep_company() {
        if (m_lines.empty() || m_units.size() != 1 || m_previous_units.size() < 4) return;
        const std::string_view lone = without_trailing_blanks(m_units.front());
        if (lone.size() > 2 * first_code_point(lone).size) return;  // a word, or a name
        if (m_previous_units.back().ends_with('\n') || !is_wide(first_code_point(lone).value)) return;
        const std::string_view moved = m_previous_units.back();
        if (!fits(joined(moved, m_line))) return;
        m_lines.back() = without_trailing_blanks(joined(m_previous_units.front(), m_previous_units[m_previous_units.size() - 2]));
        m_line = joined(moved, m_line);
    }

private:
    float m_width;
    const MeasureText& m_measure;
    std::vector<std::string_view> m_lines{};
    std::string_view m_line{};
    std::vector<std::string_view> m_units{};           // of the open line
    std::vector<std::string_view> m_previous_units{};  // of the line above it
};

}  // namespace

std::vector<std::string_view> unbreakable_units(std::string_view text) {
    std::vector<std::string_view> units;
    const bool latin = !text.empty() && first_code_point(text).value < 0x80;
    std::size_t run = 0;  // how many wide characters stand together here
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint here = first_code_point(text.substr(at));
        run = !latin || !is_wide(here.value) ? 0 : run > 0 ? run : wide_run_at_start(text.substr(at));
        at += here.size;
        const bool at_end = at == text.size();
        const char32_t following = at_end ? U'\0' : first_code_point(text.substr(at)).value;
        const bool in_name = run > 1 && run <= units_of_a_name && is_wide(following);
        const bool breaks = at_end || here.value == U'\n' || (may_break_between(here.value, following) && !in_name);
        if (!breaks) continue;
        units.push_back(text.substr(start, at - start));
        start = at;
    }
    return units;
}

std::vector<std::string_view> break_lines(std::string_view text, float width, const MeasureText& measure) {
    Breaker breaker(width, measure);
    for (const std::string_view unit : unbreakable_units(text)) breaker.add(unit);
    breaker.keep_company();
    return breaker.finish();
}

}  // namespace pipa
