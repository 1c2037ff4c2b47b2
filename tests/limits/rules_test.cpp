// Bearings and the record, condition by condition: what each says of statements that differ from each other in one thing.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "limits/statements.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("bearing: what a statement has to do with a certificate", "[limits][judge]") {
    const Json mine = {{"lots", {"LOT-T"}}};
    CHECK(relation([&](World& w) { input(w, mine); }) == "lot");
    CHECK(relation([](World& w) { input(w, {{"lots", {"LOT-S", "LOT-T"}}}); }) == "lot");
    CHECK(relation([](World& w) { input(w, {{"lots", {"LOT-S"}}}); }) == "other");
    CHECK(relation([](World& w) { input(w, {{"certificates", {"TIME-1"}}}); }) == "lot");
    CHECK(relation([](World& w) { input(w, {{"certificates", {"TIME-2"}}}); }) == "other");
    CHECK(relation([](World& w) { input(w, Json::object()); }) == "issuer");
    CHECK(relation([](World& w) { input(w, {{"producer", other_producer}}, "other producer"); }) == "other");
    CHECK(relation([](World& w) { input(w, {{"producer", other_producer}, {"lots", {"LOT-T"}}}, "other producer"); }) == "other");
    CHECK(relation([](World& w) { input(w, {{"producer", other_producer}, {"certificates", {"TIME-1"}}}, "other producer"); }) == "other");
    CHECK(relation([&](World& w) { test_report(w, mine); }) == "lot");
    CHECK(relation([](World& w) { test_report(w, {{"producer", other_producer}, {"lots", {"LOT-T"}}}); }) == "other");
    // Plots are those of a harvest of this lot, told by its own producer.
    const Json plot = {{"plots", {"PLOT-1"}}}, harvested = {{"lots", {"LOT-T"}}, {"plots", {"PLOT-1"}}};
    CHECK(relation([&](World& w) { input(w, plot); }) == "other");
    CHECK(relation([&](World& w) { work(w, harvested), input(w, plot); }) == "lot");
    CHECK(relation([&](World& w) { work(w, harvested), input(w, {{"plots", {"PLOT-2"}}}); }) == "other");
    CHECK(relation([&](World& w) { work(w, {{"lots", {"LOT-S"}}, {"plots", {"PLOT-1"}}}), input(w, plot); }) == "other");
    CHECK(relation([&](World& w) { work(w, harvested), input(w, {{"plots", {"PLOT-1"}}, {"lots", {"LOT-S"}}}); }) == "other");
    CHECK(relation([&](World& w) { work(w, merged(harvested, {{"step", "ship"}}), "carrier"), input(w, plot); }) == "other");
    CHECK(relation([&](World& w) { work(w, merged(harvested, {{"issued", "2026-12-24"}})), input(w, plot); }) == "other");
        // does not stand yet
    CHECK(relation([&](World& w) { w.certificate.lot.clear(), work(w, harvested), input(w, plot); }) == "other");
    // Labels, products, the issuer's card, the district's own.
    CHECK(relation([](World& w) { w.certificate.labels = {7}, label(w, {{"holder", other_producer}}); }) == "label");
    CHECK(relation([](World& w) { w.certificate.labels = {8}, label(w, Json::object()); }) == "issuer");
    CHECK(relation([](World& w) { w.certificate.labels = {8}, label(w, {{"holder", other_producer}}); }) == "other");
    const auto variety = [](World& w,
        int product) { w.say("bureau", "variety", {{"id", "V"}, {"product", product}, {"name", words("品种")}, {"text", words("说明")}}); };
    CHECK(relation([&](World& w) { variety(w, 2002); }) == "product");
    CHECK(relation([&](World& w) { variety(w, 2003); }) == "other");
    CHECK(relation([&](World& w) { w.certificate.product_code.reset(), w.certificate.product_name = "芹菜", variety(w, 2002); }) == "other");
    const auto card = [](World& w, const Json& more) {
        w.say("bureau", "card", merged({{"id", "C"}, {"name", words("社")}, {"kind", "cooperative"}, {"division", "330113100"}}, more)); };
    CHECK(relation([&](World& w) { card(w, {{"uscc", producer}}); }) == "issuer");
    CHECK(relation([&](World& w) { card(w, {{"uscc", other_producer}, {"producer", producer}}); }) == "issuer");
    CHECK(relation([&](World& w) { card(w, {{"uscc", other_producer}}); }) == "other");
    CHECK(relation([](World& w) { w.say("bureau", "figures", {{"id", "F"}, {"from", "2026-01-01"}, {"until", "2026-06-30"},
        {"rows", {{{"tested", 1}, {"failed", 0}}}}}); }) == "district");
    CHECK(relation([](World& w) { w.say("bureau", "receipt", {{"id", "R"}, {"digests", {std::string(64, 'a')}}}); }) == "district");
    // Certificates.
    CHECK(relation([](World& w) { w.promise("producer", promised(w, "TIME-1", "LOT-S")); }) == "lot");
    CHECK(relation([](World& w) { w.promise("producer", promised(w, "TIME-2", "LOT-T")); }) == "lot");
    CHECK(relation([](World& w) { w.promise("producer", promised(w, "TIME-2", "LOT-S")); }) == "other");
    CHECK(relation([](World& w) { w.promise("other producer", promised(w, "TIME-1", "LOT-T")); }) == "other");
    CHECK(relation([](World& w) { w.certificate.lot.clear(), w.promise("producer", promised(w, "TIME-2", "")); }) == "other");
    // Upstream is the very statement that is referred to, and no other of its number.
    const auto went_in = [](World& w, const char* signer, const Certificate& meant) {
        w.promise(signer, meant);
        w.certificate.upstream = {reference_to(meant.number, kid_of(worthless_key(signer).public_key()), crypto::sha256(w.statements.back()))};
    };
    CHECK(relation([&](World& w) { went_in(w, "other producer", promised(w, "U-1", "LOT-T")); }) == "upstream");
    CHECK(relation([&](World& w) { went_in(w, "other producer", promised(w, "U-1", "LOT-T")), w.promise("producer", promised(w, "U-1", "LOT-U")); }) == "other");
    CHECK(relation([&](World& w) { went_in(w, "other producer", promised(w, "U-1", "LOT-T")), w.certificate.upstream[0].mark->signer[0] ^= 1; }) == "other");
    CHECK(relation([&](World& w) { went_in(w, "other producer", promised(w, "U-1", "LOT-T")), w.certificate.upstream[0].mark->digest[7] ^= 1; }) == "other");
    CHECK(relation([&](World& w) { went_in(w, "other producer", promised(w, "U-1", "LOT-T")), w.certificate.upstream[0].number = "U-2"; }) == "other");
    CHECK(relation([](World& w) { w.certificate.upstream = {{.number = "U-1"}}, w.promise("other producer", promised(w, "U-1", "LOT-T")); }) == "other");
    // Notices.
    CHECK(relation([](World& w) { notice(w, {{"lots", {"LOT-T"}}, {"producer", producer}}); }) == "lot");
    CHECK(relation([](World& w) { notice(w, {{"producers", {producer}}}); }) == "lot");
    CHECK(relation([](World& w) { notice(w, {{"producers", {producer}}, {"products", {2003}}}); }) == "issuer");
    CHECK(relation([](World& w) { notice(w, {{"producer", producer}}); }) == "lot");
    CHECK(relation([](World& w) { notice(w, {{"producer", producer}, {"products", {2003}}}); }) == "issuer");
    CHECK(relation([](World& w) { notice(w, {{"producer", other_producer}}); }) == "other");
    CHECK(relation([](World& w) { notice(w, {{"lots", {"LOT-S"}}, {"producer", producer}}); }) == "other");
    CHECK(relation([](World& w) { notice(w, Json::object()); }) == "other");
    const auto of_upstream = [&](const char* owner, const char* number) {
        return relation([&](World& w) { went_in(w, "other producer", promised(w, "U-1", "LOT-T")), notice(w, {{"certificates", {number}}, {"producer", owner}}); });
    };
    CHECK(of_upstream(other_producer, "U-1") == "upstream");
    CHECK(of_upstream(producer, "U-1") == "other");
    CHECK(of_upstream(other_producer, "U-2") == "other");
    CHECK(relation([](World& w) { w.certificate.upstream = {{.number = "U-1"}}, notice(w, {{"certificates", {"U-1"}}, {"producer", producer}}); }) == "upstream");
}

TEST_CASE("bearing: what stands for this lot", "[limits][judge]") {
    const auto standing = [](const Change& change) {
        World world;
        change(world);
        return std::string{standing_name(world.judged().bearings.back().standing)};
    };
    const Json mine = {{"lots", {"LOT-T"}}};
    const auto of_class = [](World& w, std::uint32_t number) { w.key("laboratory").scope.product_classes = {number}; };
    CHECK(standing([&](World& w) { of_class(w, 2), test_report(w, mine); }) == "stands");
    CHECK(standing([&](World& w) { of_class(w, 3), test_report(w, mine); }) == "out_of_scope");
    CHECK(standing([&](World& w) { of_class(w, 3), test_report(w, {{"lots", {"LOT-S"}}}); }) == "stands");
    CHECK(standing([&](World& w) { of_class(w, 3), w.certificate.product_code.reset(), w.certificate.product_name = "芹菜",
        test_report(w, mine); }) == "stands");
    CHECK(standing([&](World& w) { w.key("carrier").scope.product_classes = {3}, work(w, merged(mine, {{"step", "ship"}}), "carrier");
        }) == "out_of_scope");
    CHECK(standing([&](World& w) { w.key("producer").scope.product_classes = {2, 3}, input(w, mine); }) == "stands");
    CHECK(standing([&](World& w) { test_report(w, merged(mine, {{"issued", "2026-12-24"}})); }) == "not_yet");
    CHECK(standing([&](World& w) { w.now = time("2026-11-01"), test_report(w, merged(mine, {{"issued", "2026-12-24"}})); }) == "stands");
        // the clock is behind
    CHECK(standing([&](World& w) { test_report(w, mine, "stranger"); }) == "unknown_key");
    CHECK(standing([&](World& w) { test_report(w, mine, "carrier"); }) == "role_may_not");
    CHECK(standing([&](World& w) { work(w, mine, "carrier"); }) == "role_may_not");
    CHECK(standing([&](World& w) { work(w, merged(mine, {{"step", "receive"}}), "carrier"); }) == "stands");
    CHECK(standing([&](World& w) { work(w, merged(mine, {{"step", "slaughter"}}), "carrier"); }) == "role_may_not");
    CHECK(standing([&](World& w) { input(w, mine, "other producer"); }) == "not_its_own");
}

TEST_CASE("season and quarantine: of products that are named", "[limits][judge]") {
    const auto season = [](const char* code, const Change& change) {
        return said(code, [&](World& w) {
            w.field.seasons = {{{2002}, {{{5, 1}, {5, 31}}}, 0, {}}};
            w.certificate.harvest_day = day("2026-11-12");
            change(w);
        });
    };
    for (const char* code : {"season.not_plausible_now", "season.harvest_outside"}) {
        CHECK(season(code, [](World&) {}));
        CHECK_FALSE(season(code, [](World& w) { w.certificate.product_code = 2003; }));
        CHECK_FALSE(season(code, [](World& w) { w.certificate.product_code.reset(), w.certificate.product_name = "芹菜"; }));
        CHECK_FALSE(season(code, [](World& w) { w.field.seasons[0].windows.clear(); }));
        CHECK_FALSE(season(code, [](World& w) { w.field.seasons[0].windows = {{{1, 1}, {12, 31}}}; }));
        CHECK_FALSE(season(code, [](World& w) { w.field.seasons[0].windows = {{{10, 1}, {1, 31}}}; }));  // over the turn of the year
    }
    CHECK_FALSE(season("season.harvest_outside", [](World& w) { w.certificate.harvest_day.reset(); }));
    CHECK_FALSE(season("season.not_plausible_now", [](World& w) { w.field.seasons[0].keeps_days = 366; }));
    CHECK(season("season.not_plausible_now", [](World& w) { w.field.seasons[0].keeps_days = 172; }));
    CHECK_FALSE(season("season.not_plausible_now", [](World& w) { w.field.seasons[0].keeps_days = 173; }));  // from 31 May to 20 November
    const auto quarantine = [](const Change& change) {
        return said("record.quarantine_missing", [&](World& w) { w.field.live_animal_products = {2002}, change(w); });
    };
    CHECK(quarantine([](World&) {}));
    CHECK_FALSE(quarantine([](World& w) { w.certificate.quarantine_number = "Q-1"; }));
    CHECK_FALSE(quarantine([](World& w) { w.field.live_animal_products = {5001}; }));
    CHECK_FALSE(quarantine([](World& w) { w.certificate.product_code.reset(), w.certificate.product_name = "猪"; }));
}

TEST_CASE("balance: what is promised of a lot against what was harvested", "[limits][judge]") {
    const auto harvest = [](World& w, const char* kg, const Json& more = Json::object()) {
        work(w, merged({{"lots", {"LOT-T"}}, {"quantity_kg", kg}}, more)); };
    const auto more_than = [&](Quantity quantity, const char* kg) {
        return said("balance.more_than_harvested", [&](World& w) { w.certificate.quantity = quantity, harvest(w, kg); });
    };
    CHECK_FALSE(more_than({3, Unit::Kilogram, 0, Pack::None}, "3"));
    CHECK(more_than({3, Unit::Kilogram, 0, Pack::None}, "2.999999"));
    CHECK_FALSE(more_than({2500, Unit::Gram, 2, Pack::Box}, "5"));
    CHECK(more_than({2500, Unit::Gram, 2, Pack::Box}, "4.999999"));
    CHECK_FALSE(more_than({2, Unit::Tonne, 0, Pack::None}, "2000"));
    CHECK(more_than({2, Unit::Tonne, 0, Pack::None}, "1999.999999"));
    CHECK_FALSE(more_than({1000, Unit::Piece, 0, Pack::None}, "1"));
    CHECK(more_than({1'000'000'000, Unit::Tonne, 1'000'000'000, Pack::Box}, "1000000"));
    // Harvests that are none of this lot, and those that say no quantity.
    CHECK_FALSE(said("balance.more_than_harvested", [&](World& w) { harvest(w, "1", {{"lots", {"LOT-S"}}}); }));
    CHECK_FALSE(said("balance.more_than_harvested", [](World& w) { work(w, {{"lots", {"LOT-T"}}}); }));
    CHECK_FALSE(said("balance.more_than_harvested", [&](World& w) { harvest(w, "1", {{"step", "pack"}}); }));
    CHECK(said("balance.more_than_harvested", [&](World& w) { harvest(w, "1", {{"step", "slaughter"}}); }));
    CHECK_FALSE(said("balance.more_than_harvested", [&](World& w) { harvest(w, "1"), harvest(w, "2", {{"id", "W2"}}); }));
    CHECK(said("balance.more_than_harvested", [&](World& w) { harvest(w, "1"), harvest(w, "1.9", {{"id", "W2"}}); }));
    CHECK(said("balance.more_than_harvested", [&](World& w) { harvest(w, "1.5"), w.statements.push_back(w.statements.back()); }));
        // one message, twice
    // Further certificates of the lot.
    const auto second = [&](const char* code, Quantity quantity, const char* number, const char* kg) {
        return said(code, [&](World& w) {
            Certificate other = promised(w, number, "LOT-T");
            other.quantity = quantity;
            harvest(w, kg), w.promise("producer", other);
        });
    };
    CHECK(second("balance.several_certificates", {2, Unit::Kilogram, 0, Pack::None}, "TIME-2", "5"));
    CHECK_FALSE(second("balance.more_than_harvested", {2, Unit::Kilogram, 0, Pack::None}, "TIME-2", "5"));
    CHECK(second("balance.more_than_harvested", {2, Unit::Kilogram, 0, Pack::None}, "TIME-2", "4.9"));
    CHECK_FALSE(second("balance.several_certificates", {2, Unit::Kilogram, 0, Pack::None}, "TIME-1", "4"));
    CHECK_FALSE(second("balance.more_than_harvested", {2, Unit::Kilogram, 0, Pack::None}, "TIME-1", "4"));
    CHECK_FALSE(second("balance.several_certificates", {2, Unit::Piece, 0, Pack::None}, "TIME-2", "4"));
}

TEST_CASE("harvest: a day that a signed harvest of the lot does not say", "[limits][judge]") {
    const auto contradicted = [](const Change& change) {
        return said("date.harvest_contradicted", [&](World& w) { w.certificate.harvest_day = day("2026-11-11"), change(w); });
    };
    CHECK(contradicted([](World& w) { work(w, {{"lots", {"LOT-T"}}}); }));
    CHECK_FALSE(contradicted([](World& w) { work(w, {{"lots", {"LOT-T"}}, {"day", "2026-11-11"}}); }));
    CHECK_FALSE(contradicted([](World& w) { work(w, {{"lots", {"LOT-T"}}}),
        work(w, {{"id", "W2"}, {"lots", {"LOT-T"}}, {"day", "2026-11-11"}}); }));
    CHECK_FALSE(contradicted([](World& w) { work(w, {{"lots", {"LOT-T"}}, {"step", "pack"}}); }));
    CHECK_FALSE(contradicted([](World& w) { work(w, {{"lots", {"LOT-S"}}}); }));
    CHECK_FALSE(contradicted([](World& w) { w.certificate.harvest_day.reset(), work(w, {{"lots", {"LOT-T"}}}); }));
    CHECK(contradicted([](World& w) { work(w, {{"certificates", {"TIME-1"}}}); }));
}

TEST_CASE("record: two statements of one signer and number that differ", "[limits][judge]") {
    const auto contradiction = [](const Change& change) { return said("dossier.contradiction", change); };
    CHECK(contradiction([](World& w) { work(w, Json::object()), work(w, {{"day", "2026-11-11"}}); }));
    CHECK_FALSE(contradiction([](World& w) { work(w, Json::object()), work(w, {{"id", "W2"}, {"day", "2026-11-11"}}); }));
    CHECK_FALSE(contradiction([](World& w) { work(w, Json::object()), w.statements.push_back(w.statements.back()); }));
    CHECK_FALSE(contradiction([](World& w) { work(w, Json::object()), input(w, {{"id", "W1"}}); }));
    CHECK_FALSE(contradiction([](World& w) { test_report(w, Json::object()), test_report(w, {{"method", "GB 2"}}, "second laboratory"); }));
    CHECK_FALSE(contradiction([](World& w) { work(w, Json::object()), work(w, {{"issued", "2026-12-24"}}); }));  // does not stand yet
}

TEST_CASE("record: what shows that there is one", "[limits][judge]") {
    const auto limited = [](const Change& change) { return said("record.limited", change); };
    const Json mine = {{"lots", {"LOT-T"}}};
    CHECK(limited([&](World& w) { work(w, mine); }));
    CHECK_FALSE(limited([&](World& w) { input(w, mine); }));
    CHECK_FALSE(limited([&](World& w) { test_report(w, mine); }));
    CHECK(limited([](World& w) { input(w, {{"lots", {"LOT-S"}}}); }));
    CHECK(limited([&](World& w) { input(w, merged(mine, {{"issued", "2026-12-24"}})); }));
    CHECK_FALSE(limited([&](World& w) { w.certificate.upstream = {{.number = "U-1"}}, work(w, mine); }));
}

TEST_CASE("grades and visits: low ones of the issuer, and orders that are open", "[limits][judge]") {
    const auto low = [](const Json& more) { return said("grade.low", [&](World& w) { grade(w, more); }); };
    CHECK(low(Json::object()));
    CHECK(low({{"letter", "D"}}));
    CHECK_FALSE(low({{"letter", "B"}}));
    CHECK_FALSE(low({{"letter", "A"}}));
    CHECK_FALSE(low({{"scale", "standard"}}));
    CHECK_FALSE(low({{"producer", other_producer}}));
    CHECK_FALSE(low({{"issued", "2026-12-24"}}));
    const auto open = [](const Json& more, const Change& then = [](World&) {}) { return said("patrol.order_open",
        [&](World& w) { patrol(w, more), then(w); }); };
    CHECK(open(Json::object()));
    CHECK_FALSE(open({{"closed", "2026-11-08"}}));
    CHECK_FALSE(open({{"producer", other_producer}}));
    CHECK_FALSE(said("patrol.order_open", [](World& w) {
        w.say("inspector", "patrol", {{"id", "V1"}, {"producer", producer}, {"visited", "2026-11-05"}, {"finding", "in_order"}});
    }));
    const auto closed_by = [](World& w, const Json& more) {
        const std::string order = to_hex(crypto::sha256(w.statements.back()));
        w.say("inspector", "patrol", merged({{"id", "V2"}, {"producer", producer}, {"visited", "2026-11-08"}, {"finding", "in_order"},
            {"closes", order}}, more));
    };
    CHECK_FALSE(open(Json::object(), [&](World& w) { closed_by(w, {{"closed", "2026-11-08"}}); }));
    CHECK(open(Json::object(), [&](World& w) { closed_by(w, Json::object()); }));
    CHECK(open(Json::object(), [&](World& w) { closed_by(w, {{"closed", "2026-11-08"}, {"closes", std::string(64, 'a')}}); }));
    CHECK(open(Json::object(), [&](World& w) { closed_by(w, {{"closed", "2026-11-08"}, {"issued", "2026-12-24"}}); }));
}
