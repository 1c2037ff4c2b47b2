// Issuing many certificates: a CSV with one certificate a line becomes a CSV of number and QR text.
//
// Every line is read and checked before anything is written; each thing that is wrong is reported with its line and
// column. Columns are the names of certificate_fields.hpp or the usual Chinese words for them, in any order; cells are as people
// write them (input/table_cells.hpp). Where there is no column `form`, it is 2025-A. Errors: csv.*, cert.*, date.*, utf8.*.
#pragma once

#include <functional>

#include "crypto/secret_key.hpp"
#include "record/certificate.hpp"

namespace pipa {

struct LineProblem {
    std::size_t line{};
    std::string column{};  // empty where the whole line is meant
    Error error{};
};

struct IssuedTable {
    std::string csv{};      // "number,text" and a line for each certificate
    std::size_t issued{};
    std::size_t refused{};  // lines with problems
    std::string longest_text{};
    std::string longest_number{};
    std::vector<Bytes> messages{};  // the signed certificates, where the rules ask for them
};

struct TableRules {
    std::string_view host{};
    bool keep_going{};  // sign the good lines although others are bad
    bool keep_messages{};
    // Why a certificate would count for nothing, before anything is taken for it; empty: nobody is asked.
    std::function<Result<void>(const Certificate& certificate)> preflight{};
    // A place in the status list for a certificate that names none; empty: such certificates have none.
    std::function<Result<std::uint32_t>()> next_status_index{};
};

struct TableWatcher {
    std::function<void(const LineProblem&)> on_problem{};
    std::function<void(std::size_t bytes_read, std::size_t issued)> on_progress{};
};

// Fails only where the table as a whole cannot be read; bad lines go to the watcher and are counted.
[[nodiscard]] Result<IssuedTable> issue_table(std::string_view csv, const crypto::SecretKey& key, const TableRules& rules,
                                              const TableWatcher& watcher);

}  // namespace pipa
