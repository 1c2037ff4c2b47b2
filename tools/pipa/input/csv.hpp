// CSV (RFC 4180): reading record by record, writing field by field.
//
// Accepted: a byte order mark, CRLF or LF, quoted fields with commas, quotes and line breaks. Refused, with the line: a
// quote inside an unquoted field, text behind a closing quote, a quote that never closes, a lone CR.
// No library: of those that are looked after, rapidcsv and fast-cpp-csv-parser accept malformed quotes or no line breaks
// inside quotes, csv-parser (Vince La) has no line numbers for its rows, and libcsv (unchanged since 2013) trims blanks and
// counts no lines; naming the line is the point here. Errors: csv.bad_table with 'line N' as detail.
#pragma once

#include <deque>
#include <vector>

#include "base/error.hpp"

namespace pipa {

struct CsvRecord {
    std::size_t line{};                    // of its first character, from 1
    std::vector<std::string_view> fields{};  // into the text, or into the reader for fields with doubled quotes
};

class CsvReader {
public:
    // `text` must outlive the reader; a record's fields live as long as the reader.
    explicit CsvReader(std::string_view text, char separator = ',');

    // The next record, over empty lines; empty at the end of the text.
    [[nodiscard]] Result<std::optional<CsvRecord>> next();
    [[nodiscard]] std::size_t bytes_read() const noexcept { return m_at; }

private:
    [[nodiscard]] Result<std::string_view> quoted_field();
    [[nodiscard]] Result<std::string_view> plain_field();
    [[nodiscard]] std::unexpected<Error> bad(std::string_view what) const;
    [[nodiscard]] bool at_end() const noexcept { return m_at == m_text.size(); }
    [[nodiscard]] bool skip_line_break() noexcept;

    std::string_view m_text;
    char m_separator;
    std::size_t m_at{};
    std::size_t m_line{1};
    std::deque<std::string> m_unescaped{};
};

// Appends a field, quoted where it must be.
void append_csv_field(std::string& out, std::string_view field);

}  // namespace pipa
