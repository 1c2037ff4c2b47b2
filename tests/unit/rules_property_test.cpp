// Rules of dates and limits over random values: what the rule must say, computed another way.
#include <catch2/catch_test_macros.hpp>

#include "judge/judge.hpp"
#include "support/district.hpp"
#include "support/json_records.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

constexpr UnixSeconds issued = 1'794'450'000;  // 2026-11-12
constexpr std::int64_t plus_minus = 400;

Certificate lot_harvested_on(DayNumber harvest) {
    Certificate certificate{.issued_unix_s = issued, .number = "PROPERTY-1", .product_code = 2002, .origin_division = 330113100, .lot = "LOT-P"};
    certificate.quantity = parse_quantity("1 kg").value();
    certificate.harvest_day = harvest;
    certificate.bases = static_cast<BasisSet>(Basis::QualityControl);
    return certificate;
}

cbor::MapBuilder statement_of_lot() {
    cbor::MapBuilder map;
    map.add(statement_key::id, cbor::make_text("S1")).add(statement_key::issued, cbor::make_integer(issued));
    map.add(statement_key::producer, cbor::make_text("92330113XXDEM0023Q"));
    map.add(statement_key::lots, cbor::make_array({cbor::make_text("LOT-P")}));
    return map;
}

std::set<std::string> judged(const Certificate& certificate, cose::StatementType type, const char* signer, cbor::MapBuilder& statement) {
    const Bytes message = sign_payload(worthless_key(signer), type, cbor::encode(statement.finish()));
    const std::string text = make_qr_text("pipa.example", sign_certificate(worthless_key("P2"), certificate));
    const Evidence evidence = Evidence::open(encode_dossier({}, std::vector<Bytes>{message}), district().store);
    std::set<std::string> codes;
    for (const Reason& reason : judge(text, district().store, issued + 86'400, evidence).reasons) codes.emplace(rule_of(reason.id).code);
    return codes;
}

}  // namespace

TEST_CASE("rules: an interval is kept from its last day on, the day of use being day 0", "[judge][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int round = 0; round < 150; ++round) {
        const auto harvest = static_cast<DayNumber>(day_of(issued) - random.between(0, plus_minus));
        const std::int64_t passed = random.between(-3, 40);
        const std::int64_t needed = random.chance(4) ? std::max<std::int64_t>(passed, 0) : random.between(0, 40);
        auto use = statement_of_lot();
        use.add(input_key::kind, cbor::make_integer(1)).add(input_key::action, cbor::make_integer(1)).add(input_key::product, cbor::make_text("x"));
        use.add(input_key::substance, cbor::make_text("y")).add(input_key::used, cbor::make_integer(harvest - passed)).add(input_key::interval_days, cbor::make_integer(needed));
        const auto codes = judged(lot_harvested_on(harvest), cose::StatementType::Input, "P2", use);
        INFO(passed << " of " << needed);
        CHECK(codes.contains("input.interval_kept") == (passed >= 0 && passed >= needed));
        CHECK(codes.contains("input.interval_violated") == (passed >= 0 && passed < needed));
    }
}

TEST_CASE("rules: degree-days add up day by day", "[judge][property]") {
    Random random(test_seed());
    for (int round = 0; round < 100; ++round) {
        const DayNumber harvest = day_of(issued);
        const std::int64_t days = random.between(0, 60);
        const std::int64_t tenths = random.between(0, 350);  // of a degree
        const std::int64_t needed = random.between(1, 1000);
        auto use = statement_of_lot();
        use.add(input_key::kind, cbor::make_integer(2)).add(input_key::action, cbor::make_integer(1)).add(input_key::product, cbor::make_text("x"));
        use.add(input_key::used, cbor::make_integer(harvest - days)).add(input_key::degree_days, cbor::make_integer(needed)).add(input_key::water_temperature, cbor::make_integer(tenths * (micro / 10)));
        std::int64_t sum = 0;
        for (std::int64_t day = 0; day < days; ++day) sum += tenths;
        INFO(days << " days of " << tenths << " tenths, " << needed << " needed");
        CHECK(judged(lot_harvested_on(harvest), cose::StatementType::Input, "P2", use).contains("input.degree_days_kept") == (sum >= needed * 10));
    }
}

TEST_CASE("rules: a residue fails above its limit and not at it; a screening is positive from its threshold on", "[judge][property]") {
    Random random(test_seed());
    for (int round = 0; round < 150; ++round) {
        const std::int64_t limit = random.between(0, 2 * micro);
        const std::int64_t value = random.chance(3) ? limit : random.between(0, 2 * micro);
        auto test = statement_of_lot();
        test.add(test_key::kind, cbor::make_integer(3)).add(test_key::method, cbor::make_text("m")).add(test_key::reported, cbor::make_integer(day_of(issued)));
        cbor::MapBuilder item;
        item.add(test_item_key::analyte, cbor::make_text("y")).add(test_item_key::value, cbor::make_integer(value)).add(test_item_key::unit, cbor::make_integer(1)).add(test_item_key::limit, cbor::make_integer(limit));
        test.add(test_key::items, cbor::make_array({item.finish()})).add(test_key::verdict, cbor::make_integer(value > limit ? 2 : 1));
        const auto codes = judged(lot_harvested_on(day_of(issued)), cose::StatementType::Test, "laboratory", test);
        INFO(value << " of " << limit);
        CHECK(codes.contains("test.failed") == (value > limit));
        CHECK_FALSE(codes.contains("test.contradiction"));
    }
}
