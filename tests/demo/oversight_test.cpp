// What is counted and what is shown are one: figures of the demo district agree with the judgement of each of its certificates.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "demo/demo_district.hpp"
#include "judge/judge.hpp"
#include "oversight/figures.hpp"
#include "pipa/field/evidence_source.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

// All statements of all dossiers, and the certificates.
Observations everything() {
    std::set<Bytes> messages;
    for (const DemoCase& demo_case : demo_district().cases) {
        if (demo_case.dossier.empty()) continue;
        messages.insert(demo_case.certificate);
        const auto dossier = parse_dossier(demo_case.dossier).value();
        for (const DossierEntry& entry : dossier.entries) messages.insert(entry.message);
    }
    return weigh(std::vector<Bytes>(messages.begin(), messages.end()), demo_trust());
}

bool says(const Judgement& judgement, std::initializer_list<ReasonId> ids) {
    return std::ranges::any_of(judgement.reasons, [&](const Reason& reason) { return std::ranges::find(ids, reason.id) != ids.end(); });
}

}  // namespace

TEST_CASE("oversight: every demo certificate is counted as it is judged", "[demo][oversight]") {
    const auto batches = tested_batches(everything(), demo_trust());
    std::size_t failed = 0;
    for (const DemoCase& demo_case : demo_district().cases) {
        if (demo_case.dossier.empty()) continue;
        const Judgement judgement = judge(demo_case.text, demo_trust(), demo_district().now, Evidence::open(demo_case.dossier, demo_trust()));
        const Certificate& certificate = judgement.certificate->certificate;
        const auto counts = [&](Outcome outcome) {
            return std::ranges::any_of(batches, [&](const TestedBatch& batch) {
                return batch.outcome == outcome && batch.producer == subject_id(*judgement.issuer) && std::ranges::find(batch.lots, certificate.lot) != batch.lots.end();
            });
        };
        INFO(demo_case.id);
        CHECK(counts(Outcome::Failed) == says(judgement, {ReasonId::TestFailed, ReasonId::TestDeclaredFailed}));
        CHECK(counts(Outcome::Waiting) == says(judgement, {ReasonId::ScreeningPositive}));
        failed += counts(Outcome::Failed);
    }
    CHECK(failed == 3);  // C06, C11, C17
}

// The figures of the board are invented, but for these batches: no town and substance may have fewer than the judge finds in the demo itself.
TEST_CASE("oversight: the demo's signed figures hold its own failed tests", "[demo][oversight]") {
    const auto around = open_dossier(demo_district().portal, demo_trust());
    REQUIRE(around.has_value());
    const auto signed_figures = std::ranges::find_if(around->statements, [](const CheckedStatement& told) {
        return told.stands() && told.is(cose::StatementType::Figures) && told.statement->id() == "FIG-2026";
    });
    REQUIRE(signed_figures != around->statements.end());
    const Figures board = figures_of(*signed_figures->statement);
    CHECK(adds_up(board));
    const Observations evidence = everything();
    const auto batches = tested_batches(evidence, demo_trust());
    const auto counted = count_figures(batches, failures_of(batches, evidence, board.until), board.from, board.until, {});
    REQUIRE(counted.has_value());
    for (const FigureView by : {FigureView::Whole, FigureView::ByTown, FigureView::BySubstance})
        for (const FigureRow& own : summed(*counted, by)) {
            INFO(own.division << ' ' << own.substance);
            const auto rows = summed(board, by);
            const auto same = std::ranges::find_if(rows, [&](const FigureRow& row) { return row.division == own.division && row.substance == own.substance; });
            REQUIRE(same != rows.end());
            CHECK(same->tested >= own.tested);
            CHECK(same->failed == own.failed);
        }
}
