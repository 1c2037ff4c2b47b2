#include "judge/rules.hpp"

namespace pipa {

// A log shows that a certificate was not made for one reader's eyes; that it does not, or not yet, is no reason to doubt it.
std::optional<Result<tlog::LogInclusion>> find_in_public_log(const ReadCode& code, const TrustStore& trust, std::string_view proof) {
    if (trust.pack().logs.empty() || proof.empty()) return {};
    // One encoding is accepted, so putting the message together again gives the very bytes that were scanned.
    const cose::Statement& statement = code.certificate->statement;
    const Bytes message = cose::assemble_statement(statement.protected_bytes, statement.payload, statement.signature);
    return tlog::check_log_proof(message, proof, trust.pack().logs);
}

}  // namespace pipa
