// The dearest dossiers that fit (support/worst_dossiers.hpp): every rule looks at each statement a bounded number of times, and tells a
// bounded number of findings.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <map>

#include "judge/judge.hpp"
#include "support/district.hpp"
#include "support/worst_dossiers.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

// Of this process, so that other work on the machine does not count; what grew with the cube took minutes.
constexpr double most_cpu_seconds = 8;

Judgement judged(const WorstDossier& worst) {
    const TrustStore trust = TrustStore::open(worst_trust(), district().office_public_key).value();
    const Evidence evidence = Evidence::open(worst.dossier, trust);
    REQUIRE(evidence.dossier);
    const std::clock_t begin = std::clock();
    Judgement out = judge(worst.text, trust, worst_now, evidence);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    INFO(worst.name << " took " << seconds << " s");
    CHECK(seconds < most_cpu_seconds);
    std::map<ReasonId, int> told;
    for (const Reason& reason : out.reasons) CHECK(++told[reason.id] <= 32);
    return out;
}

bool says(const Judgement& judgement, ReasonId id) { return std::ranges::find(judgement.reasons, id, &Reason::id) != judgement.reasons.end(); }

}  // namespace

TEST_CASE("bounded: plots and lots at every limit", "[judge][bounded]") {
    const Judgement judgement = judged(worst_plots());
    CHECK(says(judgement, ReasonId::BannedSubstance));
    CHECK(says(judgement, ReasonId::FurtherFindings));
}

TEST_CASE("bounded: one test of many substances, and rechecks of it without end", "[judge][bounded]") {
    const Judgement judgement = judged(worst_rechecks());
    CHECK(says(judgement, ReasonId::TestFailed));
    CHECK(says(judgement, ReasonId::RecheckConfirmed));
}

TEST_CASE("bounded: a flood of one producer's withdrawals hides no recall", "[judge][bounded]") {
    CHECK(judged(worst_notices()).verdict == Verdict::Revoked);
}

TEST_CASE("bounded: one lot in front of bought goods as often as certificates are judged", "[judge][bounded]") {
    CHECK(says(judged(worst_upstream_plots()), ReasonId::UpstreamWanting));
    CHECK(says(judged(worst_upstream_rechecks()), ReasonId::UpstreamTestFailed));
}
