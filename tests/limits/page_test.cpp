// What the rows of a view say at their borders: margins to a limit, gaps in time, what was bought for this lot and what for the next.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "limits/statements.hpp"
#include "page/view.hpp"
#include "support/catalogues.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::vector<RowView> rows_of(const World& world, std::string_view section) {
    const View view = make_view(world.judged(), world.trust(), english());
    const auto found = std::ranges::find(view.sections, section, &SectionView::id);
    return found == view.sections.end() ? std::vector<RowView>{} : found->rows;
}
std::vector<RowView> rows_of(const World& world, std::string_view section, std::string_view id) {
    std::vector<RowView> out = rows_of(world, section);
    std::erase_if(out, [&](const RowView& row) { return row.id != id; });
    return out;
}
const Json mine = {{"lots", {"LOT-T"}}};

// Value and note of a test's one item.
std::string item(const Json& fields, const Json& more = Json::object()) {
    World world;
    test_report(world, merged(merged(mine, {{"items", Json::array({merged({{"analyte", "毒死蜱"}}, fields)})}}), more));
    const auto rows = rows_of(world, "tests", "test_item");
    return rows.size() == 1 ? rows[0].value + " | " + rows[0].note + " | " + rows[0].level : std::to_string(rows.size()) + " rows";
}
std::string of_limit(const char* value, const char* limit = "0.05") { return item({{"value", value}, {"unit", "mg/kg"}, {"limit", limit}}); }

std::string gaps(const Change& change) {
    World world;
    world.pack.issued_unix_s = time("2026-11-10");  // or the trust would set the clock
    change(world);
    std::string out;
    for (const RowView& row : rows_of(world, "timeline", "gap")) out += row.value + "; ";
    return out;
}
void step(World& world, const char* kind, const char* on) { work(world, merged(mine, {{"id", on}, {"step", kind}, {"day", on}})); }

}  // namespace

TEST_CASE("rows: how far a value is from its limit", "[limits][page]") {
    CHECK(of_limit("0.05") == "0.05 mg/kg | limit 0.05 mg/kg; 100 % of the limit | ");
    CHECK(of_limit("0.0501") == "0.0501 mg/kg | limit 0.05 mg/kg; 1 times the limit | stop");
    CHECK(of_limit("0.055") == "0.055 mg/kg | limit 0.05 mg/kg; 1.1 times the limit | stop");
    CHECK(of_limit("0.36") == "0.36 mg/kg | limit 0.05 mg/kg; 7.2 times the limit | stop");
    CHECK(of_limit("0.1") == "0.1 mg/kg | limit 0.05 mg/kg; 2 times the limit | stop");
    CHECK(of_limit("0.0005") == "0.0005 mg/kg | limit 0.05 mg/kg; 1 % of the limit | ");
    CHECK(of_limit("0.000499") == "0.000499 mg/kg | limit 0.05 mg/kg; less than 1 % of the limit | ");
    CHECK(of_limit("0") == "0 mg/kg | limit 0.05 mg/kg; 0 % of the limit | ");
    CHECK(of_limit("0", "0") == "0 mg/kg | must not be detectable | ");
    CHECK(of_limit("0.01", "0") == "0.01 mg/kg | must not be detectable | stop");
    CHECK(item({{"value", "0.01"}, {"unit", "mg/kg"}}) == "0.01 mg/kg |  | ");
    const Json unseen = {{"result", "not_detected"}, {"unit", "mg/kg"}, {"limit", "0.05"}, {"detection_limit", "0.01"}};
    CHECK(item(unseen).ends_with(" | limit 0.05 mg/kg; the method detects from 0.01 mg/kg | "));
    CHECK(item(merged(unseen, {{"value", "0.02"}})) == "0.02 mg/kg | limit 0.05 mg/kg; 40 % of the limit | ");
    CHECK(item(merged(unseen, {{"limit_source", "GB 2763"}})).ends_with("detects from 0.01 mg/kg; GB 2763 | "));
    CHECK(item(Json::object()).starts_with("no result is stated | "));
    const Json strip = {{"verdict", "screen_positive"}};
    CHECK(item({{"result", "positive"}}, strip).ends_with(" | a quick screening, not a final answer | caution"));
    CHECK(item({{"result", "negative"}}).ends_with(" | a quick screening, not a final answer | "));
}

TEST_CASE("rows: gaps in time are told from the first day on that they are long", "[limits][page]") {
    CHECK(gaps([](World& w) { step(w, "sow", "2026-10-22"), w.now = time("2026-11-15T12:00:00+08:00"); }).empty());
    CHECK(gaps([](World& w) { step(w, "sow", "2026-10-21"), w.now = time("2026-11-15T12:00:00+08:00"); }) == "22 days without a record; ");
    CHECK(gaps([](World& w) { step(w, "sow", "2026-10-22"), w.now = time("2026-11-16T12:00:00+08:00"); }) ==
        "nothing is on record for the 4 days since; ");
    CHECK(gaps([](World& w) { step(w, "harvest", "2026-11-11"), w.now = time("2026-11-14T12:00:00+08:00"); }) ==
        "nothing is on record before this; ");
    CHECK(gaps([](World& w) { input(w, merged(mine, {{"used", "2026-11-01"}})), w.now = time("2026-11-14T12:00:00+08:00"); }) ==
        "nothing is on record before this; ");
}

TEST_CASE("rows: what was bought in time for this lot, and what was brought back at any time", "[limits][page]") {
    const auto traded = [](const char* action, const char* on, const Change& change = [](World&) {}) {
        World world;
        input(world, merged(mine, {{"action", action}, {"used", on}, {"packs_bought", 3}}));
        change(world);
        return rows_of(world, "inputs", "trade").size();
    };
    CHECK(traded("purchase", "2026-11-12") == 1);  // on the day of issue
    CHECK(traded("purchase", "2026-11-13") == 0);
    CHECK(traded("return", "2026-11-13") == 1);
    CHECK(traded("use", "2026-11-01") == 0);
    const Change harvested = [](World& w) { w.certificate.harvest_day = day("2026-11-10"); };
    CHECK(traded("purchase", "2026-11-10", harvested) == 1);
    CHECK(traded("purchase", "2026-11-11", harvested) == 0);
    const auto of = [](const Json& whose, const char* id) {
        World world;
        input(world, merged(whose, {{"action", "return"}, {"used", "2026-11-01"}}));
        input(world, merged(whose, {{"id", "I2"}, {"action", "use"}, {"used", "2026-11-01"}}));
        return rows_of(world, "inputs", id).size();
    };
    CHECK(of(mine, "trade") == 1);
    CHECK(of(Json::object(), "trade") == 1);  // the whole producer's
    CHECK(of({{"lots", {"LOT-S"}}}, "trade") == 0);
    CHECK(of(mine, "input") == 1);
    CHECK(of(Json::object(), "input") == 0);
    CHECK(of(mine, "no_inputs") == 0);
    CHECK(of(Json::object(), "no_inputs") == 1);
}

TEST_CASE("rows: what was written down after the certificate is said to be, of inputs and works alone", "[limits][page]") {
    const auto noted = [](const Change& change) {
        World world;
        change(world);
        const auto rows = rows_of(world, "evidence", "evidence");
        return !rows.empty() && rows[0].note.contains("written down after the certificate was issued");
    };
    const Json before = {{"issued", "2026-11-12T10:00:00+08:00"}}, after = {{"issued", "2026-11-12T10:00:01+08:00"}};
    CHECK(noted([&](World& w) { input(w, merged(mine, after)); }));
    CHECK_FALSE(noted([&](World& w) { input(w, merged(mine, before)); }));
    CHECK(noted([&](World& w) { work(w, merged(mine, after)); }));
    CHECK_FALSE(noted([&](World& w) { test_report(w, merged(mine, after)); }));
    CHECK_FALSE(noted([&](World& w) { input(w, merged({{"lots", {"LOT-S"}}}, after)); }));
}
