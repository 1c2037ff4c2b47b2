// Failures and figures, condition by condition: which visit, order, closing and notice counts for a failed test, and on which days.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "judge/gravity.hpp"
#include "limits/statements.hpp"
#include "oversight/figures.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

Observations observed(const World& world) {
    Observations out;
    const TrustStore trust = world.trust();
    for (const Bytes& message : world.statements) out.statements.push_back(check_statement({message, parse_any_statement(message)}, trust));
    out.certificates.push_back({.certificate = world.certificate, .producer = producer});
    return out;
}
std::vector<TestedBatch> batches(const World& world) { return tested_batches(observed(world), world.trust()); }

const Json too_much = {{"items", {{{"analyte", "毒死蜱"}, {"value", "0.36"}, {"unit", "mg/kg"}, {"limit", "0.05"}}}}};
const Json mine = {{"lots", {"LOT-T"}}};

// SHA-256 of a test of this lot that failed, reported on 13 November.
std::string failed_test(World& world, const Json& more = mine) {
    test_report(world, merged(merged(too_much, {{"verdict", "fail"}}), more));
    return to_hex(crypto::sha256(world.statements.back()));
}
std::string visit(World& world, const std::string& id, const char* visited, const Json& more) {
    return world.say("bureau", "patrol", merged({{"id", id}, {"producer", producer}, {"visited", visited}, {"finding", "to_correct"}}, more));
}
const Json order = {{"order", {{"zh-Hans", "整改"}}}};

Failure followed(const World& world, const char* today = "2026-12-01") {
    const Observations evidence = observed(world);
    const auto failures = failures_of(tested_batches(evidence, world.trust()), evidence, day(today));
    REQUIRE(failures.size() == 1);
    return failures.front();
}
// What becomes of a failed test of this lot when this was said too.
std::string state(const Change& change, const Json& test = mine) {
    World world;
    failed_test(world, test);
    change(world);
    return std::string{failure_state_name(followed(world).state)};
}
std::int64_t tested(const World& world, const char* from, const char* until) {
    const auto figures = count_figures(batches(world), {}, day(from), day(until), {});
    REQUIRE(figures);
    std::int64_t sum = 0;
    for (const FigureRow& row : summed(*figures, FigureView::Whole)) sum += row.tested;
    return sum;
}

}  // namespace

TEST_CASE("failures: which visit gave the order", "[limits][oversight]") {
    const auto ordered = [](const char* visited, const Json& more, const Json& test = mine) {
        return state([&](World& w) { visit(w, "V1", visited, merged(order, more)); }, test);
    };
    CHECK(state([](World&) {}) == "no_order");
    CHECK(ordered("2026-11-13", mine) == "open");
    CHECK(ordered("2026-11-12", mine) == "no_order");  // before there was a report
    CHECK(ordered("2026-11-13", {{"lots", {"LOT-S"}}}) == "no_order");
    CHECK(ordered("2026-11-13", Json::object()) == "no_order");
    CHECK(ordered("2026-11-13", {{"producer", other_producer}, {"lots", {"LOT-T"}}}) == "no_order");
    CHECK(state([](World& w) { visit(w, "V1", "2026-11-13", mine); }) == "no_order");  // a visit without an order
    // Where both name certificates, those tell; otherwise the lots.
    const Json both = {{"lots", {"LOT-T"}}, {"certificates", {"TIME-1"}}};
    CHECK(ordered("2026-11-13", both, both) == "open");
    CHECK(ordered("2026-11-13", {{"certificates", {"TIME-1"}}}, both) == "open");
    CHECK(ordered("2026-11-13", {{"lots", {"LOT-T"}}, {"certificates", {"TIME-2"}}}, both) == "no_order");
    CHECK(ordered("2026-11-13", mine, both) == "open");
    CHECK(ordered("2026-11-13", {{"lots", {"LOT-T"}}, {"certificates", {"TIME-2"}}}, mine) == "open");
    // One that names the test is of it, whatever its day and lot; one that names another test is of that.
    CHECK(state([](World& w) { visit(w, "V1", "2026-11-01", merged(order, {{"test", to_hex(crypto::sha256(w.statements[0]))}})); }) == "open");
    CHECK(ordered("2026-11-13", {{"lots", {"LOT-T"}}, {"test", std::string(64, 'a')}}) == "no_order");
    // One that names a recheck of it too.
    CHECK(state([](World& w) {
        const std::string first = to_hex(crypto::sha256(w.statements[0]));
        w.say("second laboratory", "test", merged(merged(too_much, mine), {{"id", "T2"}, {"producer", producer}, {"kind", "supervision"},
            {"method", "GB 1"}, {"reported", "2026-11-15"}, {"verdict", "fail"}, {"recheck_of", first}, {"issued", "2026-11-15"}}));
        const std::string recheck = to_hex(crypto::sha256(w.statements.back()));
        visit(w, "V1", "2026-11-16", merged(order, {{"test", recheck}}));
    }) == "open");
}

TEST_CASE("failures: the latest order stands, and the first closing of it", "[limits][oversight]") {
    World world;
    failed_test(world);
    const auto id = [&] { return followed(world).order_id; };
    const std::string first = visit(world, "V2", "2026-11-15", merged(merged(order, mine), {{"due", "2026-11-20"}}));
    visit(world, "V1", "2026-11-14", merged(merged(order, mine), {{"due", "2026-12-20"}}));
    CHECK(id() == "V2");
    CHECK(followed(world, "2026-11-20").state == FailureState::Open);
    CHECK(followed(world, "2026-11-21").state == FailureState::Overdue);
    visit(world, "V3", "2026-11-16", merged(merged(order, mine), {{"due", "2026-12-24"}}));
    CHECK(id() == "V3");
    CHECK(followed(world, "2026-11-21").state == FailureState::Open);
    // What closes an order that does not stand closes nothing.
    visit(world, "V4", "2026-11-17", {{"closes", first}, {"closed", "2026-11-17"}, {"disposal", "corrected"}});
    CHECK(followed(world).state == FailureState::Open);
    const std::string last = to_hex(crypto::sha256(world.statements[3]));
    visit(world, "V5", "2026-11-18", {{"closes", last}, {"disposal", "corrected"}});  // says nothing of a day
    CHECK(followed(world).state == FailureState::Open);
    visit(world, "V6", "2026-11-20", {{"closes", last}, {"closed", "2026-11-20"}, {"disposal", "destroyed"}});
    CHECK(followed(world).disposal == "destroyed");
    visit(world, "V7", "2026-11-21", {{"closes", last}, {"closed", "2026-11-21"}, {"disposal", "penalised"}});
    CHECK(followed(world).closed == day("2026-11-20"));
    visit(world, "V8", "2026-11-19", {{"closes", last}, {"closed", "2026-11-19"}, {"disposal", "recalled"}});
    CHECK(followed(world).closed == day("2026-11-19"));
    CHECK(followed(world).disposal == "recalled");
    CHECK(followed(world).state == FailureState::Closed);
}

TEST_CASE("failures: an order may close itself, and a visit that names the test needs no order", "[limits][oversight]") {
    const Json closed = {{"closed", "2026-11-14"}, {"disposal", "destroyed"}};
    CHECK(state([&](World& w) { visit(w, "V1", "2026-11-14", merged(merged(order, mine), closed)); }) == "closed");
    CHECK(state([&](World& w) { visit(w, "V1", "2026-11-14", merged(mine, closed)); }) == "no_order");
    CHECK(state([&](World& w) { visit(w, "V1", "2026-11-14", merged(closed, {{"test", to_hex(crypto::sha256(w.statements[0]))}})); }) == "closed");
}

TEST_CASE("failures: a notice of disposal closes, and no other notice does", "[limits][oversight]") {
    const Json goods = {{"certificates", {"TIME-1"}}};
    const auto noticed = [&](const Json& more, const Json& test) {
        return state([&](World& w) { notice(w, merged({{"kind", "disposal"}, {"producer", producer}, {"certificates", {"TIME-1"}}}, more)); }, test);
    };
    CHECK(noticed(Json::object(), goods) == "closed");
    CHECK(noticed({{"kind", "recall"}}, goods) == "no_order");
    CHECK(noticed({{"certificates", {"TIME-2"}}}, goods) == "no_order");
    CHECK(noticed(Json::object(), mine) == "no_order");  // of a lot it says nothing
    World world;
    failed_test(world, goods);
    visit(world, "V1", "2026-11-20", merged(merged(order, goods), {{"closed", "2026-11-20"}, {"disposal", "destroyed"}}));
    notice(world, merged(goods, {{"kind", "disposal"}, {"producer", producer}, {"since", "2026-11-15"}}));
    CHECK(followed(world).disposal == "destroyed");
    CHECK(followed(world).closed == day("2026-11-20"));
}

TEST_CASE("figures: on which days and of which tests", "[limits][oversight]") {
    World world;
    test_report(world, mine);  // reported on 13 November
    CHECK(tested(world, "2026-11-13", "2026-11-13") == 1);
    CHECK(tested(world, "2026-11-14", "2026-12-31") == 0);
    CHECK(tested(world, "2026-01-01", "2026-11-12") == 0);
    const auto counted = [](const Json& more, const char* signer = "laboratory") {
        World w;
        test_report(w, merged(mine, more), signer);
        return tested(w, "2026-01-01", "2026-12-31");
    };
    CHECK(counted({{"kind", "monitoring"}}) == 1);
    CHECK(counted({{"kind", "commissioned"}}) == 0);
    CHECK(counted({{"kind", "self_test"}}) == 0);
    CHECK(counted(Json::object(), "producer") == 0);
    const Json strip = {{"items", {{{"analyte", "毒死蜱"}, {"result", "positive"}}}}};
    CHECK(counted(merged(strip, {{"verdict", "screen_positive"}})) == 0);  // it waits for a recheck
    CHECK(counted(merged(strip, {{"verdict", "fail"}})) == 1);
}

TEST_CASE("figures: a failed test that was followed to its end is disposed of", "[limits][oversight]") {
    World world;
    failed_test(world);
    const auto rows = [&] {
        const Observations evidence = observed(world);
        const auto all = tested_batches(evidence, world.trust());
        return summed(count_figures(all, failures_of(all, evidence, day("2026-12-01")), day("2026-11-01"), day("2026-11-30"), {}).value(),
            FigureView::Whole);
    };
    CHECK(rows() == std::vector<FigureRow>{{.tested = 1, .failed = 1}});
    visit(world, "V1", "2026-11-14", merged(merged(order, mine), {{"closed", "2026-11-14"}, {"disposal", "destroyed"}}));
    CHECK(rows() == std::vector<FigureRow>{{.tested = 1, .failed = 1, .disposed = 1}});
    test_report(world, {{"id", "T2"}, {"lots", {"LOT-S"}}});
    CHECK(rows() == std::vector<FigureRow>{{.tested = 2, .failed = 1, .disposed = 1}});
}

TEST_CASE("batches: the goods of a test, and the place where there are none", "[limits][oversight]") {
    const auto batch = [](const Json& more) {
        World world;
        world.certificate.origin_division = 330113005001;
        test_report(world, more);
        const auto all = batches(world);
        REQUIRE(all.size() == 1);
        return all.front();
    };
    CHECK(batch(mine).town == 330113005);
    CHECK(batch(mine).product_class == 2);
    CHECK(batch({{"certificates", {"TIME-1"}}}).town == 330113005);
    CHECK(batch({{"certificates", {"TIME-2"}}, {"lots", {"LOT-T"}}}).town == 330113100);  // the producer's own
    CHECK_FALSE(batch({{"certificates", {"TIME-2"}}, {"lots", {"LOT-T"}}}).product_class);
    CHECK(batch({{"lots", {"LOT-S"}}}).town == 330113100);
    CHECK(batch({{"producer", other_producer}, {"lots", {"LOT-T"}}}).town == 330113100);
    CHECK(batch({{"producer", "92330113XXDEM0031X"}, {"lots", {"LOT-T"}}}).town == 0);
    World unnamed;
    unnamed.certificate.lot.clear();
    test_report(unnamed, Json::object());
    CHECK_FALSE(batches(unnamed).front().product_class);
    CHECK(town_of(999'999'999) == 999'999'999);
    CHECK(town_of(100'000'000'000) == 100'000'000);
}

TEST_CASE("gravity: stop, unknown, caution, ok; then the order of the reasons", "[limits][judge]") {
    const auto judged = [](Level level, ReasonId id) {
        Judgement out;
        out.level = level;
        out.reasons.push_back(Reason{id});
        return out;
    };
    const std::vector<Level> levels = {Level::Stop, Level::Unknown, Level::Caution, Level::Ok};
    for (std::size_t i = 0; i < levels.size(); ++i)
        for (std::size_t j = 0; j < levels.size(); ++j) {
            if (i == j) continue;
            INFO(level_name(levels[i]) << " " << level_name(levels[j]));
            CHECK(is_graver(judged(levels[i], ReasonId::SignatureFits), judged(levels[j], ReasonId::SignatureFits)) == (i < j));
        }
    CHECK(is_graver(judged(Level::Stop, ReasonId::Recalled), judged(Level::Stop, ReasonId::TestFailed)) == (ReasonId::Recalled < ReasonId::TestFailed));
    CHECK(is_graver(judged(Level::Stop, ReasonId::TestFailed), judged(Level::Stop, ReasonId::Recalled)) == (ReasonId::TestFailed < ReasonId::Recalled));
    CHECK_FALSE(is_graver(judged(Level::Stop, ReasonId::Recalled), judged(Level::Stop, ReasonId::Recalled)));
}
