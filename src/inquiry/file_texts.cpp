// texts_of_line and texts_of_file: where one text ends and the next begins.
#include <algorithm>

#include "base/filled_in.hpp"
#include "base/utf8.hpp"
#include "inquiry/certificate_digits.hpp"
#include "inquiry/scanned_link.hpp"
#include "inquiry/scanned_text.hpp"
#include "inquiry/text_cleaning.hpp"

namespace pipa {
namespace {

std::string cleaned(std::string_view text) {
    std::u32string points = code_points_of(text);
    clean(points, arrival_steps());
    clean(points, spelling_steps());
    std::string out;
    for (const char32_t c : points) append_utf8(out, c);
    return out;
}

// UTF-16 as Windows writes it, told by its mark (Unicode 15, section 2.13); anything else as it is. Half a pair is left out.
std::string utf8_of_file(std::string_view content) {
    const bool little = content.starts_with("\xFF\xFE");
    if (!little && !content.starts_with("\xFE\xFF")) return std::string{content};
    std::string out;
    char32_t high = 0;
    for (std::size_t at = 2; at + 1 < content.size(); at += 2) {
        const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(content[i])); };
        const char32_t unit = little ? byte(at) | byte(at + 1) << 8 : byte(at + 1) | byte(at) << 8;
        if (unit >= 0xDC00 && unit <= 0xDFFF) {
            if (high != 0) append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        } else if (unit < 0xD800 || unit > 0xDFFF) {
            append_utf8(out, unit);
        }
        high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
    }
    return out;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool has_only_digits(std::string_view text) noexcept {
    return std::ranges::any_of(text, is_digit) && std::ranges::all_of(text, [](char c) { return is_digit(c) || c == ' '; });
}

// Do the digits at the end of `text` ask for more? Other numbers that may stand on a line have at most 32.
bool is_unfinished(std::string_view text) {
    constexpr std::size_t most_of_other_codes = 32;
    if (text.empty() || !is_digit(text.back())) return false;
    const std::vector<FoundLink> links = find_links(text);
    if (!links.empty()) return links.back().end == text.size() && links.back().digits == DigitsSeen::Some;
    const DigitRun run = read_digits(text);
    return run.end == text.size() && !run.whole && run.digits.size() > most_of_other_codes;
}

bool goes_on(const FileText& before, std::string_view line) {
    if (before.text.size() > max_scanned_text_bytes) return false;
    std::string digits = cleaned(line);
    digits.erase(0, digits.find_first_not_of("> "));
    return has_only_digits(digits) && !read_digits(digits).whole && is_unfinished(cleaned(before.text));
}

}  // namespace

std::vector<std::string> texts_of_line(std::string_view line) {
    const std::string text = cleaned(line);
    const std::vector<FoundLink> links = find_links(text);
    if (links.size() < 2) return {std::string{line}};
    const std::string mark(line.starts_with(filled_in_mark) ? 1 : 0, filled_in_mark);
    std::vector<std::string> texts;
    for (std::size_t i = 0, begin = 0; i < links.size(); ++i) {
        const std::size_t end = i + 1 < links.size() ? links[i + 1].begin : text.size();
        texts.push_back(mark + std::string{without_filled_in_mark(text.substr(begin, end - begin))});
        begin = end;
    }
    return texts;
}

std::vector<FileText> texts_of_file(std::string_view content) {
    const std::string file = utf8_of_file(content);
    std::vector<FileText> texts;
    std::string_view rest = file;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1), rest.size()));
        if (is_utf8(line) && cleaned(line).empty()) continue;
        if (!texts.empty() && is_utf8(line) && goes_on(texts.back(), line)) {
            texts.back().text += '\n';
            texts.back().text += line;
            continue;
        }
        for (std::string& text : texts_of_line(line)) texts.push_back({std::move(text), number});
    }
    return texts;
}

}  // namespace pipa
