#include "pipa/issue/issue_table.hpp"

#include <algorithm>
#include <unordered_map>

#include "pipa/issue/certificate_fields.hpp"
#include "pipa/input/csv.hpp"
#include "pipa/issue/issuing.hpp"
#include "wire/qr_text.hpp"

namespace pipa {
namespace {

constexpr std::size_t lines_between_reports = 256;

// columns[i] is the certificate field that column i holds.
Result<std::vector<std::size_t>> read_header(const CsvRecord& header) {
    std::vector<std::size_t> columns;
    for (const std::string_view name : header.fields) {
        const auto index = certificate_field_index(name);
        if (!index) return fail(ErrorCode::CsvUnknownColumn, {}, std::string{name.substr(0, 40)});
        if (std::ranges::find(columns, *index) != columns.end())
            return fail(ErrorCode::CsvBadTable, {}, "column " + std::string{name} + " stands twice");
        columns.push_back(*index);
    }
    return columns;
}

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
        if (record.fields.size() != columns.size()) {
            report({}, {ErrorCode::CsvBadTable, {}, std::to_string(record.fields.size()) + " fields under " +
                                                        std::to_string(columns.size()) + " columns"});
        } else {
            FieldValues values{};
            for (std::size_t i = 0; i < columns.size(); ++i) values[columns[i]] = record.fields[i];
            for (FieldError& problem : read_certificate(values, certificate)) report(problem.field, std::move(problem.error));
        }
        if (!m_line_is_bad) check_number(certificate.number);
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
    IssuedTable m_out{};
    std::unordered_map<std::string, std::size_t> m_lines{};  // of each certificate number
    std::size_t m_line{};
    bool m_line_is_bad{};
};

}  // namespace

Result<IssuedTable> issue_table(std::string_view csv, const crypto::SecretKey& key, const TableRules& rules,
                                const TableWatcher& watcher) {
    CsvReader reader(csv);
    const auto header = reader.next();
    if (!header) return std::unexpected(header.error());
    if (!*header) return fail(ErrorCode::CsvBadTable, {}, "the table is empty");
    const auto columns = read_header(**header);
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
