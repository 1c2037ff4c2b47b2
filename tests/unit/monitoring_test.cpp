// Figures and failures from signed tests: what counts, what is closed, and that the counts add up.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "base/hex.hpp"
#include "oversight/wilson.hpp"
#include "support/district.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"
#include "oversight/figures.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

constexpr const char* producer = "92330113XXDEM0023Q";

Json with(Json base, const Json& more) {
    base.update(more);
    return base;
}

CheckedStatement told(const char* type, const Json& fields, const char* signer = "laboratory") {
    const auto statement_type = statement_type_named(type).value();
    const auto payload = payload_from_json(with({{"issued", "2026-11-01"}, {"producer", producer}}, fields).dump(), *schema_of(statement_type));
    INFO(fields.dump());
    REQUIRE(payload);
    const Bytes message = sign_payload(worthless_key(signer), statement_type, cbor::encode(*payload));
    return check_statement({message, parse_any_statement(message)}, district().store);
}

std::string digest_of(const CheckedStatement& told) { return to_hex(told.digest); }

Json test_of(const std::string& id, const std::string& verdict, const Json& more = Json::object()) {
    return with({{"id", id}, {"kind", "supervision"}, {"method", "GB 23200.113-2018"}, {"reported", "2026-10-29"}, {"verdict", verdict},
                 {"items", {{{"analyte", "毒死蜱"}, {"value", verdict == "fail" ? "0.36" : "0.01"}, {"unit", "mg/kg"}, {"limit", "0.05"}}}}}, more);
}

// Of a test of the same lot, signed later.
CheckedStatement recheck_of(const CheckedStatement& first, const std::string& id, const std::string& verdict, const Json& more = Json::object(), const char* signer = "second laboratory") {
    return told("test", test_of(id, verdict, with({{"recheck_of", digest_of(first)}, {"reported", "2026-11-03"}, {"issued", "2026-11-03"}}, more)), signer);
}

Json patrol_of(const std::string& id, const std::string& day, const Json& more) { return with({{"id", id}, {"visited", day}, {"finding", "to_correct"}}, more); }
CheckedStatement patrol(const std::string& id, const std::string& day, const Json& more, const char* signer = "bureau") { return told("patrol", patrol_of(id, day, more), signer); }

HeldCertificate certificate(const char* number, std::uint32_t product, std::int64_t origin, const char* lot) {
    return {.certificate = {.number = number, .product_code = product, .origin_division = origin, .lot = lot}, .producer = producer};
}

DayNumber day(const char* text) { return parse_day(text).value(); }

Failure only_failure(const Observations& evidence, const char* today) {
    const auto batches = tested_batches(evidence, district().store);
    const auto failures = failures_of(batches, evidence, day(today));
    REQUIRE(failures.size() == 1);
    return failures.front();
}

}  // namespace

TEST_CASE("wilson: gives the intervals of its table", "[base]") {
    for_each_row("wilson.json", [](Row& row) {
        INFO(row.where());
        const Interval got = wilson_interval(row.integer("successes"), row.integer("trials"));
        const auto written = [](const std::string& like, double value) {
            char text[64];
            std::snprintf(text, sizeof text, "%.*f", static_cast<int>(like.size() - like.find('.') - 1), value);
            return std::string{text};
        };
        CHECK(written(row.text("low"), got.low) == row.text("low"));
        CHECK(written(row.text("high"), got.high) == row.text("high"));
    });
}

TEST_CASE("wilson: holds the observed share, and narrows with more trials", "[base][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 10'000; ++i) {
        const auto trials = static_cast<std::int64_t>(random.below(100'000)) + 1;
        const auto successes = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(trials) + 1));
        const Interval one = wilson_interval(successes, trials);
        const double share = static_cast<double>(successes) / static_cast<double>(trials);
        CHECK((one.low >= 0 && one.low <= share && share <= one.high && one.high <= 1));
        const Interval ten = wilson_interval(successes * 10, trials * 10);
        CHECK(ten.high - ten.low < one.high - one.low);
    }
}

TEST_CASE("failures: an order, its deadline, and its closing", "[trust]") {
    Observations evidence;
    evidence.certificates.push_back(certificate("C06", 2002, 330113005, "LOT-06"));
    const CheckedStatement test = told("test", test_of("T03", "fail", {{"lots", {"LOT-06"}}}));
    evidence.statements.push_back(test);
    const Failure alone = only_failure(evidence, "2026-11-20");
    CHECK(alone.state == FailureState::NoOrder);
    CHECK(alone.batch.failed_substances == std::vector<std::string>{"毒死蜱"});
    CHECK(alone.batch.town == 330113005);
    CHECK(alone.batch.product_class == 2);

    const CheckedStatement order = patrol("O1", "2026-10-30", {{"order", {{"zh-Hans", "停止销售"}}}, {"due", "2026-11-06"}, {"test", digest_of(test)}});
    evidence.statements.push_back(order);
    CHECK(only_failure(evidence, "2026-11-06").state == FailureState::Open);
    CHECK(only_failure(evidence, "2026-11-07").state == FailureState::Overdue);

    const CheckedStatement same_number = patrol("O1", "2026-10-31", {{"order", {{"zh-Hans", "别的整改"}}}});
    evidence.statements.push_back(same_number);
    evidence.statements.push_back(patrol("X9", "2026-11-05", {{"closed", "2026-11-05"}, {"closes", digest_of(same_number)}, {"disposal", "corrected"}}));
    CHECK(only_failure(evidence, "2026-11-07").state == FailureState::Overdue);
    evidence.statements.push_back(patrol("K1", "2026-11-08", {{"closed", "2026-11-08"}, {"closes", digest_of(order)}, {"disposal", "destroyed"}}));
    const Failure closed = only_failure(evidence, "2026-11-20");
    CHECK(closed.state == FailureState::Closed);
    CHECK(closed.disposal == "destroyed");
    CHECK(closed.closed == day("2026-11-08"));
}

TEST_CASE("failures: a visit to another producer orders and closes nothing", "[trust]") {
    Observations evidence;
    const CheckedStatement test = told("test", test_of("T03", "fail", {{"lots", {"L1"}}}));
    const CheckedStatement order = patrol("O1", "2026-10-30", {{"order", {{"zh-Hans", "停止销售"}}}, {"test", digest_of(test)}});
    evidence.statements = {test, patrol("O9", "2026-10-30", {{"producer", "91330113XXDEM004XE"}, {"order", {{"zh-Hans", "停止销售"}}}, {"test", digest_of(test)}})};
    CHECK(only_failure(evidence, "2026-11-20").state == FailureState::NoOrder);
    evidence.statements.push_back(order);
    evidence.statements.push_back(patrol("K9", "2026-11-02", {{"producer", "91330113XXDEM004XE"}, {"closed", "2026-11-02"}, {"closes", digest_of(order)}}, "inspector elsewhere"));
    CHECK(evidence.statements.back().stands());
    CHECK(only_failure(evidence, "2026-11-20").state == FailureState::Open);
    evidence.statements.push_back(patrol("K8", "2026-11-03", {{"producer", "91330113XXDEM004XE"}, {"closed", "2026-11-03"}, {"test", digest_of(test)}}, "inspector elsewhere"));
    CHECK(only_failure(evidence, "2026-11-20").state == FailureState::Open);
}

TEST_CASE("failures: an order that does not stand closes nothing, and no producer says what became of its goods", "[trust]") {
    Observations evidence;
    const CheckedStatement test = told("test", test_of("T03", "fail", {{"certificates", {"C06"}}}));
    evidence.statements.push_back(test);
    evidence.statements.push_back(patrol("O1", "2026-10-30", {{"order", {{"zh-Hans", "停止销售"}}}, {"test", digest_of(test)}}, "stranger"));
    CHECK(only_failure(evidence, "2026-11-20").state == FailureState::NoOrder);
    const Json disposal = {{"id", "N1"}, {"kind", "disposal"}, {"title", {{"zh-Hans", "处置结果"}}}, {"since", "2026-11-03"}, {"certificates", {"C06"}}};
    evidence.statements.push_back(told("notice", disposal, "P2"));
    CHECK(only_failure(evidence, "2026-11-20").state == FailureState::NoOrder);
    evidence.statements.push_back(told("notice", with(disposal, {{"producer", "93330113XXDEM0015T"}}), "bureau"));  // another's certificate of this number
    CHECK(only_failure(evidence, "2026-11-20").state == FailureState::NoOrder);
    evidence.statements.push_back(told("notice", disposal, "bureau"));
    CHECK(only_failure(evidence, "2026-11-20").state == FailureState::Closed);
}

TEST_CASE("failures: a recheck decides, a suspicion waits", "[trust]") {
    Observations evidence;
    const CheckedStatement failed = told("test", test_of("T06", "fail", {{"lots", {"L"}}}));
    const CheckedStatement suspected = told("test", with(test_of("T08", "screen_positive", {{"lots", {"L"}}, {"method", "NY/T 448-2001"}}),
                                                         {{"items", {{{"analyte", "毒死蜱"}, {"value", "72"}, {"unit", "percent_inhibition"}}}}}));
    evidence.statements = {failed, recheck_of(failed, "T06R", "pass", {{"lots", {"L"}}}), suspected};
    const auto batches = tested_batches(evidence, district().store);
    REQUIRE(batches.size() == 2);
    CHECK(batches[0].outcome == Outcome::Passed);
    CHECK(batches[0].recheck_id == "T06R");
    CHECK(batches[1].outcome == Outcome::Waiting);
    CHECK(failures_of(batches, evidence, day("2026-11-20")).empty());
    evidence.statements.push_back(recheck_of(suspected, "T08R", "fail", {{"lots", {"L"}}}));
    CHECK(only_failure(evidence, "2026-11-20").batch.test_id == "T08");
}

TEST_CASE("failures: nothing that a producer signs takes one away, and a value above its limit is one whatever the verdict says", "[trust]") {
    Observations evidence;
    const CheckedStatement failed = told("test", test_of("T06", "fail", {{"lots", {"L"}}}));
    evidence.statements = {failed, recheck_of(failed, "R1", "pass", {{"lots", {"L"}}}, "P2"), recheck_of(failed, "R2", "pass", {{"lots", {"M"}}}),
                           recheck_of(failed, "R3", "pass", {{"lots", {"L"}}}, "laboratory"), recheck_of(failed, "R4", "pass", {{"lots", {"L"}}, {"producer", "93330113XXDEM0015T"}})};
    const auto batches = tested_batches(evidence, district().store);
    const auto first = std::ranges::find(batches, "T06", &TestedBatch::test_id);
    REQUIRE(first != batches.end());
    CHECK(first->outcome == Outcome::Failed);

    Observations stated;
    stated.statements.push_back(told("test", with(test_of("T1", "pass"), {{"items", {{{"analyte", "毒死蜱"}, {"value", "0.36"}, {"unit", "mg/kg"}, {"limit", "0.05"}}}}})));
    CHECK(only_failure(stated, "2026-11-20").batch.test_id == "T1");
}

TEST_CASE("figures: batches by town and class, measurements by substance", "[trust]") {
    Observations evidence;
    evidence.certificates = {certificate("C1", 1001, 330113100, "A"), certificate("C2", 2002, 330113005, "B")};
    evidence.statements.push_back(told("test", test_of("T1", "pass", {{"certificates", {"C1"}}})));
    evidence.statements.push_back(told("test", test_of("T2", "fail", {{"certificates", {"C2"}}})));
    evidence.statements.push_back(told("test", test_of("T3", "pass", {{"certificates", {"C2"}}}), "P2"));
    evidence.statements.push_back(told("test", test_of("T4", "pass", {{"certificates", {"C2"}}, {"reported", "2027-01-01"}})));
    evidence.statements.push_back(told("test", test_of("T5", "pass", {{"certificates", {"C2"}}}), "bureau"));
    const auto batches = tested_batches(evidence, district().store);
    const auto failures = failures_of(batches, evidence, day("2026-11-20"));
    const std::vector<FigureRow> plan = {{.product_class = 1, .division = 330113100, .planned = 4}};
    const auto figures = count_figures(batches, failures, day("2026-01-01"), day("2026-12-31"), plan);
    REQUIRE(figures);
    const auto whole = summed(*figures, FigureView::Whole);
    REQUIRE(whole.size() == 1);
    CHECK(whole[0] == FigureRow{.planned = 4, .tested = 2, .failed = 1});
    CHECK(summed(*figures, FigureView::ByTown) == std::vector<FigureRow>{{.division = 330113005, .tested = 1, .failed = 1}, {.division = 330113100, .planned = 4, .tested = 1}});
    CHECK(summed(*figures, FigureView::BySubstance) == std::vector<FigureRow>{{.substance = "毒死蜱", .tested = 2, .failed = 1}});

    const auto key = worthless_key("bureau");
    const Bytes message = sign_payload(key, cose::StatementType::Figures, cbor::encode(figures_payload(*figures, "F1", parse_time("2026-11-20").value())));
    const auto read = parse_any_statement(message);
    REQUIRE(read);
    CHECK(figures_of(*read).rows == figures->rows);
}

TEST_CASE("figures: any split of the batches by town adds up to the whole", "[trust][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int round = 0; round < 50; ++round) {
        std::vector<TestedBatch> all;
        std::vector<std::vector<TestedBatch>> towns(4);
        for (std::size_t i = 0; i < 120; ++i) {
            const std::size_t town = random.below(towns.size());
            TestedBatch batch{.test_id = std::to_string(i), .town = 330113000 + static_cast<std::int64_t>(town) + 1, .reported = day("2026-06-01"), .counted = true};
            batch.product_class = static_cast<std::uint32_t>(random.below(5)) + 1;
            batch.substances = {"a", random.below(2) == 0 ? "b" : "c"};
            if (random.below(6) == 0) batch.outcome = Outcome::Failed, batch.failed_substances = {"a"};
            all.push_back(batch);
            towns[town].push_back(std::move(batch));
        }
        const auto whole = count_figures(all, {}, day("2026-01-01"), day("2026-12-31"), {});
        REQUIRE(whole);
        std::vector<Figures> parts;
        for (const auto& town : towns) parts.push_back(count_figures(town, {}, day("2026-01-01"), day("2026-12-31"), {}).value());
        const auto sum = sum_figures(parts);
        REQUIRE(sum);
        CHECK(sum->rows == whole->rows);
        std::int64_t tested = 0;
        for (const FigureRow& row : summed(*sum, FigureView::ByTown)) tested += row.tested;
        CHECK(tested == 120);
    }
}

TEST_CASE("figures: what is no one whole is not added", "[trust]") {
    const Figures may{day("2026-05-01"), day("2026-05-31"), {{.division = 330113100, .tested = 1}}};
    const Figures june{day("2026-06-01"), day("2026-06-30"), {{.division = 330113005, .tested = 1}}};
    CHECK(answer_of(sum_figures(std::vector{may, june})) == "figures.not_one_whole(2026-06-01..2026-06-30)");
    CHECK(answer_of(sum_figures(std::vector{may, may})) == "figures.not_one_whole(330113100)");
    Figures many{may.from, may.until, {}};
    for (int i = 0; i < 257; ++i) many.rows.push_back({.division = 1000 + i, .tested = 1});
    CHECK(answer_of(sum_figures(std::vector{many})) == "figures.too_many_rows(257)");
}
