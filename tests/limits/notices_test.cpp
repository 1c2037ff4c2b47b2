// Notices, condition by condition: whom they mean, what each kind says, and how far they travel.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "limits/statements.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("notices: whom they mean", "[limits][judge]") {
    const auto recalled = [](const Json& more, const Change& change = [](World&) {}) {
        return said("notice.recalled", [&](World& w) { change(w), notice(w, more); });
    };
    CHECK(recalled({{"producers", {producer}}}));
    CHECK(recalled({{"producers", {other_producer, producer}}}));
    CHECK_FALSE(recalled({{"producers", {other_producer}}}));
    CHECK(recalled({{"products", {2002}}}));
    CHECK_FALSE(recalled({{"products", {2003}}}));
    CHECK(recalled({{"products", {2003}}}, [](World& w) { w.certificate.product_code.reset(), w.certificate.product_name = "芹菜"; }));
    CHECK_FALSE(recalled({{"products", {2002}}, {"producers", {other_producer}}}));
    CHECK_FALSE(recalled({{"products", {2003}}, {"producers", {producer}}}));
    CHECK(recalled({{"lots", {"LOT-T"}}, {"producer", producer}}));
    CHECK_FALSE(recalled({{"lots", {"LOT-T"}}, {"producer", other_producer}}));
    CHECK_FALSE(recalled({{"lots", {"LOT-S"}}, {"producer", producer}}));
    CHECK(recalled({{"certificates", {"TIME-1"}}, {"producer", producer}}));
    CHECK_FALSE(recalled({{"certificates", {"TIME-1"}}, {"producer", other_producer}}));
    CHECK_FALSE(recalled({{"certificates", {"TIME-2"}}, {"producer", producer}}));
    CHECK(recalled({{"certificates", {"TIME-2"}}, {"lots", {"LOT-T"}}, {"producer", producer}}));
    CHECK(recalled({{"lots", {"LOT-T"}}, {"producers", {producer}}}));
    CHECK_FALSE(recalled({{"lots", {"LOT-T"}}, {"producers", {other_producer}}}));
    CHECK_FALSE(recalled({{"lots", {"LOT-T"}}, {"producer", producer}, {"products", {2003}}}));
    CHECK_FALSE(recalled({{"lots", {"LOT-T"}}, {"producer", producer}}, [](World& w) { w.certificate.lot.clear(); }));
    CHECK_FALSE(recalled(Json::object()));
    // A producer, several, and both mean the same, alone or with what they promised.
    CHECK(recalled({{"producer", producer}}));
    CHECK_FALSE(recalled({{"producer", other_producer}}));
    CHECK(recalled({{"producer", other_producer}, {"producers", {producer}}}));
    CHECK(recalled({{"producer", producer}, {"producers", {other_producer}}}));
    CHECK(recalled({{"lots", {"LOT-T"}}, {"producer", other_producer}, {"producers", {producer}}}));
    CHECK(recalled({{"producer", producer}, {"products", {2002}}}));
    CHECK_FALSE(recalled({{"producer", producer}, {"products", {2003}}}));
    CHECK_FALSE(recalled({{"producer", other_producer}, {"products", {2002}}}));
    CHECK_FALSE(recalled({{"producer", producer}, {"issued_from", "2026-11-13"}}));
    CHECK_THROWS(recalled({{"plots", {"PLOT-1"}}, {"producer", producer}}));  // what grew there its producer alone can tell
    // Both bounds of the day of issue, each alone and together.
    CHECK(recalled({{"producers", {producer}}, {"issued_from", "2026-11-12"}, {"issued_until", "2026-11-12"}}));
    CHECK_FALSE(recalled({{"producers", {producer}}, {"issued_from", "2026-11-13"}, {"issued_until", "2026-11-14"}}));
    CHECK_FALSE(recalled({{"producers", {producer}}, {"issued_from", "2026-11-10"}, {"issued_until", "2026-11-11"}}));
    // A clock that is behind sets no recall aside.
    CHECK_FALSE(recalled({{"producers", {producer}}, {"since", "2026-11-21"}}));
    CHECK(recalled({{"producers", {producer}}, {"since", "2026-11-21"}}, [](World& w) { w.now = time("2026-11-01"); }));
    CHECK_FALSE(recalled({{"producers", {producer}}, {"ended", "2026-11-19"}}, [](World& w) { w.now = time("2026-11-01"); }));
}

TEST_CASE("notices: what each kind says, and who may say it", "[limits][judge]") {
    const Json mine = {{"certificates", {"TIME-1"}}, {"producer", producer}};
    const auto codes = [&](const char* kind, const char* signer, const Json& more = Json::object()) {
        World world;
        notice(world, merged(merged(mine, {{"kind", kind}}), more), signer);
        std::string out;
        for (const char* code : {"notice.recalled", "notice.suspended", "notice.withdrawn", "notice.warning", "notice.drill"})
            if (world.says(code)) out += std::string{code} + " ";
        return out;
    };
    CHECK(codes("recall", "bureau") == "notice.recalled ");
    CHECK(codes("suspension", "bureau") == "notice.suspended ");
    CHECK(codes("withdrawal", "bureau") == "notice.withdrawn ");
    for (const char* kind : {"warning", "disposal", "emergency"}) CHECK(codes(kind, "bureau") == "notice.warning ");
    CHECK(codes("recall", "bureau", {{"drill", true}}) == "notice.drill ");
    CHECK(codes("withdrawal", "producer") == "notice.withdrawn ");
    for (const char* kind : {"recall", "suspension", "warning", "disposal", "emergency"}) CHECK(codes(kind, "producer").empty());
    CHECK(codes("withdrawal", "other producer").empty());
    CHECK(codes("withdrawal", "other producer", {{"producer", other_producer}}).empty());
    // Without an owner it is whoever has such a number, and a stranger's word is still none.
    CHECK(codes("recall", "inspector").empty());
}

TEST_CASE("notices: one that came with the trust counts without a dossier, and once", "[limits][judge]") {
    World world;
    notice(world, {{"producers", {producer}}});
    const TrustStore store = world.trust();
    const std::vector<CheckedStatement> notices = {check_statement({world.statements[0], parse_any_statement(world.statements[0])}, store)};
    const auto times = [&](Evidence evidence) {
        evidence.notices = notices;
        return std::ranges::count(judge(make_qr_text("pipa.example", world.message()), store, world.now, evidence).reasons,
            ReasonId::Recalled, &Reason::id);
    };
    CHECK(times(Evidence{}) == 1);
    CHECK(times(Evidence::open(encode_dossier({}, world.statements), store)) == 1);
}

TEST_CASE("notices: what stops goods travels downstream by the number on the certificate", "[limits][judge]") {
    const auto stopped = [](const char* kind, const char* signer, const char* number) {
        return said("upstream.stopped", [&](World& w) { w.certificate.upstream = {{.number = "U-1"}},
            notice(w, {{"kind", kind}, {"certificates", {number}}, {"producer", other_producer}}, signer); });
    };
    for (const char* kind : {"recall", "suspension", "withdrawal"}) CHECK(stopped(kind, "bureau", "U-1"));
    for (const char* kind : {"warning", "disposal", "emergency"}) CHECK_FALSE(stopped(kind, "bureau", "U-1"));
    CHECK_FALSE(stopped("recall", "bureau", "U-2"));
    CHECK_FALSE(stopped("withdrawal", "other producer", "U-1"));  // its issuer's word is heard where that certificate is judged
}
