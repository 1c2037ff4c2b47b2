// The start page: what holds now, who produces here, and that nothing is shown as nothing when it did not come.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <stdexcept>

#include "base/hex.hpp"
#include "page/comparison.hpp"
#include "page/portal.hpp"
#include "page/report.hpp"
#include "record/statement_types.hpp"
#include "support/catalogues.hpp"
#include "support/inquiry_site.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

using cose::StatementType;

Bytes statement(const char* signer, StatementType type, const std::string& json) {
    const auto payload = payload_from_json(json, *schema_of(type));
    if (!payload) throw std::runtime_error(std::string{code_name(payload.error().code)} + " " + payload.error().detail);
    return sign_payload(worthless_key(signer), type, cbor::encode(*payload));
}

Bytes notice(const std::string& more, const char* signer = "bureau") {
    return statement(signer, StatementType::Notice, R"({"id":"N2","issued":"2026-11-20T06:30:00+08:00","producer":"92330113XXDEM0023Q","title":{"zh-Hans":"第二件","en":"The second"},)" + more + "}");
}

const std::string card = R"({"id":"CARD-P2","issued":"2026-11-01T08:00:00+08:00","producer":"92330113XXDEM0023Q","name":{"zh-Hans":"示例农场","en":"Demo farm"},"kind":"family_farm","uscc":"92330113XXDEM0023Q","division":"330113100","place":{"zh-Hans":"枕河村","en":"Zhenhe"},"products":[1004]})";

// The statements under a list of `keeper`, of which the file lacks the last `lacking`.
Bytes around(std::vector<Bytes> statements, const char* keeper = "bureau", const std::string& number = std::string{portal_number}, std::size_t lacking = 0) {
    std::string digests;
    for (const Bytes& message : statements) digests += (digests.empty() ? "\"" : ",\"") + to_hex(crypto::sha256(message)) + "\"";
    const Bytes manifest = statement(keeper, StatementType::Manifest, R"({"id":"M","issued":"2026-11-19T09:00:00+08:00","certificates":[")" + number + R"("],"sequence":1,"digests":[)" + digests + "]}");
    statements.resize(statements.size() - lacking);
    return encode_dossier(manifest, statements);
}

struct Shown {
    PortalView view{};
    [[nodiscard]] const PortalPart& part(std::string_view id) const { return *std::ranges::find(view.parts, id, &PortalPart::id); }
};

Shown show(const InquirySite& site, const SiteFiles& files, const Bytes& file = {}, UnixSeconds now = site_now) {
    inquiry::Session session(site.anchor());
    const inquiry::Inquiry asked = ask(session, files, "", now);
    const auto opened = file.empty() ? nullptr : session.dossier(file);
    return {make_portal(asked.judgement(), session, opened.get(), english())};
}

}  // namespace

TEST_CASE("portal: lists the notices in force, with their weight and of when they are", "[portal]") {
    const InquirySite site = make_site();
    const Shown shown = show(site, site.files);
    const PortalPart& now = shown.part("now");
    REQUIRE(now.cards.size() == 1);
    CHECK(now.cards[0].title == "Recall: Example");
    CHECK(now.cards[0].level == "stop");
    CHECK(now.text.find("20 November 2026") != std::string::npos);
}

TEST_CASE("portal: a drill says so before anything else, weighs nothing and comes last", "[portal]") {
    const InquirySite site = make_site(1, notice(R"("kind":"recall","since":"2026-11-20","drill":true)"));
    const Shown shown = show(site, site.files);
    const PortalPart& now = shown.part("now");
    REQUIRE(now.cards.size() == 2);
    CHECK(now.cards[1].title == "A drill, not real · Recall: The second");
    CHECK(now.cards[1].level == "ok");
}

TEST_CASE("portal: what has ended, has not begun, or its signer may not say is not in force", "[portal]") {
    for (const auto& [what, signer] : {std::pair{R"("kind":"recall","since":"2026-11-01","ended":"2026-11-19")", "bureau"}, std::pair{R"("kind":"recall","since":"2026-12-01")", "bureau"},
                                       std::pair{R"("kind":"recall","since":"2026-11-01")", "P2"}}) {
        INFO(what);
        const InquirySite site = make_site(1, notice(what, signer));
        const Shown shown = show(site, site.files);
        REQUIRE(shown.part("now").cards.size() == 1);
        CHECK(shown.part("now").cards[0].id == "N1");
    }
    const InquirySite site = make_site(1, notice(R"("kind":"withdrawal","since":"2026-11-01","certificates":["FINE-1"])", "P2"));
    const Shown shown = show(site, site.files);
    CHECK(shown.part("now").cards.size() == 2);
}

TEST_CASE("portal: without trust nothing is said to be in force or not, and there is a way to ask again", "[portal]") {
    const InquirySite site = make_site();
    const Shown shown = show(site, {});
    for (const std::string_view id : {"now", "season", "board", "producers"}) {
        INFO(id);
        CHECK(shown.part(id).level == "unknown");
        CHECK(shown.part(id).cards.empty());
        CHECK(shown.part(id).text.find("did not") != std::string::npos);
    }
    CHECK_FALSE(shown.view.remarks.empty());
    CHECK(shown.view.retry == english().text("portal.retry"));
}

TEST_CASE("portal: producers come from cards under the bureau's list alone", "[portal]") {
    const InquirySite site = make_site();
    const Bytes signed_card = statement("bureau", StatementType::Card, card);
    const Shown shown = show(site, site.files, around({signed_card}));
    const PortalPart& producers = shown.part("producers");
    REQUIRE(producers.cards.size() == 1);
    CHECK(producers.level.empty());
    CHECK(producers.cards[0].link.has_value());
    CHECK(shown.view.retry.empty());
    // The file did not come, is another certificate's dossier, is a producer's own, or is no dossier.
    for (const Bytes& other : {Bytes{}, around({signed_card}, "bureau", "FINE-1"), around({signed_card}, "P2"), Bytes{1, 2, 3}}) {
        const Shown refused = show(site, site.files, other);
        CHECK(refused.part("producers").level == "unknown");
        CHECK(refused.part("producers").cards.empty());
        CHECK_FALSE(refused.view.retry.empty());
    }
}

TEST_CASE("portal: what was taken out of the list is missed, and what nobody listed is not shown", "[portal]") {
    const InquirySite site = make_site();
    const Bytes signed_card = statement("bureau", StatementType::Card, card);
    const Bytes visit = statement("bureau", StatementType::Patrol, R"({"id":"V1","issued":"2026-11-10T08:00:00+08:00","producer":"92330113XXDEM0023Q","visited":"2026-11-10","finding":"violation"})");
    const Shown shown = show(site, site.files, around({signed_card, visit}, "bureau", std::string{portal_number}, 1));
    CHECK(shown.part("producers").level == "unknown");
    CHECK(shown.part("producers").text.find("1 entries of it are missing") != std::string::npos);
    const Shown whole = show(site, site.files, around({signed_card, visit}));
    const auto& rows = whole.part("producers").cards.at(0).rows;
    const auto last = std::ranges::find(rows, "visit", &RowView::id);
    REQUIRE(last != rows.end());
    CHECK(last->note.find("violation") != std::string::npos);
}

namespace {

Bytes figures(const std::string& id, const std::string& period, const std::string& rows, const char* issued = "2026-11-05T10:00:00+08:00") {
    return statement("bureau", StatementType::Figures, R"({"id":")" + id + R"(","issued":")" + issued + "\"," + period + R"(,"rows":[)" + rows + "]}");
}
const std::string ten_months = R"("from":"2026-01-01","until":"2026-10-31")";
const std::string year_before = R"("from":"2025-01-01","until":"2025-12-31")";
const std::string two_towns = R"({"division":"330113004","product_class":4,"planned":10,"tested":9,"failed":1,"disposed":0},{"division":"330113100","product_class":1,"planned":20,"tested":20,"failed":0,"disposed":0},{"substance":"毒死蜱","tested":25,"failed":1,"disposed":0})";

const PortalCard& card_named(const PortalPart& part, std::string_view id) {
    const auto found = std::ranges::find(part.cards, id, &PortalCard::id);
    if (found == part.cards.end()) throw std::runtime_error("no card " + std::string{id});
    return *found;
}
const RowView& row_named(const PortalCard& shown, std::string_view id) {
    const auto found = std::ranges::find(shown.rows, id, &RowView::id);
    if (found == shown.rows.end()) throw std::runtime_error("no row " + std::string{id});
    return *found;
}

}  // namespace

TEST_CASE("board: signed figures are summed, with their plan, their range and what was done about failures", "[portal]") {
    const InquirySite site = make_site();
    const Shown shown = show(site, site.files, around({figures("F1", ten_months, two_towns)}));
    const PortalPart& board = shown.part("board");
    CHECK(board.level.empty());
    CHECK(board.text.find("1 January 2026 to 31 October 2026") != std::string::npos);
    const PortalCard& whole = card_named(board, "whole");
    CHECK(row_named(whole, "planned").value == "29 of 30 planned are done");
    CHECK(row_named(whole, "passed").value == "28 of 29, 96.6 %");
    CHECK(row_named(whole, "passed").note == "range 82.8 % to 99.4 %");
    CHECK(row_named(whole, "failed").value == "1, of which 0 are dealt with");
    CHECK(row_named(whole, "failed").level == "caution");
    CHECK(whole.drawings.size() == 2);
    const PortalCard& towns = card_named(board, "towns");
    REQUIRE(towns.rows.size() == 2);
    CHECK(row_named(towns, "330113100").value == "20 of 20, 100.0 %");
    REQUIRE(towns.drawings.size() == 2);
    CHECK(towns.drawings[0].kind == "rate");
    CHECK(towns.drawings[0].filled == 889);
    CHECK(card_named(board, "substances").rows.size() == 1);
    CHECK(std::ranges::none_of(board.cards, [](const PortalCard& one) { return one.id == "periods"; }));
}

TEST_CASE("board: the newest figures of a period count, and earlier periods stand beside", "[portal]") {
    const InquirySite site = make_site();
    const std::string one = R"({"division":"330113100","tested":4,"failed":0,"disposed":0})", other = R"({"division":"330113100","tested":5,"failed":1,"disposed":1})";
    const Shown shown = show(site, site.files, around({figures("F2", ten_months, other, "2026-11-06T10:00:00+08:00"), figures("F1", ten_months, one), figures("F0", year_before, one, "2026-01-10T10:00:00+08:00")}));
    const PortalPart& board = shown.part("board");
    CHECK(row_named(card_named(board, "whole"), "passed").value == "4 of 5, 80.0 %");
    CHECK(row_named(card_named(board, "whole"), "failed").level == "ok");
    const PortalCard& earlier = card_named(board, "periods");
    REQUIRE(earlier.rows.size() == 1);
    CHECK(earlier.rows[0].value == "4 of 4, 100.0 %");
    REQUIRE(earlier.drawings.size() == 1);
    CHECK(earlier.drawings[0].row == 0);
}

TEST_CASE("board: figures that do not add up give no rate, and what did not come is no zero", "[portal]") {
    const InquirySite site = make_site();
    for (const char* const bad : {R"({"tested":4,"failed":5,"disposed":0})", R"({"tested":4,"failed":1,"disposed":2})"}) {
        INFO(bad);
        const Shown shown = show(site, site.files, around({figures("F1", ten_months, bad)}));
        REQUIRE(shown.part("board").cards.size() == 1);
        CHECK(shown.part("board").cards[0].level == "caution");
        CHECK(shown.part("board").cards[0].rows.empty());
    }
    const Shown reversed = show(site, site.files, around({figures("F1", R"("from":"2026-11-01","until":"2026-10-31")", two_towns)}));
    CHECK(reversed.part("board").cards.at(0).level == "caution");
    CHECK(show(site, site.files).part("board").level == "unknown");
    const Shown none = show(site, site.files, around({statement("bureau", StatementType::Card, card)}));
    CHECK(none.part("board").level.empty());
    CHECK(none.part("board").text == english().text("portal.board.none"));
    const Shown taken = show(site, site.files, around({statement("bureau", StatementType::Card, card), figures("F1", ten_months, two_towns)}, "bureau", std::string{portal_number}, 1));
    CHECK(taken.part("board").level == "unknown");
    CHECK(taken.part("board").text == english().text("portal.board.missing"));
}

TEST_CASE("report: whom to call goes by the place, and the text has what only the caller knows left open", "[report]") {
    const InquirySite site = make_site();
    const Judgement judgement = ask_once(site, site.files, site.codes.at("RECALLED-1"));
    const TrustStore nobody;
    const auto line = [&](BoughtAt place) { return make_report(judgement, nobody, "CODE", place, Problem::Quality, english()).line; };
    CHECK(line(BoughtAt::Market) == "12315");
    CHECK(line(BoughtAt::Online) == "12315");
    CHECK(line(BoughtAt::Farm) == "12316");
    CHECK(line(BoughtAt::Unknown) == "12345");
    const ReportView ill = make_report(judgement, nobody, "CODE", BoughtAt::Farm, Problem::Ill, english());
    CHECK(ill.advice.find("doctor") != std::string::npos);
    CHECK(std::ranges::count(ill.text, '\n') == 9);
    CHECK(ill.text.ends_with("\nCODE"));
    CHECK(ill.text.find(ill.evidence) != std::string::npos);
    CHECK(ill.evidence.starts_with("revoked."));
}

TEST_CASE("comparison: both sides of every row, and what one of them lacks is said", "[comparison]") {
    const InquirySite site = make_site();
    inquiry::Session session(site.anchor());
    const inquiry::Inquiry one = ask(session, site.files, site.codes.at("FINE-1"));
    const inquiry::Inquiry other = ask(session, site.files, site.codes.at("PLAIN-1"));
    const ComparisonView view = make_comparison(one.judgement(), other.judgement(), *one.trust(), english());
    CHECK(view.heads[0].word == "Genuine and unchanged");
    const auto row = [&](std::string_view id) { return std::ranges::find(view.rows, id, &CompareRow::id); };
    REQUIRE(row("tests") != view.rows.end());
    CHECK(row("tests")->cells[1].value == "not on record");
    CHECK(row("product")->cells[0].value == row("product")->cells[1].value);
}
