#include "page/public_log.hpp"

namespace pipa {

PublicLogFinding find_in_public_log(const Judgement& judgement, const TrustStore& trust) {
    if (trust.pack().logs.empty() || judgement.log_proof.empty() || !judgement.certificate) return {};
    // One encoding is accepted, so putting the message together again gives the very bytes that were scanned.
    const cose::Statement& statement = judgement.certificate->statement;
    const Bytes message = cose::assemble_statement(statement.protected_bytes, statement.payload, statement.signature);
    return tlog::check_log_proof(message, judgement.log_proof, trust.pack().logs);
}

}  // namespace pipa
