// Tables as CSV: what is read and written again reads the same, and lines are counted as they stand.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "pipa/input/csv.hpp"

using namespace pipa;
using fuzz::must;

namespace {

using Table = std::vector<std::vector<std::string>>;

// Empty where it is no table.
std::optional<Table> read(std::string_view text) {
    CsvReader reader(text);
    Table table;
    std::size_t line = 0;
    const auto breaks = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    for (;;) {
        const auto record = reader.next();
        must(reader.bytes_read() <= text.size(), "a reader stays in its text");
        if (!record) return {};
        if (!*record) return table;
        must((*record)->line > line && (*record)->line <= breaks + 1, "a record has a line of its own");
        line = (*record)->line;
        must(!(*record)->fields.empty(), "a record has a field");
        table.emplace_back((*record)->fields.begin(), (*record)->fields.end());
    }
}

std::string write(const Table& table) {
    std::string out = "\xEF\xBB\xBF";
    for (const auto& record : table) {
        for (std::size_t i = 0; i < record.size(); ++i) {
            if (i > 0) out += ',';
            // An empty line is no record: a single empty field has to be quoted.
            if (record.size() == 1 && record[0].empty()) out += "\"\"";
            else append_csv_field(out, record[i]);
        }
        out += '\n';
    }
    return out;
}

}  // namespace

void fuzz_one(ByteView input) {
    const auto table = read(as_text(input));
    if (!table) return;
    const std::string written = write(*table);
    std::size_t fields = 0;
    for (const auto& record : *table) fields += record.size();
    must(written.size() <= 2 * input.size() + 3 * fields + 3, "a table is not blown up");
    must(read(written) == table, "what is written reads the same");
}
