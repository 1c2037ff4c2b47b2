// Proofs that a certificate is in a public log, and what a log's folder holds: a proof is written as it was read, and the
// judge never believes one whose checkpoint the log did not sign.
#include "fuzz/fuzz.hpp"

#include "base/hex.hpp"
#include "support/log_proofs.hpp"
#include "tlog/log_entry.hpp"
#include "tlog/proof_file.hpp"
#include "tlog/tree.hpp"

using namespace pipa;
using fuzz::must;

namespace {

struct Trusted {
    Bytes certificate{};
    std::vector<PublicLog> logs{};
};

const Trusted& trusted() {
    static const Trusted once = [] {
        const auto base = test::load_table("log_proof.json")["base"];
        return Trusted{from_hex(base["certificate"].get<std::string>()).value(), {{.key = base["key"].get<std::string>()}}};
    }();
    return once;
}

}  // namespace

void fuzz_one(ByteView bytes) {
    const std::string_view input = as_text(bytes);
    const auto found = tlog::check_log_proof(trusted().certificate, input, trusted().logs);
    if (const auto proof = tlog::parse_proof_file(input)) {
        must(tlog::write_proof_file(*proof) == input, "a proof is written as it was read");
        if (found) must(tlog::open_trusted(proof->checkpoint, tlog::known_log(trusted().logs.front()).value()).has_value(), "only a signed checkpoint is believed");
    } else {
        must(!found, "what is no proof proves nothing");
    }
    if (const auto entries = tlog::entries_in_bundle(bytes, bytes.empty() ? 0 : bytes.front())) {
        std::size_t length = 0;
        for (const Bytes& entry : *entries) length += 2 + entry.size();
        must(length == bytes.size(), "a bundle is used up by its entries");
    }
}
