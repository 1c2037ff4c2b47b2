#include "pipa/issue/issue_table.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "pipa/input/table.hpp"
#include "pipa/input/table_cells.hpp"
#include "pipa/issue/certificate_columns.hpp"
#include "pipa/issue/issuing.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

constexpr std::size_t lines_between_reports = 256;

constexpr std::size_t no_field = certificate_field_count;  // of a column without a name
constexpr std::string_view default_form = "2025-A";

std::size_t field_index(std::string_view name) { return certificate_field_index(name).value_or(no_field); }

// columns[i] is the certificate field that column i holds.
Result<std::vector<std::size_t>> read_header(const std::vector<std::string>& header) {
    std::vector<std::size_t> columns;
    for (const std::string& name : header) {
        const auto index = certificate_column_index(name);
        if (!index && !name.empty()) return fail(ErrorCode::CsvUnknownColumn, {}, name.substr(0, 40));
        if (index && std::ranges::find(columns, *index) != columns.end()) return fail(ErrorCode::CsvBadTable, {}, "column " + name + " stands twice");
        columns.push_back(index.value_or(no_field));
    }
    // Once for the whole table, and not once a row.
    for (const std::string_view needed : {"number", "quantity", "origin", "issued"})
        if (std::ranges::find(columns, field_index(needed)) == columns.end()) return fail(ErrorCode::CertificateMissingField, {}, "the table has no column " + std::string{needed});
    return columns;
}

// Brings cells to what read_certificate() takes; a cell that is not plain stays as it is, for that to refuse. What a column's cell before said
// is known: most columns say the same in every line.
class CellReader {
public:
    struct Cell {
        std::string written{};
        std::optional<std::string> value{};  // empty: it cannot be meant
        std::string private_use{};           // the first character that only one machine knows
    };
    // Until the next one of that field.
    const Cell& read(std::size_t field, std::string_view written) {
        Cell& cell = m_cells[field];
        if (cell.written != written || !cell.value) cell = {std::string{written}, value_of(field, written), private_use_in(written)};
        return cell;
    }

private:
    std::optional<std::string> value_of(std::size_t field, std::string_view written) const {
        std::string as_it_is{written};
        if (written.empty() || field == m_name) return as_it_is;
        if (field == m_quantity) return quantity_of_cell(written);
        if (field == m_harvested) return day_of_cell(written).value_or(as_it_is);
        if (field == m_issued || field == m_expires) return time_of_cell(written).value_or(as_it_is);
        return narrow_cell(written);
    }
    const std::size_t m_quantity = field_index("quantity"), m_harvested = field_index("harvested"), m_issued = field_index("issued"),
                      m_expires = field_index("expires"), m_name = field_index("product_name");
    std::array<Cell, certificate_field_count> m_cells{};
};

class TableIssuer {
public:
    TableIssuer(const crypto::SecretKey& key, const TableRules& rules, const TableWatcher& watcher)
        : m_signer(key, cose::StatementType::Certificate), m_rules(rules), m_watcher(watcher) {
        m_out.csv = "number,text\n";
    }

    void add(const CsvRecord& record, const std::vector<std::size_t>& columns) {
        m_line = record.line;
        m_line_is_bad = false;
        Certificate certificate;
        if (record.fields.size() != columns.size())
            report({}, {ErrorCode::CsvBadTable, {}, std::to_string(record.fields.size()) + " fields under " + std::to_string(columns.size()) + " columns"});
        else read(record, columns, certificate);
        if (!m_line_is_bad) check_number(certificate.number);
        if (!m_line_is_bad && m_rules.preflight)
            if (const auto ok = m_rules.preflight(certificate); !ok) report({}, ok.error());
        if (!m_line_is_bad && will_be_written()) give_place(certificate);
        if (!m_line_is_bad) sign(certificate);
        m_out.refused += m_line_is_bad;
    }

    [[nodiscard]] const IssuedTable& table() const noexcept { return m_out; }
    [[nodiscard]] IssuedTable finish() { return std::move(m_out); }

private:
    void report(std::string_view column, Error error) {
        m_line_is_bad = true;
        m_watcher.on_problem({m_line, std::string{column}, std::move(error)});
    }

    void read(const CsvRecord& record, const std::vector<std::size_t>& columns, Certificate& certificate) {
        FieldValues values{};
        if (std::ranges::find(columns, m_form) == columns.end()) values[m_form] = default_form;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string_view cell = record.fields[i];
            if (columns[i] == no_field) {
                if (!cell.empty()) report({}, {ErrorCode::CsvBadTable, {}, "a value under a column without a name: " + std::string{cell.substr(0, 40)}});
                continue;
            }
            const CellReader::Cell& read = m_cells.read(columns[i], cell);
            const std::string_view name = certificate_field_names()[columns[i]];
            if (!read.private_use.empty()) report(name, {ErrorCode::CsvBadValue, {}, read.private_use + ", a character for private use: " + std::string{cell.substr(0, 60)}});
            else if (!read.value) report(name, {ErrorCode::CsvBadValue, {}, std::string{cell.substr(0, 60)}});
            else values[columns[i]] = *read.value;
        }
        if (m_line_is_bad) return;
        for (FieldError& problem : read_certificate(values, certificate)) report(problem.field, std::move(problem.error));
        if (certificate.harvest_day && !m_line_is_bad && *certificate.harvest_day > day_of(certificate.issued_unix_s))
            report("harvested", {ErrorCode::CsvBadValue, {}, format_day(*certificate.harvest_day) + " is after the day of issue"});
    }

    void check_number(const std::string& number) {
        const auto [found, is_new] = m_lines.try_emplace(number, m_line);
        if (is_new) return;
        report("number", {ErrorCode::CsvBadValue, {}, number + " stands in line " + std::to_string(found->second) + " already"});
    }

    [[nodiscard]] bool will_be_written() const noexcept { return m_out.refused == 0 || m_rules.keep_going; }

    void give_place(Certificate& certificate) {
        if (certificate.status_index || !m_rules.next_status_index) return;
        const auto index = m_rules.next_status_index();
        if (!index) return report("status_index", index.error());
        certificate.status_index = *index;
    }

    void sign(const Certificate& certificate) {
        const auto payload = encode_certificate(certificate);
        if (!payload) return report({}, payload.error());
        if (!will_be_written()) return;
        Bytes message = m_signer.sign(*payload);
        const std::string text = make_qr_text(m_rules.host, message);
        if (m_rules.keep_messages) m_out.messages.push_back(std::move(message));
        append_csv_field(m_out.csv, certificate.number);
        m_out.csv += ',';
        m_out.csv += text;  // digits and a host: nothing to quote
        m_out.csv += '\n';
        ++m_out.issued;
        if (text.size() <= m_out.longest_text.size()) return;
        m_out.longest_text = text;
        m_out.longest_number = certificate.number;
    }

    Signer m_signer;
    const TableRules& m_rules;
    const TableWatcher& m_watcher;
    CellReader m_cells{};
    const std::size_t m_form = field_index("form");
    IssuedTable m_out{};
    std::unordered_map<std::string, std::size_t> m_lines{};  // of each certificate number
    std::size_t m_line{};
    bool m_line_is_bad{};
};

}  // namespace

Result<IssuedTable> issue_table(std::string_view csv, const crypto::SecretKey& key, const TableRules& rules,
                                const TableWatcher& watcher) {
    TableReader reader(csv);
    const auto header = reader.header();
    if (!header) return std::unexpected(header.error());
    const auto columns = read_header(*header);
    if (!columns) return std::unexpected(columns.error());

    TableIssuer issuer(key, rules, watcher);
    for (std::size_t count = 1;; ++count) {
        const auto record = reader.next();
        if (!record) return std::unexpected(record.error());
        if (!*record) return issuer.finish();
        issuer.add(**record, *columns);
        if (count % lines_between_reports == 0) watcher.on_progress(reader.bytes_read(), issuer.table().issued);
    }
}

}  // namespace pipa
