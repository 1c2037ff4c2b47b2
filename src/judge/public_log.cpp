#include "judge/judge.hpp"

namespace pipa {
namespace {

// A log shows that a certificate was not made for one reader's eyes; that it does not, or not yet, is no reason to doubt it.
void look_at_public_log(Judgement& judgement, const TrustStore& trust, std::string_view proof) {
    if (!judgement.signature_valid || trust.pack().logs.empty() || proof.empty()) return;
    // One encoding is accepted, so putting the message together again gives the very bytes that were scanned.
    const cose::Statement& statement = judgement.certificate->statement;
    const Bytes message = cose::assemble_statement(statement.protected_bytes, statement.payload, statement.signature);
    judgement.public_log = tlog::check_log_proof(message, proof, trust.pack().logs);
}

}  // namespace

Judgement judge(std::string_view text, const TrustStore& trust, UnixSeconds now, const Evidence& evidence) {
    Judgement judgement = judge_answer(text, trust, now, evidence);
    look_at_public_log(judgement, trust, evidence.log_proof);
    return judgement;
}

}  // namespace pipa
