// Everybody tries everything: the invariants of src/judge against those who hold a key. PIPA_ADVERSARY_TRIALS=200000 tries more than the
// suite's own round, and 500 fewer, PIPA_TEST_SEED=7 tries others, PIPA_ADVERSARY_ONLY=4711 makes one trial again and prints what came of it.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "adversary/entitlements.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

namespace {

constexpr std::size_t fewest_trials = 20'000;
constexpr std::size_t told_in_full = 25;  // kinds of broken trials of one invariant

std::size_t number_in(const char* variable, std::size_t otherwise) {
    const char* chosen = std::getenv(variable);
    return chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : otherwise;
}

struct Tried {
    Trial trial;
    Answer answer;
    std::map<ReasonId, int> lost;    // no longer said
    std::map<ReasonId, int> gained;

    [[nodiscard]] const Answer& before() const { return trial.scene->answer; }
    [[nodiscard]] bool is_milder() const { return gravity_of(answer.level) < gravity_of(before().level); }
    // A contradiction of a signer with himself is his to make.
    [[nodiscard]] bool is_changed() const { return is_milder() || !lost.empty() || std::ranges::any_of(gained, [&](const auto& one) { return one.first != ReasonId::Contradiction || !has_same_number(trial); }); }
};

Tried tried(Trial trial) {
    std::vector<Bytes> statements = trial.scene->statements;
    statements.push_back(trial.message);
    Answer answer = ask(*trial.scene, statements);
    auto lost = losses(trial.scene->answer, answer);
    auto gained = gains(trial.scene->answer, answer);
    return {std::move(trial), std::move(answer), std::move(lost), std::move(gained)};
}

bool helps_producer_of_damned(const Tried& one) {
    if (!one.trial.scene->damned || !one.trial.actor->is_producer()) return false;
    return one.is_milder() || std::ranges::any_of(one.lost, [](const auto& reason) { return rule_of(reason.first).level == Level::Stop; });
}

bool changes_others(const Tried& one) { return speaks_of_others(one.trial) && one.is_changed(); }

// Notices of a key that was lost later are heard: what stops goods is not to vanish with a key. They may not help anybody.
bool counts_after_end(const Tried& one) {
    if (!is_after_end(one.trial) || !one.is_changed()) return false;
    const bool heard = one.trial.type == StatementType::Notice && one.trial.actor->lost && one.trial.issued() < *one.trial.actor->lost;
    return !heard || one.is_milder() || !one.lost.empty();
}

bool silences_more_than_it_may(const Tried& one) {
    if (one.is_milder() && one.lost.empty()) return true;
    return std::ranges::any_of(one.lost, [&](const auto& reason) { return reason.second > may_silence(one.trial, reason.first); });
}

struct Invariant {
    const char* name;
    bool (*is_broken)(const Tried& one);
    std::map<std::string, std::pair<std::string, std::size_t>> broken{};  // by kind: the first, and how many
};

// Trials that are broken in one way are told once.
std::string kind_of(const Tried& one) {
    std::string out = one.trial.actor->name + "/" + name_of(one.trial.type);
    for (const Change& change : one.trial.changes) out += "/" + change.path;
    for (const auto& [id, count] : one.lost) out += " -" + std::string{rule_of(id).code};
    for (const auto& [id, count] : one.gained) out += " +" + std::string{rule_of(id).code};
    return out;
}

}  // namespace

TEST_CASE("adversary: no key helps its holder to a milder answer than his role may give", "[adversary]") {
    const std::uint64_t seed = test_seed();
    std::vector<Invariant> invariants = {
        {"1: no producer's statement makes a failed, recalled, withdrawn or stopped lot milder", helps_producer_of_damned},
        {"2: no statement about another producer or lot changes this answer", changes_others},
        {"3: nothing signed after its key's end counts without a receipt", counts_after_end},
        {"4: no further statement makes an answer milder unless its signer's role may", silences_more_than_it_may},
    };
    const std::size_t only = number_in("PIPA_ADVERSARY_ONLY", SIZE_MAX);
    // All drafts, all that issuers try for damned goods, and each value of each field by everybody; fewer are spread over those.
    const std::size_t one_round = rounds_begin() + attempts().size();
    const std::size_t count = number_in("PIPA_ADVERSARY_TRIALS", one_round / PIPA_ADVERSARY_SHARE);
    const std::size_t stride = std::max<std::size_t>(1, one_round / std::max<std::size_t>(1, count));
    const bool is_whole = count >= one_round;
    std::size_t made = 0;
    std::size_t changed = 0;
    std::set<ReasonId> silenced;
    std::set<std::string> types;
    for (std::size_t i = 0; i < count || only != SIZE_MAX; ++i) {
        const Tried one = tried(make_trial(only != SIZE_MAX ? only : i * stride, seed));
        ++made;
        changed += one.is_changed();
        for (const auto& [id, fewer] : one.lost) silenced.insert(id);
        types.insert(name_of(one.trial.type));
        if (only != SIZE_MAX) std::cout << one.trial.describe() << "\n" << compared(one.before(), one.answer) << "\n";
        for (Invariant& invariant : invariants)
            if (invariant.is_broken(one)) {
                auto& [first, times] = invariant.broken[kind_of(one)];
                if (++times == 1) first = one.trial.describe() + ": " + compared(one.before(), one.answer);
            }
        if (only != SIZE_MAX) break;
    }
    for (const Invariant& invariant : invariants) {
        std::size_t told = 0;
        for (const auto& [kind, broken] : invariant.broken) {
            if (++told > told_in_full) break;
            FAIL_CHECK("invariant " << invariant.name << "\n  " << broken.first << "\n  (" << broken.second << " trials of this kind; PIPA_TEST_SEED=" << seed << ")");
        }
        INFO("invariant " << invariant.name << ": kinds of breaks");
        CHECK(invariant.broken.size() == 0);
    }
    if (only != SIZE_MAX) return;
    std::cout << made << " trials of " << one_round << " a round, " << changed << " changed an answer\n";
    CHECK(one_round >= fewest_trials);
    // The trials reach what they are about: some change answers, and those whose role may silence what they may.
    CHECK((types.size() == story_types().size() + 1 || !is_whole));
    CHECK((changed > made / 100 || !is_whole));
    for (const ReasonId id : {ReasonId::TestFailed, ReasonId::ScreeningPositive, ReasonId::RecordLimited, ReasonId::OrderOpen, ReasonId::LabelUnknown, ReasonId::KeyCompromisedLater}) {
        INFO(rule_of(id).code << " was silenced by those who may");
        CHECK((silenced.contains(id) || !is_whole));
    }
}
