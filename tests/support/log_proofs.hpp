// Rows of log_proof.json: a certificate, a proof, and the logs that are trusted.
#pragma once

#include "record/public_log.hpp"
#include "support/table.hpp"

namespace pipa::test {

struct LogProofCase {
    Bytes certificate{};
    std::string proof{};
    std::vector<PublicLog> logs{};
    std::string answer{};
};
[[nodiscard]] LogProofCase log_proof_case(Row& row, const Json& base);

}  // namespace pipa::test
