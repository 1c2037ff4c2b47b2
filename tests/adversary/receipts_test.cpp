// Invariant 3, the other half: what a lost key signed counts where an office shows that it was there before the loss, and only there. Each
// type that a lost key may sign, with receipts by everybody, of every time.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "adversary/entitlements.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

namespace {

Bytes receipt_of(const Bytes& message, const Actor& signer, UnixSeconds issued) {
    cbor::MapBuilder map;
    map.add(statement_key::id, cbor::make_text("R-1")).add(statement_key::issued, cbor::make_integer(issued));
    map.add(receipt_key::digests, cbor::make_array({cbor::make_bytes(crypto::sha256(message))}));
    return sign_payload(key_of(signer), StatementType::Receipt, cbor::encode(map.finish()));
}

const std::array<std::string_view, 6> times = {"2026-11-09T23:00:00+08:00", "2026-11-17T23:59:59+08:00", "2026-11-18T00:00:00+08:00", "2026-11-19T08:00:00+08:00", "2026-11-20T09:30:00+08:00", "2026-12-20T08:00:00+08:00"};

constexpr std::size_t one_in = 5;  // of those trials: each key and type comes in some scenes, and each scene with some of them

bool is_shown(const Actor& signer, UnixSeconds issued) {
    return signer.role == Role::Bureau && signer.registered && !signer.elsewhere && !signer.lost && (!signer.ends || issued <= *signer.ends) && issued < at(loss);
}

}  // namespace

TEST_CASE("adversary: 3: only an office's receipt from before the loss brings back what a lost key signed", "[adversary]") {
    std::size_t made = 0;
    std::size_t brought_back = 0;
    std::set<std::string> broken;
    // The draft of each lost key and type in each scene, and where it would change the answer if the key had not been lost.
    std::vector<Trial> trials;
    for (std::size_t number = 0; number < rounds_begin(); ++number) {
        Trial trial = make_trial(number, 1);
        const bool is_lost = trial.actor->lost && trial.type != StatementType::Notice && trial.type != StatementType::Receipt && (trial.about == About::Lot || trial.about == About::Upstream);
        if (is_lost) trials.push_back(std::move(trial));
    }
    for (std::size_t i = 0; i < trials.size(); i += one_in) {
        const Trial& trial = trials[i];
        std::vector<Bytes> statements = trial.scene->statements;
        statements.push_back(trial.message);
        const Answer without = ask(*trial.scene, statements);
        for (std::size_t k = 0; k < actors().size(); ++k) {
            const Actor& signer = actors()[k];
            if (signer.role != Role::Bureau && (i / one_in + k) % 16 != 0) continue;  // who may not sign receipts is tried now and then
            if ((i / one_in + k) % PIPA_ADVERSARY_SHARE != 0) continue;
            for (const std::string_view time : times) {
                statements.push_back(receipt_of(trial.message, signer, at(time)));
                const Answer with = ask(*trial.scene, statements);
                statements.pop_back();
                ++made;
                const bool changed = !losses(without, with).empty() || !gains(without, with).empty();
                // What it does once it stands is the other trials' matter; that it does it only then is this one's.
                if (changed && !is_shown(signer, at(time))) broken.insert(trial.describe() + "; receipt of the " + signer.name + " of " + std::string{time} + ": " + compared(without, with));
                brought_back += changed;
            }
        }
    }
    for (const std::string& one : broken) FAIL_CHECK(one);
    CHECK(made > 1000 / PIPA_ADVERSARY_SHARE);
    CHECK((brought_back > 0 || PIPA_ADVERSARY_SHARE > 1));
}
