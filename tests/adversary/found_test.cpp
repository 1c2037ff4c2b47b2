// What the trials found, each kind by its name: a statement that helped its signer or touched others, and what is said of it now.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <stdexcept>

#include "adversary/scenes.hpp"
#include "base/hex.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

namespace {

const Scene& scene(std::string_view name) {
    const auto found = std::ranges::find(scenes(), name, &Scene::name);
    if (found == scenes().end()) throw std::runtime_error("no scene " + std::string{name});
    return *found;
}

Bytes signed_by(std::string_view signer, StatementType type, Json fields, const char* issued = "2026-11-16T08:00:00+08:00") {
    if (!fields.contains("id")) fields["id"] = "S-1";
    fields["issued"] = issued;
    const auto payload = payload_from_json(fields.dump(), *schema_of(type));
    if (!payload) throw std::runtime_error(answer_of(payload.error()));
    return sign_payload(key_of(actor(signer)), type, cbor::encode(*payload));
}

Answer with(const Scene& scene, const std::vector<Bytes>& more) {
    std::vector<Bytes> statements = scene.statements;
    statements.insert(statements.end(), more.begin(), more.end());
    return ask(scene, statements);
}

const Json words = {{"zh-Hans", "示例"}};

Json of_lot(const Json& fields) {
    Json out = {{"producer", subject_of(party_id::grower)}, {"lots", {of_goods::lot}}};
    for (const auto& [key, value] : fields.items()) out[key] = value;
    return out;
}

Bytes harvest(const char* day) { return signed_by("grower", StatementType::Work, of_lot({{"step", "harvest"}, {"day", day}})); }

Bytes recheck_by(std::string_view laboratory, const Scene& scene) {
    const auto item = [](const char* analyte) { return Json{{"analyte", analyte}, {"value", "0.001"}, {"unit", "mg/kg"}, {"limit", "0.02"}}; };
    return signed_by(laboratory, StatementType::Test, of_lot({{"kind", "supervision"}, {"method", "GB 23200.113"}, {"reported", "2026-11-16"}, {"verdict", "pass"},
                                                              {"items", {item("毒死蜱"), item("克百威")}}, {"recheck_of", to_hex(scene.digests.at("T1"))}}));
}

Bytes label_by(std::string_view signer) {
    return signed_by(signer, StatementType::Label, {{"kind", "green_food"}, {"number", "LB-7"}, {"reference", of_goods::label}, {"holder", subject_of(party_id::grower)}, {"product_name", words},
                                                    {"valid_from", "2026-01-01"}, {"valid_until", "2027-12-31"}});
}

Bytes notice_by(std::string_view signer, const Json& more) {
    Json fields = {{"kind", "recall"}, {"title", words}, {"since", "2026-11-15"}};
    for (const auto& [key, value] : more.items()) fields[key] = value;
    return signed_by(signer, StatementType::Notice, fields);
}

Bytes certificate_of(std::string_view signer, const char* number, const char* issued, std::int64_t amount = 1) {
    Certificate made = scene("in order").certificate;
    made.issued_unix_s = at(issued);
    made.number = number;
    made.lot = "L-9";
    made.quantity.amount = amount;
    return sign_certificate(key_of(actor(signer)), made);
}

}  // namespace

TEST_CASE("adversary: a harvest of another day does not make up for an interval that was not kept", "[adversary][found]") {
    const Scene& sprayed = scene("interval not kept, no day of harvest");
    CHECK(with(sprayed, {harvest("2026-11-09")}).says(ReasonId::IntervalViolated));  // before the use
    CHECK(with(sprayed, {harvest("2026-11-25")}).says(ReasonId::IntervalViolated));  // after the promise
    CHECK(with(scene("interval not kept"), {harvest("2026-11-25")}).says(ReasonId::IntervalViolated));
}

TEST_CASE("adversary: a keeper keeps for himself, and an office where it has a say", "[adversary][found]") {
    const Scene& failed = scene("failed in two substances");
    const std::vector<Bytes> rest(failed.statements.begin(), failed.statements.begin() + 1);
    CHECK(ask(failed, rest, make_manifest(actor("other grower"), rest)).says(ReasonId::ManifestDoesNotStand));
    CHECK(ask(failed, rest, make_manifest(actor("town's bureau"), rest)).says(ReasonId::ManifestDoesNotStand));
    CHECK(ask(failed, rest, make_manifest(actor("fishery bureau"), rest)).says(ReasonId::ManifestDoesNotStand));
    CHECK_FALSE(ask(failed, rest, make_manifest(actor("bureau"), rest)).says(ReasonId::ManifestDoesNotStand));
}

TEST_CASE("adversary: only who gave a label gives it again", "[adversary][found]") {
    const Scene& expired = scene("much to look at");
    CHECK(expired.answer.says(ReasonId::LabelExpired));
    CHECK(with(expired, {label_by("other certifier")}).says(ReasonId::LabelExpired));
    CHECK(with(expired, {label_by("town's bureau")}).says(ReasonId::LabelExpired));
    CHECK_FALSE(with(expired, {label_by("certifier")}).says(ReasonId::LabelExpired));
}

TEST_CASE("adversary: who contradicts himself about others contradicts nothing here", "[adversary][found]") {
    const auto theirs = [](const char* day) { return signed_by("other grower", StatementType::Work, {{"producer", subject_of(party_id::other_grower)}, {"lots", {"L-5"}}, {"step", "harvest"}, {"day", day}}); };
    CHECK_FALSE(with(scene("in order"), {theirs("2026-11-01"), theirs("2026-11-02")}).says(ReasonId::Contradiction));
    CHECK(with(scene("in order"), {harvest("2026-11-12"), harvest("2026-11-11")}).says(ReasonId::Contradiction));
}

TEST_CASE("adversary: a visit to one producer closes no order to another", "[adversary][found]") {
    const Scene& ordered = scene("much to look at");
    const auto visit = [&](std::uint32_t to) {
        return signed_by("inspector", StatementType::Patrol, {{"producer", subject_of(to)}, {"visited", "2026-11-16"}, {"finding", "in_order"}, {"closed", "2026-11-16"}, {"closes", to_hex(ordered.digests.at("V1"))}});
    };
    CHECK(with(ordered, {visit(party_id::household)}).says(ReasonId::OrderOpen));
    CHECK_FALSE(with(ordered, {visit(party_id::grower)}).says(ReasonId::OrderOpen));
}

TEST_CASE("adversary: a drill stops nothing downstream", "[adversary][found]") {
    const Json upstream = {{"producer", subject_of(party_id::grower)}, {"certificates", {of_goods::upstream_number}}};
    Json drill = upstream;
    drill["drill"] = true;
    CHECK(with(scene("bought, in order"), {notice_by("bureau", upstream)}).says(ReasonId::UpstreamStopped));
    CHECK_FALSE(with(scene("bought, in order"), {notice_by("bureau", drill)}).says(ReasonId::UpstreamStopped));
}

TEST_CASE("adversary: an office recalls what it has a say in", "[adversary][found]") {
    const Json all_celery = {{"products", {of_goods::product}}};
    CHECK(with(scene("in order"), {notice_by("bureau", all_celery)}).says(ReasonId::Recalled));
    CHECK_FALSE(with(scene("in order"), {notice_by("town's bureau", all_celery)}).says(ReasonId::Recalled));
    CHECK_FALSE(with(scene("in order"), {notice_by("fishery bureau", {{"producers", {subject_of(party_id::grower)}}})}).says(ReasonId::Recalled));
}

TEST_CASE("adversary: a producer's own laboratory rechecks nothing of his", "[adversary][found]") {
    const Scene& failed = scene("failed in two substances");
    CHECK(with(failed, {recheck_by("grower's own laboratory", failed)}).says(ReasonId::TestFailed));
    CHECK_FALSE(with(failed, {recheck_by("second laboratory", failed)}).says(ReasonId::TestFailed));
}

TEST_CASE("adversary: a producer who shares a plot shares no recheck of it", "[adversary][found]") {
    const Bytes grown_there = signed_by("grower", StatementType::Work, of_lot({{"step", "harvest"}, {"day", "2026-11-12"}, {"plots", {"plot-2"}}}));
    CHECK(with(scene("failed, cleared for another plot"), {grown_there}).says(ReasonId::TestFailed));
}

TEST_CASE("adversary: a statement of another certificate from the same plot is that one's", "[adversary][found]") {
    const auto banned = [](const char* key, const char* text) {
        return signed_by("grower", StatementType::Input, {{"producer", subject_of(party_id::grower)}, {"plots", {of_goods::plot}}, {key, {text}}, {"kind", "pesticide"}, {"action", "use"}, {"product", "示例"},
                                                          {"substance", "氧乐果"}, {"used", "2026-10-01"}});
    };
    CHECK_FALSE(with(scene("in order"), {banned("certificates", "C-2")}).says(ReasonId::BannedSubstance));
    CHECK_FALSE(with(scene("in order"), {banned("lots", "L-2")}).says(ReasonId::BannedSubstance));
    CHECK(with(scene("in order"), {banned("certificates", of_goods::number)}).says(ReasonId::BannedSubstance));
}

TEST_CASE("adversary: what went into goods was promised before them, and all of it is looked at or said not to be", "[adversary][found]") {
    const auto not_checked = [](const char* issued) {
        const Bytes meant = certificate_of("grower", of_goods::upstream_number, issued);
        return with(with_upstream(scene("bought, upstream not on record"), reference_to_message(meant)), {meant}).says(ReasonId::UpstreamNotChecked);
    };
    CHECK_FALSE(not_checked("2026-11-11T10:00:00+08:00"));
    CHECK(not_checked("2026-11-14T10:00:00+08:00"));
    CHECK(not_checked("2026-12-14T10:00:00+08:00"));
    std::vector<Bytes> flood;
    for (std::int64_t i = 1; i <= 40; ++i) flood.push_back(certificate_of("household", of_goods::upstream_number, "2026-11-11T10:00:00+08:00", i));
    const Answer flooded = with(scene("bought, failed upstream"), flood);
    CHECK((flooded.says(ReasonId::UpstreamTestFailed) || flooded.says(ReasonId::UpstreamNotChecked)));
}

TEST_CASE("adversary: only the very certificate that is referred to answers for what went into goods", "[adversary][found]") {
    const Scene& unknown = scene("bought, upstream not on record");
    CHECK(unknown.answer.says(ReasonId::UpstreamNotChecked));
    CHECK_FALSE(with(unknown, {upstream_message()}).says(ReasonId::UpstreamNotChecked));
    // Of the same number: another producer's, and one that the same grower, or who has his key, signed beside it.
    for (const char* signer : {"other grower", "household", "grower"})
        CHECK(with(unknown, {certificate_of(signer, of_goods::upstream_number, "2026-11-11T10:00:00+08:00")}).says(ReasonId::UpstreamNotChecked));
    // A number alone is a certificate of paper.
    const Scene paper = with_upstream(unknown, {.number = of_goods::upstream_number});
    CHECK(with(paper, {upstream_message()}).says(ReasonId::UpstreamNotChecked));
}

TEST_CASE("adversary: who buys from himself leads back to what he bought", "[adversary][found]") {
    const Scene& unknown = scene("bought, upstream not on record");
    const Bytes from_nothing = certificate_of("buyer", "C-OWN", "2026-11-11T12:00:00+08:00");
    CHECK(with(with_upstream(unknown, reference_to_message(from_nothing)), {from_nothing}).says(ReasonId::UpstreamWanting));
    Certificate between = unknown.certificate;
    between.number = "C-OWN";
    between.issued_unix_s = at("2026-11-11T12:00:00+08:00");
    const Bytes resold = sign_certificate(key_of(actor("buyer")), between);
    const Scene twice = with_upstream(unknown, reference_to_message(resold));
    CHECK(with(twice, {resold}).says(ReasonId::UpstreamNotChecked));
    CHECK_FALSE(with(twice, {resold, upstream_message()}).says(ReasonId::UpstreamNotChecked));
    CHECK(with(twice, {resold, upstream_message(), notice_by("bureau", {{"producer", subject_of(party_id::grower)}, {"lots", {of_goods::upstream_lot}}})}).says(ReasonId::UpstreamStopped));
}

TEST_CASE("adversary: what is bought does not become more", "[adversary][found]") {
    Scene scarce = scene("bought, in order");
    scarce.certificate.quantity.amount += 1;
    complete(scarce);
    CHECK(scarce.answer.says(ReasonId::MoreThanBought));
    CHECK_FALSE(scene("bought, in order").answer.says(ReasonId::MoreThanBought));
}

TEST_CASE("adversary: a statement that is no certificate went into nothing", "[adversary][found]") {
    const Bytes reaped = harvest("2026-11-11");
    const Scene bought = with_upstream(scene("bought, upstream not on record"), reference_to("S-1", kid_of(key_of(actor("grower")).public_key()), crypto::sha256(reaped)));
    CHECK(with(bought, {reaped}).says(ReasonId::UpstreamNotChecked));
}

TEST_CASE("adversary: a recall of another producer's certificate of that number stops nothing here", "[adversary][found]") {
    const auto recalled = [](const Scene& bought, std::uint32_t of) {
        return with(bought, {notice_by("bureau", {{"producer", subject_of(of)}, {"certificates", {of_goods::upstream_number}}})}).says(ReasonId::UpstreamStopped);
    };
    for (const char* name : {"bought, in order", "bought, upstream not on record"}) {
        CHECK(recalled(scene(name), party_id::grower));
        CHECK_FALSE(recalled(scene(name), party_id::other_grower));
        CHECK_FALSE(recalled(scene(name), party_id::buyer));
    }
    // Where nobody knows whose it is, the number alone tells.
    const Scene paper = with_upstream(scene("bought, upstream not on record"), {.number = of_goods::upstream_number});
    CHECK(recalled(paper, party_id::other_grower));
    const Scene strange = with_upstream(paper, reference_to(of_goods::upstream_number, cose::Kid{1, 2, 3}, Bytes(8)));
    CHECK(recalled(strange, party_id::other_grower));
}

TEST_CASE("adversary: a notice about a producer is one about all of his, however it names him", "[adversary][found]") {
    const std::string grower = subject_of(party_id::grower), other = subject_of(party_id::other_grower);
    const auto recalled = [](const char* name, const Json& named) { return with(scene(name), {notice_by("bureau", named)}); };
    CHECK(recalled("in order", {{"producer", grower}}).says(ReasonId::Recalled));
    CHECK(recalled("in order", {{"producers", {grower}}}).says(ReasonId::Recalled));
    CHECK(recalled("in order", {{"producer", other}, {"producers", {grower}}}).says(ReasonId::Recalled));
    CHECK_FALSE(recalled("in order", {{"producer", other}}).says(ReasonId::Recalled));
    CHECK_FALSE(recalled("in order", {{"producer", other}, {"products", {of_goods::product}}}).says(ReasonId::Recalled));
    CHECK(recalled("bought, in order", {{"producer", grower}}).says(ReasonId::UpstreamStopped));
}

TEST_CASE("adversary: an office shows the time of what is in its place", "[adversary][found]") {
    const Scene& lost = scene("signed with a key lost later");
    const Bytes certificate = sign_certificate(key_of(actor(lost.signer)), lost.certificate);
    const auto receipt = [&](std::string_view signer) { return signed_by(signer, StatementType::Receipt, {{"digests", {to_hex(crypto::sha256(certificate))}}}); };
    CHECK_FALSE(with(lost, {receipt("bureau")}).says(ReasonId::KeyCompromisedLater));
    CHECK(with(lost, {receipt("town's bureau")}).says(ReasonId::KeyCompromisedLater));
    CHECK(with(lost, {receipt("fishery bureau")}).says(ReasonId::KeyCompromisedLater));
}
