// Inputs, labels, tests and the issuer, condition by condition: what each says of statements that differ from each other in one thing.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "limits/statements.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("inputs: what counts as a use, and what nothing is known of", "[limits][judge]") {
    const Json mine = {{"lots", {"LOT-T"}}, {"substance", "阿维菌素"}};
    const auto use = [&](const char* code, const Json& more, const Change& change = [](World&) {}) {
        return said(code, [&](World& w) { w.certificate.harvest_day = day("2026-11-12"), change(w), input(w, merged(mine, more)); });
    };
    const char* unknown = "input.interval_cannot_be_shown";
    CHECK(use(unknown, Json::object()));
    CHECK_FALSE(use(unknown, {{"action", "purchase"}}));
    CHECK_FALSE(use(unknown, {{"kind", "fertiliser"}}));
    CHECK(use(unknown, {{"kind", "veterinary_drug"}}));
    CHECK_FALSE(use(unknown, {{"interval_days", 7}}));
    CHECK(use("input.interval_kept", {{"interval_days", 11}}));
    CHECK(use("input.interval_violated", {{"interval_days", 12}}));
    for (const char* key : {"egg_discard_days", "withdrawal_days"}) CHECK(use("input.interval_violated",
        {{"interval_days", 1}, {key, 12}}));
    CHECK(use("input.interval_kept", {{"kind", "fertiliser"}, {"interval_days", 1}}));
    // Degree-days: without a temperature, of the record or the field data, nothing is shown.
    const Json degrees = {{"degree_days", 100}};
    CHECK(use(unknown, degrees));
    CHECK_FALSE(use("input.degree_days_kept", degrees));
    CHECK_FALSE(use("input.degree_days_violated", degrees));
    const Change warm = [](World& w) { w.field.warmest_water_micro = 20 * micro; };
    CHECK(use(unknown, degrees, warm));                                       // 11 days at the warmest would do
    CHECK(use("input.degree_days_violated", {{"degree_days", 221}}, warm));   // and would not
    CHECK(use("input.degree_days_kept", {{"degree_days", 220}, {"water_temperature", "20"}}));
    CHECK(use("input.degree_days_violated", {{"degree_days", 220}, {"water_temperature", "19.999999"}}));
    CHECK(use("input.degree_days_violated", {{"degree_days", 221}, {"water_temperature", "60"}}, warm));
    CHECK(use("input.degree_days_kept", {{"degree_days", 220}, {"water_temperature", "60"}}, warm));
    const Change no_day = [](World& w) { w.certificate.harvest_day.reset(); };
    CHECK(use(unknown, {{"degree_days", 1}, {"water_temperature", "20"}}, no_day));
    CHECK(use(unknown, {{"interval_days", 11}}, no_day));
    CHECK(use("input.interval_violated", {{"interval_days", 12}}, no_day));
    // Used after the lot was harvested.
    CHECK_FALSE(use("input.interval_violated", {{"used", "2026-11-13"}, {"interval_days", 7}}));
    CHECK(use("input.interval_violated", {{"used", "2026-11-12"}, {"interval_days", 7}}));
    CHECK_FALSE(use("input.interval_violated", {{"used", "2026-11-13"}, {"interval_days", 7}}, no_day));
}

TEST_CASE("inputs: what is banned, where, and for whom", "[limits][judge]") {
    const auto banned = [](const Json& more, const Change& change = [](World&) {}) {
        return said("input.banned_substance", [&](World& w) {
            w.field.names.add("克百威", "克百威"), w.field.names.add("阿维菌素", "阿维菌素"), w.field.names.sort();
            w.field.bans = {{"克百威", day("2026-01-01"), {}, {}}};
            change(w), input(w, merged({{"lots", {"LOT-T"}}, {"substance", "克百威"}}, more));
        });
    };
    CHECK(banned(Json::object()));
    CHECK_FALSE(banned({{"substance", "阿维菌素"}}));
    CHECK(banned({{"substance", "阿维菌素"}, {"product", "3% 克百威颗粒剂"}}));
    CHECK_FALSE(banned(Json::object(), [](World& w) { w.field.bans[0].product_classes = {3}; }));
    CHECK(banned(Json::object(), [](World& w) { w.field.bans[0].product_classes = {3, 2}; }));
    CHECK(banned(Json::object(), [](World& w) { w.field.bans[0].product_classes = {3}, w.certificate.product_code.reset(),
        w.certificate.product_name = "芹菜"; }));
    const auto laying = [](const Change& change) {
        return said("input.not_in_laying_period", [&](World& w) {
            w.field.names.add("氟苯尼考", "氟苯尼考"), w.field.names.sort();
            w.field.not_in_laying_period = {"氟苯尼考"}, w.field.laying_hen_products = {2002};
            change(w), input(w, {{"lots", {"LOT-T"}}, {"substance", "氟苯尼考"}});
        });
    };
    CHECK(laying([](World&) {}));
    CHECK_FALSE(laying([](World& w) { w.field.laying_hen_products = {4001}; }));
    CHECK_FALSE(laying([](World& w) { w.field.laying_hen_products.clear(); }));
    CHECK_FALSE(laying([](World& w) { w.field.not_in_laying_period = {"别的"}; }));
}

TEST_CASE("labels: holder, area, product, and the record behind an organic one", "[limits][judge]") {
    const auto with_label = [](const char* code, const Json& more, const Change& change = [](World&) {}) {
        return said(code, [&](World& w) { w.certificate.labels = {7}, change(w), label(w, more); });
    };
    CHECK_FALSE(with_label("label.other_holder", Json::object()));
    CHECK(with_label("label.other_holder", {{"holder", other_producer}}));
    CHECK_FALSE(with_label("label.origin_outside_area", Json::object()));
    CHECK_FALSE(with_label("label.origin_outside_area", {{"areas", {330114, 330113}}}));
    CHECK(with_label("label.origin_outside_area", {{"areas", {330114}}}));
    CHECK_FALSE(with_label("label.not_for_product", Json::object()));
    CHECK_FALSE(with_label("label.not_for_product", {{"products", {2003, 2002}}}));
    CHECK(with_label("label.not_for_product", {{"products", {2003}}}));
    CHECK(with_label("label.not_for_product", {{"products", {2002}}}, [](World& w) { w.certificate.product_code.reset(),
        w.certificate.product_name = "芹菜"; }));
    CHECK_FALSE(with_label("label.unknown", Json::object()));
    CHECK(with_label("label.unknown", {{"reference", 8}}));
    CHECK(with_label("label.unknown", {{"issued", "2026-12-24"}}));
    CHECK(with_label("label.scheme_ended", {{"kind", "pollution_free"}, {"holder", other_producer}}));
    CHECK_FALSE(with_label("label.other_holder", {{"kind", "pollution_free"}, {"holder", other_producer}}));
    const auto organic = [&](const Json& more, const char* kind = "organic") {
        return with_label("label.organic_question", {{"kind", kind}}, [&](World& w) { input(w, merged({{"lots", {"LOT-T"}}}, more)); });
    };
    CHECK(organic(Json::object()));
    CHECK(organic({{"kind", "veterinary_drug"}}));
    CHECK_FALSE(organic({{"kind", "fertiliser"}}));
    CHECK_FALSE(organic({{"lots", {"LOT-S"}}}));
    CHECK_FALSE(organic(Json::object(), "green_food"));
}

TEST_CASE("tests: items, limits and rechecks, condition by condition", "[limits][judge]") {
    const auto tested = [](const char* code, const Json& item, const Json& more = Json::object(), const Change& change = [](World&) {},
        const char* signer = "laboratory") {
        return said(code, [&](World& w) {
            w.field.names.add("毒死蜱", "毒死蜱"), w.field.names.sort();
            change(w), test_report(w, merged({{"lots", {"LOT-T"}}, {"items", Json::array({merged({{"analyte", "毒死蜱"}}, item)})}}, more),
                signer);
        });
    };
    const Json value = {{"value", "0.05"}, {"unit", "mg/kg"}, {"limit", "0.05"}};
    CHECK_FALSE(tested("test.failed", value));
    CHECK(tested("test.failed", merged(value, {{"value", "0.050001"}})));
    CHECK(tested("test.contradiction", merged(value, {{"value", "0.050001"}})));
    CHECK_FALSE(tested("test.contradiction", merged(value, {{"value", "0.050001"}}), {{"verdict", "fail"}}));
    CHECK(tested("test.declared_failed", value, {{"verdict", "fail"}}));
    CHECK(tested("test.contradiction", value, {{"verdict", "fail"}}));
    CHECK(tested("test.failed", {{"result", "positive"}}, {{"verdict", "fail"}}));
    CHECK(tested("test.screening_positive", {{"result", "positive"}}, {{"verdict", "screen_positive"}}));
    CHECK(tested("test.screening_positive", {{"result", "positive"}}));
    CHECK_FALSE(tested("test.screening_positive", {{"result", "negative"}}));
    CHECK(tested("test.screening_positive", value, {{"verdict", "screen_positive"}}));
    // Not comparable.
    CHECK(tested("test.not_comparable", {{"value", "0.01"}}));
    CHECK(tested("test.not_comparable", {{"value", "0.01"}, {"unit", "mg/kg"}}));
    CHECK_FALSE(tested("test.not_comparable", value));
    CHECK(tested("test.not_comparable", Json::object()));
    CHECK_FALSE(tested("test.not_comparable", {{"result", "negative"}}));
    const Json unseen = {{"result", "not_detected"}, {"unit", "mg/kg"}, {"limit", "0.05"}};
    CHECK_FALSE(tested("test.not_comparable", merged(unseen, {{"detection_limit", "0.05"}})));
    CHECK(tested("test.not_comparable", merged(unseen, {{"detection_limit", "0.050001"}})));
    CHECK_FALSE(tested("test.not_comparable", unseen));
    CHECK_FALSE(tested("test.not_comparable", merged(unseen, {{"limit", "0"}, {"detection_limit", "1"}})));
    // The field data's limit, of the product before its class, and the lowest of those.
    const auto limit = [](std::vector<std::uint32_t> products, std::vector<std::uint32_t> classes, std::int64_t micro_value,
        bool demo = false) {
        return ResidueLimit{"毒死蜱", std::move(products), std::move(classes), "mg/kg", micro_value, {"source", demo}};
    };
    const auto by_field = [&](std::vector<ResidueLimit> limits, const char* signer, const char* measured) {
        return tested("test.failed", {{"value", measured}, {"unit", "mg/kg"}, {"limit", "0.05"}}, Json::object(),
            [&](World& w) { w.field.limits = limits; }, signer);
    };
    CHECK_FALSE(by_field({limit({2002}, {}, 20'000)}, "laboratory", "0.02"));
    CHECK(by_field({limit({2002}, {}, 20'000)}, "laboratory", "0.020001"));
    CHECK_FALSE(by_field({limit({2003}, {}, 20'000)}, "laboratory", "0.05"));
    CHECK_FALSE(by_field({limit({2002}, {}, 20'000, true)}, "laboratory", "0.05"));  // not confirmed
    CHECK_FALSE(by_field({limit({2002}, {}, 90'000)}, "laboratory", "0.05"));
    CHECK(by_field({limit({2002}, {}, 90'000)}, "laboratory", "0.050001"));
    CHECK_FALSE(by_field({limit({2002}, {}, 90'000)}, "producer", "0.09"));          // a self-test takes the field data's
    CHECK(by_field({limit({2002}, {}, 20'000, true)}, "producer", "0.020001"));
    CHECK_FALSE(by_field({limit({2002}, {}, 40'000), limit({}, {2}, 20'000)}, "laboratory", "0.04"));
    CHECK(by_field({limit({}, {2}, 20'000)}, "laboratory", "0.020001"));
    CHECK(by_field({limit({2002}, {}, 40'000), limit({2002}, {}, 30'000)}, "laboratory", "0.030001"));
    CHECK(by_field({limit({2002}, {}, 30'000), limit({2002}, {}, 40'000)}, "laboratory", "0.030001"));
}

TEST_CASE("tests: which recheck clears, which confirms", "[limits][judge]") {
    const auto rechecked = [](const char* code, const Json& again, const Json& more = Json::object(),
        const char* signer = "second laboratory", const Change& change = [](World&) {}) {
        return said(code, [&](World& w) {
            w.field.names.add("毒死蜱", "毒死蜱"), w.field.names.sort();
            change(w);
            Json first = {{"lots", {"LOT-T"}}, {"verdict", "fail"}};
            first["items"] = Json::array({{{"analyte", "毒死蜱"}, {"value", "0.36"}, {"unit", "mg/kg"}, {"limit", "0.05"}}});
            test_report(w, first);
            const std::string digest = to_hex(crypto::sha256(w.statements.back()));
            test_report(w, merged({{"id", "T2"}, {"issued", "2026-11-15T08:00:00+08:00"}, {"lots", {"LOT-T"}}, {"recheck_of", digest},
                {"items", Json::array({merged({{"analyte", "毒死蜱"}}, again)})}}, more), signer);
        });
    };
    const char* cleared = "test.recheck_cleared";
    const Json value = {{"value", "0.05"}, {"unit", "mg/kg"}};
    CHECK(rechecked(cleared, value));
    CHECK(rechecked(cleared, merged(value, {{"limit", "0.05"}})));
    CHECK(rechecked(cleared, {{"value", "50"}, {"unit", "ug/kg"}}));
    CHECK_FALSE(rechecked(cleared, {{"value", "50.000001"}, {"unit", "ug/kg"}}));
    CHECK_FALSE(rechecked(cleared, {{"value", "0.050001"}, {"unit", "mg/kg"}}));                     // above the first report's own limit
    CHECK_FALSE(rechecked(cleared, {{"value", "0.050001"}, {"unit", "mg/kg"}, {"limit", "0.1"}}));
    CHECK_FALSE(rechecked(cleared, {{"value", "0.05"}, {"unit", "mg/kg"}, {"limit", "0.04"}}));
    CHECK(rechecked("test.recheck_confirmed", {{"value", "0.05"}, {"unit", "mg/kg"}, {"limit", "0.04"}}));
    CHECK_FALSE(rechecked(cleared, {{"value", "0.01"}}));
    CHECK_FALSE(rechecked(cleared, {{"result", "negative"}}));
    const Json unseen = {{"result", "not_detected"}, {"unit", "mg/kg"}};
    CHECK(rechecked(cleared, merged(unseen, {{"detection_limit", "0.05"}})));
    CHECK_FALSE(rechecked(cleared, merged(unseen, {{"detection_limit", "0.050001"}})));
    CHECK_FALSE(rechecked(cleared, unseen));
    CHECK(rechecked(cleared, merged(unseen, {{"limit", "0"}, {"detection_limit", "0.359999"}})));     // sees less than what was found
    CHECK_FALSE(rechecked(cleared, merged(unseen, {{"limit", "0"}, {"detection_limit", "0.36"}})));
    CHECK_FALSE(rechecked(cleared, value, {{"verdict", "fail"}}));
    CHECK_FALSE(rechecked(cleared, value, Json::object(), "laboratory"));                              // its own first result
    CHECK(rechecked(cleared, value, Json::object(), "laboratory", [](World& w) { w.key("laboratory").rechecks = true; }));
    CHECK_FALSE(rechecked(cleared, value, Json::object(), "producer"));
    CHECK_FALSE(rechecked(cleared, value, {{"lots", {"LOT-S"}}}));
    CHECK_FALSE(rechecked(cleared, value, Json::object(), "second laboratory", [](World& w) {
        w.key("second laboratory").scope.product_classes = {3}, w.certificate.product_code.reset(), w.certificate.product_name = "芹菜";
    }));
    CHECK(rechecked(cleared, value, Json::object(), "second laboratory", [](World& w) { w.certificate.product_code.reset(),
        w.certificate.product_name = "芹菜"; }));
}

TEST_CASE("issuer: role, area, class and number of whoever promised", "[limits][judge]") {
    const auto outside = [](const char* code, const Change& change) { return said(code, change); };
    CHECK_FALSE(outside("issuer.type_out_of_scope", [](World&) {}));
    CHECK_FALSE(outside("issuer.type_out_of_scope",
        [](World& w) { w.key("producer").scope.types = {cose::StatementType::Work, cose::StatementType::Certificate}; }));
    CHECK(outside("issuer.type_out_of_scope", [](World& w) { w.key("producer").scope.types = {cose::StatementType::Work}; }));
    CHECK(outside("issuer.type_out_of_scope", [](World& w) { w.key("producer").role = Role::Bureau; }));
    CHECK_FALSE(outside("issuer.type_out_of_scope", [](World& w) { w.key("producer").role = Role::Buyer; }));
    CHECK_FALSE(outside("issuer.area_out_of_scope", [](World& w) { w.key("producer").scope.division_prefixes = {330114, 330113}; }));
    CHECK(outside("issuer.area_out_of_scope", [](World& w) { w.key("producer").scope.division_prefixes = {330114}; }));
    CHECK_FALSE(outside("issuer.product_out_of_scope", [](World& w) { w.key("producer").scope.product_classes = {3, 2}; }));
    CHECK(outside("issuer.product_out_of_scope", [](World& w) { w.key("producer").scope.product_classes = {3}; }));
    CHECK(outside("issuer.product_out_of_scope", [](World& w) { w.key("producer").scope.product_classes = {2},
        w.certificate.product_code.reset(), w.certificate.product_name = "芹菜"; }));
    CHECK_FALSE(outside("issuer.uscc_invalid", [](World&) {}));
    CHECK(outside("issuer.uscc_invalid", [](World& w) { w.pack.parties[0].uscc = "93330113XXDEM00150"; }));
    CHECK_FALSE(outside("issuer.uscc_invalid", [](World& w) { w.pack.parties[0].uscc.clear(); }));
    CHECK(outside("upstream.missing", [](World& w) { w.certificate.form = Form::Buyer2025; }));
    CHECK(outside("upstream.missing", [](World& w) { w.key("producer").role = Role::Buyer; }));
    CHECK_FALSE(outside("upstream.missing", [](World& w) { w.certificate.form = Form::Buyer2025, w.certificate.upstream = {{.number = "U-1"}}; }));
    CHECK_FALSE(outside("upstream.missing", [](World&) {}));
    CHECK(outside("product.no_code", [](World& w) { w.certificate.product_code.reset(), w.certificate.product_name = "芹菜"; }));
    CHECK_FALSE(outside("product.no_code", [](World&) {}));
    CHECK_FALSE(outside("link.foreign_host", [](World&) {}));
    CHECK_FALSE(outside("link.foreign_host", [](World& w) { w.pack.hosts = {"other.example", "pipa.example"}; }));
    CHECK(outside("link.foreign_host", [](World& w) { w.pack.hosts = {"other.example"}; }));
}
