// Time that cannot be written back: what a lost key signed counts where an office's receipt shows that it was there before the loss.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/hex.hpp"
#include "judge/judge.hpp"
#include "support/district.hpp"
#include "support/json_records.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

// P7's key was lost on 2026-11-10.
constexpr const char* before = "2026-11-09T08:00:00+08:00";
constexpr const char* after = "2026-11-11T08:00:00+08:00";
constexpr const char* lost = "2026-11-10T00:00:00+08:00";

Bytes signed_by(const char* signer, cose::StatementType type, Json fields) {
    const auto payload = payload_from_json(fields.dump(), *schema_of(type));
    if (!payload) throw std::runtime_error(answer_of(payload.error()));
    return sign_payload(worthless_key(signer), type, cbor::encode(*payload));
}

Bytes harvest(const char* issued) {
    return signed_by("P7", cose::StatementType::Work, {{"id", "W1"}, {"issued", issued}, {"producer", "91330113XXDEM00744"}, {"lots", {"LOT-R"}}, {"step", "harvest"}, {"day", "2026-11-08"}});
}

Bytes receipt(const Bytes& message, const char* issued, const char* signer = "bureau") {
    return signed_by(signer, cose::StatementType::Receipt, {{"id", "R1"}, {"issued", issued}, {"digests", {to_hex(crypto::sha256(message))}}});
}

CheckedDossier opened(std::vector<Bytes> messages) { return open_dossier(encode_dossier({}, messages), district().store).value(); }

Bytes certificate() {
    Certificate made{.issued_unix_s = parse_time(before).value(), .number = "LOST-1", .product_code = 5001, .origin_division = 330113003, .lot = "LOT-R"};
    made.quantity = parse_quantity("3 head").value();
    made.quarantine_number = "Q-1";
    made.bases = static_cast<BasisSet>(Basis::QualityControl);
    return sign_certificate(worthless_key("P7"), made);
}

Judgement judged(std::vector<Bytes> messages) {
    const Evidence evidence = Evidence::open(encode_dossier({}, messages), district().store);
    return judge(make_qr_text("pipa.example", certificate()), district().store, parse_time("2026-11-20T09:30:00+08:00").value(), evidence);
}

// P5's key ran out with the last second of 2026-11-05.
constexpr const char* last_second = "2026-11-05T23:59:59+08:00";
constexpr const char* too_late = "2026-11-06T00:00:00+08:00";

Bytes of_last_year() {
    Certificate made{.issued_unix_s = parse_time("2026-11-03T08:00:00+08:00").value(), .number = "ENDED-1", .product_code = 2002, .origin_division = 330113005, .lot = "LOT-E"};
    made.quantity = parse_quantity("30 kg").value();
    made.bases = static_cast<BasisSet>(Basis::QualityControl);
    return sign_certificate(worthless_key("P5"), made);
}

Bytes harvest_of_last_year() {
    return signed_by("P5", cose::StatementType::Work, {{"id", "W5"}, {"issued", "2026-11-03T08:00:00+08:00"}, {"producer", "93330113XXDEM00588"}, {"lots", {"LOT-E"}}, {"step", "harvest"}, {"day", "2026-11-03"}});
}

Bytes manifest_of(const std::vector<Bytes>& messages, const char* issued) {
    Json digests = Json::array();
    for (const Bytes& message : messages) digests.push_back(to_hex(crypto::sha256(message)));
    return signed_by("bureau", cose::StatementType::Manifest, {{"id", "M5"}, {"issued", issued}, {"certificates", {"ENDED-1"}}, {"sequence", 1}, {"digests", digests}});
}

Judgement judged_now(const std::vector<Bytes>& messages, ByteView manifest = {}, std::optional<bool> on_file = {}) {
    Evidence evidence = Evidence::open(encode_dossier(manifest, messages), district().store);
    evidence.on_file = on_file;
    return judge(make_qr_text("pipa.example", of_last_year()), district().store, parse_time("2026-11-20T09:30:00+08:00").value(), evidence);
}

bool says(const Judgement& judgement, ReasonId id) { return std::ranges::find(judgement.reasons, id, &Reason::id) != judgement.reasons.end(); }

}  // namespace

TEST_CASE("receipts: a lost key's statement counts only with one from before the loss", "[trust][receipts]") {
    const Bytes early = harvest(before);
    CHECK(opened({early}).statements.front().standing == Standing::KeyLostLater);
    CHECK(opened({early, receipt(early, before)}).statements.front().standing == Standing::Stands);
    CHECK(opened({early, receipt(early, lost)}).statements.front().standing == Standing::KeyLostLater);
    CHECK(opened({early, receipt(early, "2026-11-09T23:59:59+08:00")}).statements.front().standing == Standing::Stands);
    CHECK(opened({early, receipt(harvest(after), before)}).statements.front().standing == Standing::KeyLostLater);
    CHECK(opened({early, receipt(early, before, "P2")}).statements.front().standing == Standing::KeyLostLater);  // no office
    const Bytes late = harvest(after);
    CHECK(opened({late, receipt(late, before)}).statements.front().standing == Standing::KeyNotValidThen);
}

TEST_CASE("receipts: what stops goods is heard without one", "[trust][receipts]") {
    const Bytes withdrawal = signed_by("P7", cose::StatementType::Notice, {{"id", "N1"}, {"issued", before}, {"producer", "91330113XXDEM00744"}, {"certificates", {"LOST-1"}},
                                                                        {"kind", "withdrawal"}, {"title", {{"zh-Hans", "撤回（示例）"}}}, {"since", "2026-11-09"}});
    CHECK(opened({withdrawal}).statements.front().stands());
    CHECK(says(judged({withdrawal}), ReasonId::Withdrawn));
}

TEST_CASE("receipts: certificates likewise", "[judge][receipts]") {
    CHECK(judged({}).verdict == Verdict::UnknownIssuer);
    CHECK(says(judged({}), ReasonId::KeyCompromisedLater));
    const Judgement shown = judged({receipt(certificate(), before)});
    CHECK(shown.verdict == Verdict::Genuine);
    CHECK(says(shown, ReasonId::ShownBeforeLoss));
    CHECK(rule_of(ReasonId::ShownBeforeLoss).code == "issuer.shown_before_loss");
    CHECK_FALSE(says(shown, ReasonId::KeyCompromisedLater));
    CHECK(says(judged({receipt(certificate(), lost)}), ReasonId::KeyCompromisedLater));
    CHECK(says(judged({receipt(harvest(before), before)}), ReasonId::KeyCompromisedLater));
}

TEST_CASE("receipts: a certificate by a key that has run out is genuine, and said to have no day that anything shows", "[judge][receipts]") {
    const Judgement bare = judged_now({});
    CHECK(bare.verdict == Verdict::Genuine);
    CHECK(bare.level == Level::Caution);
    CHECK(rule_of(ReasonId::KeyEndedSince).code == "issuer.key_ended_since");
    CHECK(says(bare, ReasonId::KeyEndedSince));
    CHECK_FALSE(says(judged_now({receipt(of_last_year(), last_second)}), ReasonId::KeyEndedSince));
    CHECK(says(judged_now({receipt(of_last_year(), too_late)}), ReasonId::KeyEndedSince));
    CHECK(says(judged_now({receipt(of_last_year(), last_second, "P2")}), ReasonId::KeyEndedSince));
    CHECK_FALSE(says(judged_now({}, {}, true), ReasonId::KeyEndedSince));  // the office publishes it
    CHECK(says(judged_now({}, {}, false), ReasonId::KeyEndedSince));
    CHECK_FALSE(says(judged({}), ReasonId::KeyEndedSince));  // a lost key has a word of its own
}

TEST_CASE("receipts: a statement by a key that has run out counts, and is said to have no day that anything shows", "[judge][receipts]") {
    const std::vector<Bytes> record = {harvest_of_last_year()};
    const auto is_said = [&](ByteView manifest, std::vector<Bytes> more = {}) {
        more.insert(more.begin(), record.begin(), record.end());
        const Judgement judgement = judged_now(more, manifest, true);
        CHECK_FALSE(says(judgement, ReasonId::StatementDoesNotStand));
        return says(judgement, ReasonId::StatementKeyEnded);
    };
    CHECK(rule_of(ReasonId::StatementKeyEnded).code == "dossier.key_ended_since");
    CHECK(is_said({}));
    CHECK(is_said({}, {receipt(record[0], too_late)}));
    CHECK_FALSE(is_said({}, {receipt(record[0], last_second)}));
    CHECK_FALSE(is_said(manifest_of(record, last_second)));
    CHECK(is_said(manifest_of(record, too_late)));
    CHECK(is_said(manifest_of({of_last_year()}, last_second)));  // sealed without it
}

TEST_CASE("receipts: of a flood of receipts each statement asks once", "[trust][receipts][bounded]") {
    const Bytes lost_harvest = harvest(before);
    Json digests = Json::array();
    for (std::size_t i = 0; i < max_receipt_digests; ++i) digests.push_back(to_hex(crypto::sha256(lost_harvest)));
    std::vector<Bytes> messages(1000, lost_harvest);
    for (int i = 0; i < 90; ++i)  // too late each
        messages.push_back(signed_by("bureau", cose::StatementType::Receipt, {{"id", "R" + std::to_string(i)}, {"issued", lost}, {"digests", digests}}));
    const std::clock_t begin = std::clock();
    const CheckedDossier dossier = opened(std::move(messages));
    CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 8);
    for (std::size_t i = 0; i < 1000; ++i) REQUIRE(dossier.statements[i].standing == Standing::KeyLostLater);
}
