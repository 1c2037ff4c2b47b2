#include "pipa/input/csv.hpp"

#include <algorithm>

namespace pipa {

CsvReader::CsvReader(std::string_view text, char separator) : m_text(text), m_separator(separator) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (m_text.starts_with(byte_order_mark)) m_at = byte_order_mark.size();
}

std::unexpected<Error> CsvReader::bad(std::string_view what) const {
    return fail(ErrorCode::CsvBadTable, {}, "line " + std::to_string(m_line) + ": " + std::string{what});
}

bool CsvReader::skip_line_break() noexcept {
    const std::string_view rest = m_text.substr(m_at);
    const std::size_t length = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
    m_at += length;
    m_line += length > 0;
    return length > 0;
}

Result<std::string_view> CsvReader::plain_field() {
    const auto is_special = [this](char c) { return c == m_separator || c == '\n' || c == '\r' || c == '"'; };
    const auto end = static_cast<std::size_t>(std::ranges::find_if(m_text.substr(m_at), is_special) - m_text.begin());
    if (end < m_text.size() && m_text[end] == '"') return bad("a quote inside an unquoted field");
    const std::string_view field = m_text.substr(m_at, end - m_at);
    m_at = end;
    return field;
}

Result<std::string_view> CsvReader::quoted_field() {
    const std::size_t opened_in_line = m_line;
    const std::size_t first = ++m_at;
    bool escaped = false;
    for (;; ++m_at) {
        while (!at_end() && m_text[m_at] != '"' && m_text[m_at] != '\n') ++m_at;
        if (at_end()) {
            m_line = opened_in_line;
            return bad("the quote that opens here is never closed");
        }
        if (m_text[m_at] == '\n') ++m_line;
        else if (m_text.substr(m_at).starts_with("\"\"")) escaped = true, ++m_at;
        else break;
    }
    const std::string_view field = m_text.substr(first, m_at++ - first);
    if (!at_end() && m_text[m_at] != m_separator && m_text[m_at] != '\r' && m_text[m_at] != '\n') return bad("text behind a closing quote");
    if (!escaped) return field;
    std::string& text = m_unescaped.emplace_back();
    for (std::size_t i = 0; i < field.size(); i += field[i] == '"' ? 2 : 1) text += field[i];
    return text;
}

Result<std::optional<CsvRecord>> CsvReader::next() {
    while (skip_line_break()) {}
    if (at_end()) return std::nullopt;
    CsvRecord record{.line = m_line};
    for (;;) {
        const auto field = !at_end() && m_text[m_at] == '"' ? quoted_field() : plain_field();
        if (!field) return std::unexpected(field.error());
        record.fields.push_back(*field);
        if (at_end() || skip_line_break()) return record;
        if (m_text[m_at] != m_separator) return bad("a carriage return without a line feed");
        ++m_at;
    }
}

void append_csv_field(std::string& out, std::string_view field) {
    if (field.find_first_of("\",\r\n") == std::string_view::npos) {
        out += field;
        return;
    }
    out += '"';
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace pipa
