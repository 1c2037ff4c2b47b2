// All statements as tables: one CSV a type, and one for each list of records inside it, joined by the statement's digest.
// Every statement is there, whether it stands or not; the column `standing` says which. Lists of texts or numbers are
// joined by ';', texts in two languages are two columns. UTF-8 with a byte order mark, as spreadsheets want it.
#pragma once

#include <map>
#include <string>

#include "oversight/monitoring.hpp"

namespace pipa {

// File name ("test.csv", "test_items.csv", "certificate.csv") to content.
[[nodiscard]] std::map<std::string, std::string> csv_tables(std::span<const Bytes> messages, const TrustStore& trust);

}  // namespace pipa
