#include "support/log_proofs.hpp"

#include "base/hex.hpp"

namespace pipa::test {

LogProofCase log_proof_case(Row& row, const Json& base) {
    LogProofCase out{.proof = row.text("proof"), .answer = row.text("answer")};
    out.certificate = from_hex(row.text_or("certificate", base.at("certificate"))).value();
    if (row.has("flip")) out.certificate.back() ^= static_cast<std::uint8_t>(row.integer("flip") & 0xFF);
    PublicLog log{.key = row.text_or("key", base.at("key")), .threshold = row.integer_or("threshold", 0)};
    if (row.has("witnesses")) log.witnesses = row.json("witnesses").get<std::vector<std::string>>();
    out.logs.push_back(log);
    if (row.has("second_key")) out.logs.push_back({.key = row.text("second_key")});
    return out;
}

}  // namespace pipa::test
