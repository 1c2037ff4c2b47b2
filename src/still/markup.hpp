// Text into markup: what a producer calls its goods never becomes a tag, a link or an entity.
#pragma once

#include <string>
#include <string_view>

namespace pipa {

// For HTML and XML, between tags and in attributes in double quotes.
[[nodiscard]] inline std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

// For Markdown (CommonMark 0.31 section 2.4: any ASCII punctuation may be escaped). A line break becomes a blank.
[[nodiscard]] inline std::string escaped_for_markdown(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (std::string_view{"\\`*_{}[]<>()#+!|~&"}.find(c) != std::string_view::npos) out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

}  // namespace pipa
