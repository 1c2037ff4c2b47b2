// The suite's own tables: that every role has an actor, every statement type a draft that parses, and every field values, so that what is
// new in src/record is tried as soon as it is there.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>

#include "adversary/trials.hpp"
#include "record/certificate_keys.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

TEST_CASE("adversary: every role that the registry knows has an actor", "[adversary]") {
    for (int role = 1; role <= last_role; ++role) {
        INFO(role_name(static_cast<Role>(role)));
        CHECK(std::ranges::any_of(actors(), [&](const Actor& one) { return one.registered && static_cast<int>(one.role) == role; }));
    }
    for (const Actor& one : actors()) {
        INFO(one.name);
        CHECK((make_store({}).find_key(kid_of(key_of(one).public_key())) != nullptr) == one.registered);
    }
}

TEST_CASE("adversary: every type has a draft that parses, and signers who try it", "[adversary]") {
    for (const StatementType type : story_types()) {
        INFO(name_of(type));
        for (const Scene& scene : scenes())
            for (int about = 0; about < abouts; ++about) {
                INFO(scene.name << ", " << about);
                const auto checked = check_schema(draft(scene, type, static_cast<About>(about)), *schema_of(type), 0);
                CHECK(checked.has_value());
            }
        CHECK(std::ranges::any_of(attempts(), [&](const Attempt& one) { return one.type == type; }));
    }
}

TEST_CASE("adversary: every field of every type has values, right and wrong", "[adversary]") {
    for (const StatementType type : story_types())
        for (const Place& place : places_of(*schema_of(type))) {
            INFO(name_of(type) << ": " << place.path());
            std::size_t kept = 0;
            std::size_t refused = 0;
            for (const FieldValue& one : values_of(scenes().front(), *place.field)) {
                cbor::Value payload = draft(scenes().front(), type, About::Lot);
                if (place.outer != nullptr && payload.find(place.outer->key) == nullptr) put(payload, place.outer->key, values_of(scenes().front(), *place.outer).front().value);
                put_at(payload, place, one.value);
                ++(check_schema(payload, *schema_of(type), 0) ? kept : refused);
            }
            CHECK(kept >= 1);
            CHECK(kept + refused >= 3);
            CHECK(refused >= 1);
            for (const Scene& scene : scenes()) CHECK(values_of(scene, *place.field).size() == kept + refused);
        }
}

TEST_CASE("adversary: every field of a certificate is tried", "[adversary]") {
    std::set<std::string> tried;
    for (std::size_t number = rounds_begin(); number < rounds_begin() + attempts().size(); ++number) {
        const Attempt& attempt = attempts()[number - rounds_begin()];
        if (attempt.type == StatementType::Certificate && attempt.actor->name == "grower") tried.insert(make_trial(number, 1).changes.front().path);
    }
    // What certificate.cddl has: four claims beside the promise, and the twelve fields of that.
    CHECK(tried.size() == 4 + static_cast<std::size_t>(certificate_key::gtin));
}

TEST_CASE("adversary: each scene is what its name says", "[adversary]") {
    const std::map<std::string, std::pair<Level, ReasonId>> expected = {
        {"in order", {Level::Ok, ReasonId::SignatureFits}},
        {"failed in two substances", {Level::Stop, ReasonId::TestFailed}},
        {"failed by its verdict alone", {Level::Stop, ReasonId::TestDeclaredFailed}},
        {"suspected by a screening", {Level::Caution, ReasonId::ScreeningPositive}},
        {"failed and confirmed", {Level::Stop, ReasonId::TestFailed}},
        {"failed, cleared by a lost key", {Level::Stop, ReasonId::TestFailed}},
        {"failed, cleared for another plot", {Level::Stop, ReasonId::TestFailed}},
        {"recalled", {Level::Stop, ReasonId::Recalled}},
        {"recalled in the record", {Level::Stop, ReasonId::Recalled}},
        {"withdrawn by its issuer", {Level::Stop, ReasonId::Withdrawn}},
        {"its producer suspended", {Level::Stop, ReasonId::Suspended}},
        {"withdrawn by status", {Level::Stop, ReasonId::StatusWithdrawn}},
        {"interval not kept", {Level::Stop, ReasonId::IntervalViolated}},
        {"interval not kept, no day of harvest", {Level::Stop, ReasonId::IntervalViolated}},
        {"banned substance", {Level::Stop, ReasonId::BannedSubstance}},
        {"much to look at", {Level::Caution, ReasonId::LabelExpired}},
        {"label of another holder", {Level::Stop, ReasonId::LabelOtherHolder}},
        {"label not on record", {Level::Caution, ReasonId::LabelUnknown}},
        {"signed with a key lost later", {Level::Stop, ReasonId::KeyCompromisedLater}},
        {"bought, in order", {Level::Ok, ReasonId::SignatureFits}},
        {"bought, failed upstream", {Level::Stop, ReasonId::UpstreamTestFailed}},
        {"bought, recalled upstream", {Level::Stop, ReasonId::UpstreamStopped}},
        {"bought, upstream not on record", {Level::Caution, ReasonId::UpstreamNotChecked}},
    };
    CHECK(scenes().size() == expected.size());
    for (const Scene& scene : scenes()) {
        INFO(scene.name << ": " << compared(scene.answer, scene.answer));
        CHECK(scene.answer.level == expected.at(scene.name).first);
        CHECK(rule_of(scene.answer.headline).code == rule_of(expected.at(scene.name).second).code);
    }
}
