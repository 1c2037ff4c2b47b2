#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/exact_bytes.hpp"
#include "support/log_proofs.hpp"
#include "tlog/log_entry.hpp"
#include "tlog/proof_file.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string say(const Result<tlog::LogInclusion>& found) {
    if (!found) return answer_of(found.error());
    std::string out = found->log + " " + std::to_string(found->index) + "/" + std::to_string(found->tree_size);
    if (found->since) out += " since " + std::to_string(*found->since);
    for (const note::Signer& witness : found->witnesses) out += " " + witness.name + "@" + std::to_string(witness.witnessed_at.value_or(0));
    return out;
}

}  // namespace

TEST_CASE("log proof: judges what its table says", "[log]") {
    const Json table = load_table("log_proof.json");
    for_each_row(table, "log_proof.json", [&](Row& row) {
        INFO(row.where());
        const LogProofCase given = log_proof_case(row, table["base"]);
        const Exact certificate(given.certificate);
        const Exact proof(given.proof);
        CHECK(say(tlog::check_log_proof(certificate.view(), proof.text(), given.logs)) == given.answer);
        if (const auto parsed = tlog::parse_proof_file(proof.text())) CHECK(tlog::write_proof_file(*parsed) == given.proof);
    });
}

TEST_CASE("log proof: an entry is the key id and the digest, and nothing else of the certificate", "[log]") {
    const Json base = load_table("log_proof.json")["base"];
    const Bytes certificate = from_hex(base["certificate"].get<std::string>()).value();
    CHECK(to_hex(tlog::certificate_entry(certificate).value()) == base["entry"].get<std::string>());
}

TEST_CASE("log proof: refuses what is too large", "[log]") {
    CHECK(answer_of(tlog::parse_proof_file(std::string(tlog::max_proof_bytes + 1, 'x'))) == "log_proof.too_large@65536");
}

TEST_CASE("log proof: without logs none is known", "[log]") {
    const Json table = load_table("log_proof.json");
    const Bytes certificate = from_hex(table["base"]["certificate"].get<std::string>()).value();
    const std::string proof = table["rows"][0]["proof"];
    CHECK(say(tlog::check_log_proof(certificate, proof, {})) == "log_proof.unknown_log(log.example/district)");
}
