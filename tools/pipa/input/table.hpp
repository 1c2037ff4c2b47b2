// A table as offices have it: CSV in any of the usual encodings, parted by commas, semicolons or tabs, padded by spreadsheets.
//
// Rows and columns that are wholly empty are no rows and no columns. Cells come without blanks at their ends. Errors: csv.bad_table,
// import.bad_encoding.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "pipa/input/csv.hpp"

namespace pipa {

// By what stands in the header line, outside of quotes; "sep=;" in the first line says it too.
[[nodiscard]] char separator_of(std::string_view text) noexcept;

class TableReader {
public:
    // `text` is UTF-8 and must outlive the reader.
    explicit TableReader(std::string_view text);

    // The names of the columns; one that has none may have no cells. Errors: csv.bad_table where there is no header, or no name in it.
    [[nodiscard]] Result<std::vector<std::string>> header();
    // The next row that is not empty, with as many cells as there are columns where those behind are empty; another count is the caller's to report.
    [[nodiscard]] Result<std::optional<CsvRecord>> next();
    [[nodiscard]] std::size_t bytes_read() const noexcept { return m_reader.bytes_read(); }

private:
    CsvReader m_reader;
    std::size_t m_columns{};
};

}  // namespace pipa
