// What a bundle does to verdicts: status, notices that came with the trust, and age.
#include <catch2/catch_test_macros.hpp>

#include "judge/judge.hpp"

#include <stdexcept>

#include "record/statement_types.hpp"
#include "support/signing.hpp"
#include "support/bundle_builder.hpp"
#include "wire/qr_text.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

constexpr UnixSeconds hour = 3600;
constexpr UnixSeconds now = bundle_signed_at + hour;

std::string code_with_status(std::uint32_t status_index, const char* signer = "P2") {
    Certificate certificate{.issued_unix_s = parse_time("2026-11-19T08:00:00+08:00").value(), .number = "TEST-1", .status_index = status_index, .product_code = 1004,
                            .quantity = {.amount = 30, .unit = Unit::Kilogram}, .origin_division = 330113100, .bases = 1, .lot = "LOT-1"};
    return make_qr_text("pipa.example", sign_certificate(worthless_key(signer), certificate));
}

struct Verdicts {
    OpenedBundle bundle;
    explicit Verdicts(const BundledDistrict& given) : bundle(open_bundle(given.file(), given.pin(), {}).value()) {}
    [[nodiscard]] Judgement of(std::uint32_t index, UnixSeconds at = now) const {
        return judge(code_with_status(index), bundle.trust, at, {.notices = bundle.notices});
    }
    // "revoked stop status.withdrawn"
    [[nodiscard]] std::string say(std::uint32_t index, UnixSeconds at = now) const {
        const Judgement judgement = of(index, at);
        return std::string{verdict_name(judgement.verdict)} + " " + std::string{level_name(judgement.level)} + " " + std::string{rule_of(judgement.reasons.front().id).code};
    }
};

bool has_reason(const Judgement& judgement, std::string_view code) {
    return std::ranges::any_of(judgement.reasons, [&](const Reason& reason) { return rule_of(reason.id).code == code; });
}

Bytes notice(const char* signer, const std::string& fields) {
    const bool owned = fields.find("\"lots\"") != std::string::npos || fields.find("\"certificates\"") != std::string::npos;
    const std::string owner = owned ? R"("producer":"92330113XXDEM0023Q",)" : "";
    const std::string json = "{" + owner + R"("id":"N1","issued":"2026-11-20T06:00:00+08:00","title":{"zh-Hans":"示例","en":"Example"},"since":"2026-11-20",)" + fields + "}";
    const auto payload = payload_from_json(json, *schema_of(cose::StatementType::Notice));
    if (!payload) throw std::runtime_error(answer_of(payload.error()));
    return sign_payload(worthless_key(signer), cose::StatementType::Notice, cbor::encode(*payload));
}

std::string say_with_notice(const char* signer, const std::string& fields) {
    BundledDistrict given;
    given.set_status(0, {});
    given.put("notices.cbor", encode_notices({notice(signer, fields)}).value());
    given.publish();
    return Verdicts(given).say(1);
}

}  // namespace

TEST_CASE("verdict: follows the two bits of the status list", "[bundle][judge]") {
    BundledDistrict given;
    given.set_status(0, {{1, 1}, {2, 2}, {3, 3}});
    given.publish();
    const Verdicts verdicts(given);
    CHECK(verdicts.say(0) == "genuine ok genuine.signature_fits");
    CHECK(verdicts.say(1) == "revoked stop status.withdrawn");
    CHECK(verdicts.say(2) == "revoked stop status.suspended");
    CHECK(verdicts.say(3) == "revoked stop status.recalled");
}

TEST_CASE("verdict: a status that is not here is not checked, and never valid", "[bundle][judge]") {
    BundledDistrict given;
    CHECK(Verdicts(given).say(0) == "could_not_check unknown status.not_checked");
    given.set_status(0, {});
    given.publish();
    CHECK(Verdicts(given).say(status_shard_entries) == "could_not_check unknown status.not_checked");
    // A shard that is shorter than it should be answers for what it holds and for nothing beyond.
    given.put("status/0", zlib_of(Bytes(1)));
    given.publish();
    CHECK(Verdicts(given).say(3) == "genuine ok genuine.signature_fits");
    CHECK(Verdicts(given).say(4) == "could_not_check unknown status.not_checked");
}

TEST_CASE("verdict: a trust pack alone knows of no status and says nothing about it", "[bundle][judge]") {
    const Judgement judgement = judge(code_with_status(0), district().store, now);
    CHECK(judgement.verdict == Verdict::Genuine);
    CHECK_FALSE(has_reason(judgement, "status.not_checked"));
}

TEST_CASE("verdict: a withdrawn status does not make a forgery of it, nor hide one", "[bundle][judge]") {
    BundledDistrict given;
    given.set_status(0, {{1, 1}});
    given.publish();
    const Verdicts verdicts(given);
    const std::string forged = code_with_status(1, "nobody knows this key");
    CHECK(judge(forged, verdicts.bundle.trust, now).verdict == Verdict::UnknownIssuer);
    CHECK_FALSE(has_reason(judge(forged, verdicts.bundle.trust, now), "status.withdrawn"));
}

TEST_CASE("verdict: notices that came with the trust hold without a dossier", "[bundle][judge]") {
    CHECK(say_with_notice("bureau", R"("kind":"recall","lots":["LOT-1"])") == "revoked stop notice.recalled");
    CHECK(say_with_notice("bureau", R"("kind":"recall","certificates":["TEST-1"])") == "revoked stop notice.recalled");
    CHECK(say_with_notice("bureau", R"("kind":"suspension","producers":["92330113XXDEM0023Q"])") == "revoked stop notice.suspended");
    CHECK(say_with_notice("bureau", R"("kind":"recall","products":[1004],"issued_from":"2026-11-18","issued_until":"2026-11-19")") == "revoked stop notice.recalled");
    CHECK(say_with_notice("bureau", R"("kind":"recall","products":[1004],"issued_from":"2026-11-20")") == "genuine ok genuine.signature_fits");
    CHECK(say_with_notice("bureau", R"("kind":"recall","lots":["LOT-2"])") == "genuine ok genuine.signature_fits");
    CHECK(say_with_notice("bureau", R"("kind":"warning","products":[1004])") == "genuine caution notice.warning");
    CHECK(say_with_notice("P2", R"("kind":"withdrawal","certificates":["TEST-1"])") == "revoked stop notice.withdrawn");
    // Who may not say it is not bearings.
    CHECK(say_with_notice("P1", R"("kind":"recall","lots":["LOT-1"])") == "genuine ok genuine.signature_fits");
    CHECK(say_with_notice("nobody knows this key", R"("kind":"recall","lots":["LOT-1"])") == "genuine ok genuine.signature_fits");
}

TEST_CASE("verdict: says as of when, and how fresh, by the pack's own rules", "[bundle][judge]") {
    BundledDistrict given;
    given.set_status(0, {});
    given.publish(bundle_signed_at + 10 * hour);  // signed anew ten hours after the pack
    const Verdicts verdicts(given);
    const UnixSeconds signed_at = bundle_signed_at + 10 * hour;
    CHECK(verdicts.of(0, signed_at + hour).freshness.as_of == signed_at);
    CHECK(verdicts.of(0, signed_at + hour).freshness.grade == Grade::Fresh);
    CHECK(verdicts.of(0, signed_at + 24 * hour).freshness.grade == Grade::Fresh);
    CHECK(verdicts.of(0, signed_at + 24 * hour + 1).freshness.grade == Grade::Stale);
    CHECK(has_reason(verdicts.of(0, signed_at + 25 * hour), "trust.stale"));
    const Judgement old = verdicts.of(0, signed_at + 8 * 24 * hour);
    CHECK(old.freshness.grade == Grade::Unknown);
    CHECK(old.verdict == Verdict::Genuine);
    CHECK(has_reason(old, "trust.age_unknown"));
}

TEST_CASE("verdict: an expired timestamp makes it stale, nothing else", "[bundle][judge]") {
    BundledDistrict given;
    given.set_status(0, {{1, 1}});
    given.repository["timestamp"]["expires"] = "2026-11-20T01:30:00Z";  // an hour and a half after it was signed
    given.publish();
    const Verdicts verdicts(given);
    CHECK(verdicts.of(0, bundle_signed_at + hour).freshness.grade == Grade::Fresh);
    const Judgement later = verdicts.of(0, bundle_signed_at + 2 * hour);
    CHECK(later.freshness.grade == Grade::Stale);
    CHECK(later.verdict == Verdict::Genuine);
    CHECK(verdicts.say(1, bundle_signed_at + 2 * hour) == "revoked stop status.withdrawn");
}

TEST_CASE("verdict: metadata from the future shows that the clock is wrong", "[bundle][judge]") {
    BundledDistrict given;
    given.set_status(0, {});
    given.publish();
    const Judgement judgement = Verdicts(given).of(0, bundle_signed_at - hour);
    CHECK(has_reason(judgement, "trust.clock_behind"));
    CHECK(judgement.freshness.grade == Grade::Unknown);
    CHECK(judgement.verdict != Verdict::Altered);
}

TEST_CASE("verdict: without our own members the pack's date is the 'as of'", "[bundle][judge]") {
    BundledDistrict given;
    given.publish();
    given.repository["timestamp"].erase("x-pipa-signed");
    given.repository.publish({"timestamp"});
    CHECK(Verdicts(given).bundle.trust.as_of() == district().pack.issued_unix_s);
    given.repository["timestamp"]["x-pipa-signed"] = 5;  // what another publisher may mean by it
    given.repository["timestamp"]["x-pipa-root"] = "one";
    given.repository.publish({"timestamp"});
    CHECK(Verdicts(given).bundle.trust.as_of() == district().pack.issued_unix_s);
}

TEST_CASE("verdict: without what a delegated store warns of, a certificate is half checked", "[bundle][judge]") {
    BundledDistrict given;
    given.set_status(0, {});
    given.publish();
    const Verdicts verdicts(given);
    Evidence evidence;
    evidence.notices_missing = true;
    const Judgement judgement = judge(code_with_status(0), verdicts.bundle.trust, now, evidence);
    CHECK(std::string{rule_of(judgement.reasons.front().id).code} == "notice.not_checked");
    CHECK(judgement.verdict == Verdict::CouldNotCheck);
}
