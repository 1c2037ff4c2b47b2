// Time that cannot be written back: what a lost key signed counts where an office's receipt shows that it was there before the loss.
#include <algorithm>
#include <stdexcept>
#include <catch2/catch_test_macros.hpp>

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
