// Invariant 5: taking statements away from a record never gives a milder answer without saying so, whoever signs a manifest over the rest.
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

bool says_so(const Answer& answer, bool is_empty) {
    static constexpr std::array words = {ReasonId::StatementsMissing, ReasonId::ManifestDoesNotStand, ReasonId::OtherCertificate};
    return std::ranges::any_of(words, [&](ReasonId id) { return answer.says(id); }) || (is_empty && answer.says(ReasonId::RecordLimited));
}

bool is_milder(const Answer& before, const Answer& after) { return gravity_of(after.level) < gravity_of(before.level) || !losses(before, after).empty(); }

// Every choice of what to keep of at most ten statements; 0 keeps none.
std::vector<Bytes> kept(const Scene& scene, std::size_t choice) {
    std::vector<Bytes> out;
    for (std::size_t i = 0; i < scene.statements.size(); ++i)
        if ((choice >> i & 1U) != 0) out.push_back(scene.statements[i]);
    return out;
}

// The keeper of this record: the office, and who kept it while his key was good.
bool is_keeper(const Actor& actor, UnixSeconds issued) { return actor.role == Role::Bureau && !actor.elsewhere && actor.may_sign_at(issued); }

}  // namespace

TEST_CASE("adversary: 5: what is taken out of a record is said to be missing", "[adversary]") {
    std::size_t made = 0;
    for (const Scene& scene : scenes()) {
        REQUIRE(scene.statements.size() <= 10);
        const Bytes manifest = make_manifest(actor("bureau"), scene.statements);
        for (std::size_t choice = 0; choice + 1 < std::size_t{1} << scene.statements.size(); ++choice) {
            const std::vector<Bytes> rest = kept(scene, choice);
            for (const bool headless : {false, true}) {
                const Answer answer = headless ? ask(scene, rest, {}) : ask(scene, rest, manifest);
                INFO("in '" << scene.name << "' only " << choice << " is kept" << (headless ? ", and no manifest: " : ": ") << compared(scene.answer, answer));
                CHECK((!is_milder(scene.answer, answer) || says_so(answer, headless && rest.empty())));
                ++made;
            }
        }
    }
    CHECK(made > 100);
}

TEST_CASE("adversary: 5: nobody but its keeper vouches that a record is whole", "[adversary]") {
    static constexpr std::array<std::string_view, 3> times = {"2026-11-09T08:00:00+08:00", "2026-11-17T08:00:00+08:00", "2026-11-19T08:00:00+08:00"};
    std::size_t made = 0;
    std::set<std::string> broken;
    std::size_t turn = 0;
    for (const Scene& scene : scenes())
        for (std::size_t choice = 0; choice + 1 < std::size_t{1} << scene.statements.size(); ++choice) {
            const std::vector<Bytes> rest = kept(scene, choice);
            if (rest.empty()) continue;
            for (const Actor& keeper : actors())
                for (const std::string_view issued : times) {
                    if (++turn % PIPA_ADVERSARY_SHARE != 0 || is_keeper(keeper, at(issued))) continue;
                    ++made;
                    const Answer answer = ask(scene, rest, make_manifest(keeper, rest, issued));
                    if (is_milder(scene.answer, answer) && !says_so(answer, false))
                        broken.insert("in '" + scene.name + "' with a manifest of the " + keeper.name + ": " + compared(scene.answer, answer));
                }
        }
    for (const std::string& one : broken) FAIL_CHECK(one);
    CHECK(made > 1000 / PIPA_ADVERSARY_SHARE);
}

// A manifest in which everything else is tried too: each value of each field, over the record without its last statement.
TEST_CASE("adversary: 5: no field of a manifest makes somebody a keeper", "[adversary]") {
    std::size_t made = 0;
    std::set<std::string> broken;
    for (std::size_t number = rounds_begin(); number < rounds_begin() + attempts().size(); number += PIPA_ADVERSARY_SHARE) {
        const Attempt& attempt = attempts()[number - rounds_begin()];
        if (attempt.type != StatementType::Manifest) continue;
        Trial trial = make_trial(number, 1);
        if (is_keeper(*trial.actor, trial.issued())) continue;
        std::vector<Bytes> rest = trial.scene->statements;
        rest.pop_back();
        cbor::Value digests = cbor::make_array();
        for (const Bytes& statement : rest) digests.items.push_back(cbor::make_bytes(crypto::sha256(statement)));
        if (!digests.items.empty()) put(trial.payload, manifest_key::digests, digests);
        if (!trial.has(statement_key::certificates)) put(trial.payload, statement_key::certificates, cbor::make_array({cbor::make_text(of_goods::number)}));
        const Answer answer = ask(*trial.scene, rest, sign_payload(key_of(*trial.actor), trial.type, cbor::encode(trial.payload)));
        ++made;
        if (is_milder(trial.scene->answer, answer) && !says_so(answer, rest.empty())) broken.insert(trial.describe() + ": " + compared(trial.scene->answer, answer));
    }
    for (const std::string& one : broken) FAIL_CHECK(one);
    CHECK(made > 100 / PIPA_ADVERSARY_SHARE);
}
