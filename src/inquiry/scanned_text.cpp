#include "inquiry/scanned_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/filled_in.hpp"
#include "base/utf8.hpp"
#include "inquiry/certificate_digits.hpp"
#include "inquiry/keyboard_layouts.hpp"
#include "inquiry/scanned_link.hpp"
#include "inquiry/text_cleaning.hpp"
#include "record/certificate.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

std::string to_utf8(std::u32string_view points) {
    std::string out;
    for (const char32_t c : points) append_utf8(out, c);
    return out;
}

// --- Codes ---

std::optional<ScannedText> code_of_link(std::string_view text, FoundLink link) {
    const auto differs = [&](const FoundLink& other) { return other.canonical != link.canonical; };
    const bool more = std::ranges::any_of(find_links(text, link.end), differs);
    return ScannedText{TextKind::Code, std::move(link.canonical), more};
}

std::optional<ScannedText> read_code(std::string_view text, Words words) {
    if (auto link = find_link(text)) return code_of_link(text, std::move(*link));
    if (auto link = restore_link(text)) return ScannedText{TextKind::Code, std::move(link->canonical)};
    if (std::string digits = find_bare_digits(text, words); !digits.empty()) return ScannedText{TextKind::Code, std::move(digits)};
    return {};
}

// --- Numbers ---

bool is_dash(char32_t c) noexcept { return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

// Word processors write a dash for a hyphen, and lines break behind one: "DEMO–330113- 261112".
std::u32string with_plain_hyphens(std::u32string_view text) {
    std::u32string out;
    for (const char32_t c : text) {
        if (is_dash(c)) {
            while (out.ends_with(U' ')) out.pop_back();
            out += U'-';
        } else if (c != U' ' || !out.ends_with(U'-')) {
            out += c >= U'a' && c <= U'z' ? c - 0x20 : c;
        }
    }
    return out;
}

// Letters and digits that look like a certificate number and like no other code. A till's barcode is none.
bool looks_like_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    return is_certificate_number(text) && std::ranges::any_of(text, is_letter) && std::ranges::any_of(text, is_digit) && recognise_foreign_code(text) == ForeignCode::Unknown;
}

// The number, or the one word with a digit in it among words that have none: "编号：DEMO-330113-261112-C04。" What names itself as
// another system's is left to it.
std::string find_number(std::u32string_view spelled_text) {
    constexpr std::size_t max_characters = 64;
    constexpr std::size_t min_among_words = 8;
    if (spelled_text.size() > max_characters || recognise_foreign_code(to_utf8(spelled_text)) != ForeignCode::Unknown) return {};
    const std::u32string text = with_plain_hyphens(spelled_text);
    if (std::string number = to_utf8(text); looks_like_number(number)) return number;
    const auto is_in_number = [](char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || c == U'-'; };
    const auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
    std::string found;
    for (auto at = text.begin(); at != text.end();) {
        const auto end = std::find_if_not(at, text.end(), is_in_number);
        if (std::any_of(at, end, is_digit)) {
            std::string word = to_utf8(std::u32string(at, end));
            if (!found.empty() || word.size() < min_among_words || !looks_like_number(word)) return {};
            found = std::move(word);
        }
        at = std::find_if(end, text.end(), is_in_number);
    }
    return found;
}

// Behind the page's own address, as it is shared: "https://host/C?lang=en#~DEMO-330113-261112-C04".
std::string find_addressed_number(std::string_view text) {
    const std::size_t begin = find_address(text, 0);
    if (begin == std::string_view::npos) return {};
    const std::string_view address = text.substr(begin, std::min(text.find(' ', begin), text.size()) - begin);
    const std::size_t hash = address.find("#~");
    if (hash == std::string_view::npos) return {};
    const std::string_view path = address.substr(0, std::min(address.find('?'), hash));
    return path.ends_with("/C") || path.ends_with("/c") ? find_number(code_points_of(address.substr(hash + 2))) : std::string{};
}

// --- Keyboards ---

std::size_t longest_run_of_digits(std::string_view text) noexcept {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c >= '0' && c <= '9' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

bool starts_with_http(std::string_view text) noexcept {
    const auto lower = [](char c) { return static_cast<char>(c | 0x20); };
    return std::ranges::equal(text.substr(0, 4), std::string_view{"http"}, {}, lower);
}

// What a layout must give to be believed: nothing but one of our links with digits, a whole certificate's digits, or a number as
// printed.
std::optional<ScannedText> read_exactly(const std::u32string& sent, const std::string& text) {
    constexpr std::size_t min_number = 12;
    if (DigitRun run = read_digits(text); run.whole && run.end == text.size()) return ScannedText{TextKind::Code, std::move(run.digits)};
    if (const auto link = find_link(text)) {
        const std::string_view digits = std::string_view{link->canonical}.substr(link->canonical.find('#') + 1);
        const bool fills = link->begin == 0 && link->end == text.size() && !digits.empty() && longest_run_of_digits(digits) == digits.size();
        return fills ? std::optional{ScannedText{TextKind::Code, link->canonical}} : std::nullopt;
    }
    const bool is_like_number = sent.size() >= min_number && std::ranges::count(sent, U'-') >= 2 && sent.find(U' ') == sent.npos;
    std::string number = is_like_number ? find_number(sent) : std::string{};
    if (number.size() != sent.size()) return {};
    return ScannedText{TextKind::Number, std::move(number)};
}

struct Keyboard {
    SetTo set_to;
    CapsLock caps;
};
constexpr std::array keyboards = {
    Keyboard{SetTo::Computer, CapsLock::Off}, Keyboard{SetTo::Computer, CapsLock::Letters}, Keyboard{SetTo::Computer, CapsLock::Everything},
    Keyboard{SetTo::Scanner, CapsLock::Off},  Keyboard{SetTo::Scanner, CapsLock::Letters},
};

// Tries every layout on what was typed. One meaning: that. Several, or none although a link shows through: garbled for good.
class KeyboardReader {
public:
    explicit KeyboardReader(const std::u32string& typed) : m_typed(typed) {}

    std::optional<ScannedText> run() {
        if (m_typed.size() > max_qr_text_bytes) return {};
        look_at(m_typed);
        for (const KeyboardLayout& layout : keyboard_layouts())
            for (const Keyboard& keyboard : keyboards) {
                const auto undone = [&](std::u32string_view text) { return undo_layout(text, layout, keyboard.set_to, keyboard.caps); };
                if (may_be_ours(undone(beginning()))) look_at(undone(m_typed));
            }
        if (m_ambiguous || (!m_found && m_has_traces)) return ScannedText{TextKind::WrongLayout};
        return m_found;
    }

private:
    // Two prefixes of a scanner take ten characters.
    [[nodiscard]] std::u32string_view beginning() const { return std::u32string_view{m_typed}.substr(0, 14); }
    [[nodiscard]] bool may_be_ours(const std::u32string& sent) const {
        constexpr std::size_t max_number_with_prefixes = max_number_characters + 10;
        if (std::ranges::all_of(sent, [](char32_t c) { return c >= U'0' && c <= U'9'; })) return true;
        for (std::size_t at = 0; at < sent.size(); ++at)
            if (starts_with_http(to_utf8(std::u32string_view{sent}.substr(at, 4)))) return true;
        return m_typed.size() <= max_number_with_prefixes;
    }

    void look_at(std::u32string sent) {
        constexpr std::size_t more_than_others_have = 60;
        clean(sent, arrival_steps());
        const std::string text = to_utf8(sent);
        m_has_traces = m_has_traces || (starts_with_http(text) && longest_run_of_digits(text) >= more_than_others_have);
        auto read = read_exactly(sent, text);
        m_ambiguous = m_ambiguous || (read && m_found && *m_found != *read);
        if (read) m_found = std::move(read);
    }

    const std::u32string& m_typed;
    std::optional<ScannedText> m_found{};
    bool m_has_traces{};
    bool m_ambiguous{};
};

std::string_view cut(std::string_view text) noexcept {
    if (text.size() <= max_scanned_text_bytes) return text;
    std::size_t end = max_scanned_text_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a character
    return text.substr(0, end);
}

}  // namespace

ScannedText read_scanned_text(std::string_view raw) {
    if (raw.starts_with(filled_in_mark)) {
        ScannedText text = read_scanned_text(without_filled_in_mark(raw));
        text.filled_in = true;
        return text;
    }
    constexpr std::size_t min_digits_of_ours = 100;
    const std::string_view bytes = cut(raw);
    if (!is_utf8(bytes)) return {TextKind::Other, std::string{bytes}};
    std::u32string arrived = code_points_of(bytes);
    clean(arrived, arrival_steps());
    if (arrived.empty()) return {};
    std::u32string spelled_text = arrived;
    clean(spelled_text, spelling_steps());
    const std::string text = to_utf8(spelled_text);
    if (std::string number = find_addressed_number(text); !number.empty()) return {TextKind::Number, std::move(number)};
    if (auto code = read_code(text, Words::None)) return *code;
    if (std::string number = find_number(spelled_text); !number.empty()) return {TextKind::Number, std::move(number)};
    const bool is_address = text.find("://") != std::string::npos;
    auto undone = KeyboardReader(spelled_text).run();
    if (undone && undone->kind != TextKind::WrongLayout) return *undone;
    if (std::string digits = find_bare_digits(text, Words::Apart); !digits.empty() && !undone) return {TextKind::Code, std::move(digits)};
    // More digits than any other code has, and no words before them: a layout that no table here knows.
    const bool is_garbled = !is_address && (undone || longest_run_of_digits(text) >= min_digits_of_ours);
    return {is_garbled ? TextKind::WrongLayout : TextKind::Other, to_utf8(arrived)};
}

}  // namespace pipa
