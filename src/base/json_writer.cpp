#include "base/json_writer.hpp"

#include "base/utf8.hpp"

namespace pipa {
namespace {

// The short escapes of RFC 8259 section 7; 0 where a character has none.
char short_escape(char c) noexcept {
    switch (c) {
        case '"': return '"';
        case '\\': return '\\';
        case '\b': return 'b';
        case '\f': return 'f';
        case '\n': return 'n';
        case '\r': return 'r';
        case '\t': return 't';
        default: return 0;
    }
}

bool needs_escape(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void append_escaped(std::string& out, std::string_view utf8) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::size_t done = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if (!needs_escape(utf8[i])) continue;
        out += utf8.substr(done, i - done);
        done = i + 1;
        out += '\\';
        if (const char letter = short_escape(utf8[i]); letter != 0) {
            out += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(utf8[i]);
        out += "u00";
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    out += utf8.substr(done);
}

}  // namespace

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    m_out += bracket;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    m_out += bracket;
    return *this;
}

// What was written last says whether another value before this one needs a comma.
void JsonWriter::separate() {
    if (!m_out.empty() && m_out.back() != '{' && m_out.back() != '[' && m_out.back() != ':') m_out += ',';
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_quoted(name);
    m_out += ':';
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    append_quoted(text);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    m_out += json;
    return *this;
}

void JsonWriter::append_quoted(std::string_view text) {
    m_out += '"';
    while (const auto invalid = find_invalid_utf8(text)) {
        append_escaped(m_out, text.substr(0, *invalid));
        m_out += "\xEF\xBF\xBD";
        text.remove_prefix(*invalid + 1);
    }
    append_escaped(m_out, text);
    m_out += '"';
}

}  // namespace pipa
