#include "education/markdown_lines.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "education/markdown.hpp"

namespace pipa::learn {
namespace {

// "[name]: address", which CommonMark allows inside quotes too.
bool is_link_definition(std::string_view row) noexcept {
    while (row.starts_with(' ') || row.starts_with('>')) row.remove_prefix(1);
    return row.starts_with('[') && row.find("]:") != std::string_view::npos;
}

// CJK punctuation, ideographs and full-width forms, by the first byte of their UTF-8.
bool is_cjk_lead(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xE3 && byte <= 0xE9) || byte == 0xEF;
}

}  // namespace

bool joins_without_blank(std::string_view before, std::string_view after) noexcept {
    while (!before.empty() && (static_cast<unsigned char>(before.back()) & 0xC0) == 0x80) before.remove_suffix(1);
    return !before.empty() && !after.empty() && is_cjk_lead(before.back()) && is_cjk_lead(after.front());
}

bool check_markdown_lines(std::string_view text, const std::string& file, Problems& problems) {
    if (text.size() > max_markdown_bytes) {
        report(problems, {file, 0, ErrorCode::LearnTooLarge, "32 KiB"});
        return false;
    }
    if (const auto bad = find_invalid_utf8(text)) {
        report(problems, {file, line_of(text, *bad), ErrorCode::Utf8Invalid, {}});
        return false;
    }
    bool readable = true;
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view row = text.substr(at, end - at);
        if (has_unprintable(row)) {
            report(problems, {file, line, ErrorCode::LearnUnknownSpan, "control character"});
            readable = false;
        }
        if (is_link_definition(row)) report(problems, {file, line, ErrorCode::LearnLink, {}});
        at = end + 1;
    }
    return readable;
}

}  // namespace pipa::learn
