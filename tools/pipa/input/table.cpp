#include "pipa/input/table.hpp"

#include <algorithm>
#include <array>

#include "pipa/input/table_cells.hpp"

namespace pipa {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view first_line(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    while (text.starts_with('\n') || text.starts_with('\r')) text.remove_prefix(1);
    return text.substr(0, text.find_first_of("\r\n"));
}

bool says_separator(std::string_view line) { return line.size() == 5 && line.starts_with("sep="); }

}  // namespace

char separator_of(std::string_view text) noexcept {
    const std::string_view line = first_line(text);
    if (says_separator(line)) return line.back();
    static constexpr std::array marks = {',', ';', '\t'};
    std::array<std::size_t, marks.size()> counts{};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') quoted = !quoted;
        for (std::size_t i = 0; i < marks.size(); ++i) counts[i] += !quoted && c == marks[i];
    }
    return marks[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

TableReader::TableReader(std::string_view text) : m_reader(text, separator_of(text)) {
    if (says_separator(first_line(text))) static_cast<void>(m_reader.next());
}

Result<std::vector<std::string>> TableReader::header() {
    const auto record = m_reader.next();
    if (!record) return std::unexpected(record.error());
    if (!*record) return fail(ErrorCode::CsvBadTable, {}, "the table is empty");
    std::vector<std::string> names;
    for (const std::string_view cell : (*record)->fields) names.emplace_back(clean_cell(cell));
    while (!names.empty() && names.back().empty()) names.pop_back();
    if (names.empty()) return fail(ErrorCode::CsvBadTable, {}, "line " + std::to_string((*record)->line) + ": no column has a name");
    m_columns = names.size();
    return names;
}

Result<std::optional<CsvRecord>> TableReader::next() {
    for (;;) {
        auto record = m_reader.next();
        if (!record || !*record) return record;
        std::vector<std::string_view>& cells = (*record)->fields;
        std::ranges::transform(cells, cells.begin(), clean_cell);
        if (std::ranges::all_of(cells, &std::string_view::empty)) continue;
        while (cells.size() > m_columns && cells.back().empty()) cells.pop_back();
        return record;
    }
}

}  // namespace pipa
