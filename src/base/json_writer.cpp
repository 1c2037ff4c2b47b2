#include "base/json_writer.hpp"

#include <array>

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

constexpr std::array<bool, 128> needs_escape = [] {
    std::array<bool, 128> table{};
    for (std::size_t control = 0; control < 0x20; ++control) table[control] = true;
    table['"'] = table['\\'] = true;
    return table;
}();

void append_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '\\';
    if (const char letter = short_escape(c); letter != 0) {
        out += letter;
        return;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "u00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
}

}  // namespace

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    m_out += bracket;
    m_comma = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    m_out += bracket;
    m_comma = true;
    return *this;
}

void JsonWriter::separate() {
    if (m_comma) m_out += ',';
    m_comma = true;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_quoted(name);
    m_out += ':';
    m_comma = false;
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

// What needs no escape, nearly all of it, is appended in as few pieces as there are escapes.
void JsonWriter::append_quoted(std::string_view text) {
    m_out += '"';
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool ascii = byte < 0x80;
        const std::size_t plain = ascii ? !needs_escape[byte] : utf8_sequence(text, at);
        if (plain > 0) {
            at += plain;
            continue;
        }
        m_out += text.substr(done, at - done);
        if (ascii) append_escaped(m_out, text[at]);
        else m_out += "\xEF\xBF\xBD";
        done = ++at;
    }
    m_out += text.substr(done);
    m_out += '"';
}

}  // namespace pipa
