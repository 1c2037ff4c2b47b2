#include "adversary/entitlements.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "judge/field_data.hpp"

namespace pipa::test {
namespace {

using cose::StatementType;

constexpr int all = std::numeric_limits<int>::max();

bool is_bought(const Scene& scene) { return !scene.certificate.upstream.empty(); }

// The producers whose word counts for these goods: their issuer, and who grew what went into them.
bool names_producer(const Trial& trial, std::string_view subject) {
    return subject == subject_of(trial.scene->issuer()) || (is_bought(*trial.scene) && subject == subject_of(party_id::grower));
}

bool names_goods(const Trial& trial) {
    const bool bought = is_bought(*trial.scene);
    return trial.lists(statement_key::lots, of_goods::lot) || trial.lists(statement_key::certificates, of_goods::number) ||
           (bought && (trial.lists(statement_key::lots, of_goods::upstream_lot) || trial.lists(statement_key::certificates, of_goods::upstream_number)));
}

bool names_some_goods(const Trial& trial) { return trial.has(statement_key::lots) || trial.has(statement_key::certificates); }

bool speaks_of_other_lots(const Trial& trial) {
    if (!names_producer(trial, trial.text(statement_key::producer))) return true;
    return names_some_goods(trial) && !names_goods(trial);
}

// Of the producers that it names in one way or another, or of whoever fits the rest.
bool notice_names(const Trial& trial, std::string_view subject) {
    const bool any = trial.has(statement_key::producer) || trial.has(notice_key::producers);
    return !any || trial.text(statement_key::producer) == subject || trial.lists(notice_key::producers, subject);
}

bool notice_is_about(const Trial& trial, std::uint32_t producer, const char* lot, const char* number) {
    const bool goods = trial.lists(statement_key::lots, lot) || trial.lists(statement_key::certificates, number);
    return notice_names(trial, subject_of(producer)) && (goods || !names_some_goods(trial));
}

bool is_about_upstream(const Trial& trial) { return is_bought(*trial.scene) && notice_is_about(trial, party_id::grower, of_goods::upstream_lot, of_goods::upstream_number); }

bool notice_speaks_of_others(const Trial& trial) {
    const bool about_anything = names_some_goods(trial) || trial.has(statement_key::producer) || trial.has(notice_key::producers) || trial.has(notice_key::products);
    return !about_anything || !(is_about_upstream(trial) || notice_is_about(trial, trial.scene->issuer(), of_goods::lot, of_goods::number));
}

// Lots and numbers of one producer do not pass to another, though both may be somebody in this scene; and what went into goods is the very
// certificate that they refer to, which nobody signs a second time.
bool certificate_speaks_of_others(const Trial& trial) {
    return trial.actor->party != trial.scene->issuer() && !(is_bought(*trial.scene) && trial.actor->party == party_id::grower);
}

// The law's and this project's conditions of a recheck that clears one substance, as the registry's README has them.
bool is_in_order(const Trial& trial, std::string_view substance, std::int64_t limit_micro) {
    const auto& names = adversary_pack().field_data.names;
    bool any = false;
    const cbor::Value* items = trial.payload.find(test_key::items);
    for (const cbor::Value& item : items == nullptr ? std::vector<cbor::Value>{} : items->items) {
        const auto number = [&](std::int64_t key) { return item.find(key) == nullptr ? std::nullopt : item.find(key)->integer(); };
        const cbor::Value* analyte = item.find(test_item_key::analyte);
        if (analyte == nullptr || names.canonical(analyte->text()) != names.canonical(substance)) continue;
        const auto unit = number(test_item_key::unit);
        const auto result = number(test_item_key::result);
        const std::int64_t times = unit == 1 ? 1 : unit == 2 ? 1000 : unit == 4 ? 0 : -1;  // of the limit in mg/kg
        if (times < 0) return false;
        const auto value = result == 3 && !number(test_item_key::value) ? number(test_item_key::detection_limit) : number(test_item_key::value);
        if (result == 2 || !value) return false;
        if (times == 0 ? *value > limit_micro / 10'000 : *value > limit_micro * times) return false;
        any = true;
    }
    return any;
}

int substances_cleared(const Trial& trial) {
    const Scene& scene = *trial.scene;
    const Actor& actor = *trial.actor;
    const auto first = scene.digests.find("T1");
    const cbor::Value* named = trial.payload.find(test_key::recheck_of);
    const bool another = actor.rechecks || actor.party != party_id::laboratory;
    const bool own = actor.party == scene.issuer() || actor.party == party_id::grower;
    if (actor.role != Role::Laboratory || actor.elsewhere || own || !another || first == scene.digests.end() || named == nullptr) return 0;
    const bool names_first = std::ranges::equal(named->bytes, first->second);
    const bool later = trial.issued() > at("2026-11-13T08:00:00+08:00") && trial.integer(test_key::reported).value_or(0) >= on("2026-11-13");
    const bool passed = trial.integer(test_key::verdict) == static_cast<std::int64_t>(TestVerdict::Pass);
    if (!names_first || !later || !passed || speaks_of_others(trial) || !names_goods(trial)) return 0;
    const bool screened = scene.name == "suspected by a screening";
    if (screened) return is_in_order(trial, "有机磷 12 项", micro) ? 1 : 0;
    return static_cast<int>(is_in_order(trial, "毒死蜱", 50'000)) + static_cast<int>(is_in_order(trial, "克百威", 20'000));
}

bool is_office(const Actor& actor) { return actor.role == Role::Bureau && !actor.elsewhere && !actor.lost; }

bool is_about_record(const Trial& trial) {
    return (trial.type == StatementType::Input || trial.type == StatementType::Test) && trial.text(statement_key::producer) == subject_of(trial.scene->issuer());
}

bool is_own_harvest(const Trial& trial) {
    return trial.type == StatementType::Work && trial.actor->is_producer() && (trial.actor->party == trial.scene->issuer() || trial.actor->party == party_id::grower);
}

}  // namespace

bool speaks_of_others(const Trial& trial) {
    // What a bureau says of a certificate that these goods were made from counts wherever that bureau sits: the goods may come from there.
    if (trial.type == StatementType::Notice && trial.actor->role == Role::Bureau && trial.lists(statement_key::certificates, of_goods::upstream_number) && is_about_upstream(trial)) return false;
    // The scope of his key leaves these goods out, so whatever he says is not about them.
    if (trial.actor->elsewhere) return true;
    switch (trial.type) {
        case StatementType::Certificate: return certificate_speaks_of_others(trial);
        case StatementType::Test:
        case StatementType::Input:
        case StatementType::Work: return speaks_of_other_lots(trial);
        case StatementType::Patrol:
        case StatementType::Grade: return !names_producer(trial, trial.text(statement_key::producer));
        case StatementType::Notice: return notice_speaks_of_others(trial);
        case StatementType::Label: {
            const auto reference = trial.integer(label_key::reference);
            return std::ranges::none_of(trial.scene->certificate.labels, [&](std::uint32_t label) { return reference == std::int64_t{label}; });
        }
        case StatementType::Receipt: return false;  // of whatever it lists
        // A card, a variety, figures and a manifest that is a statement among others say nothing for or against goods. Nor may a type that
        // is new here, until it is written down.
        default: return true;
    }
}

bool has_same_number(const Trial& trial) {
    const std::string number = trial.certificate ? trial.certificate->number : std::string{trial.text(statement_key::id)};
    return trial.scene->digests.contains(number);
}

bool is_after_end(const Trial& trial) {
    const Actor& actor = *trial.actor;
    return !actor.registered || actor.lost.has_value() || (actor.ends && trial.issued() > *actor.ends);
}

int may_silence(const Trial& trial, ReasonId reason) {
    const Actor& actor = *trial.actor;
    if (is_after_end(trial) || speaks_of_others(trial)) return 0;
    switch (reason) {
        case ReasonId::TestFailed:
        case ReasonId::ScreeningPositive: return trial.type == StatementType::Test ? substances_cleared(trial) : trial.type == StatementType::Receipt && is_office(actor) ? all : 0;
        case ReasonId::TestDeclaredFailed: return trial.type == StatementType::Test && substances_cleared(trial) > 0 ? all : 0;
        // The record is there where somebody has written something down about the goods.
        case ReasonId::RecordLimited: return is_about_record(trial) ? all : 0;
        // A producer's word on his own harvest against his own.
        case ReasonId::MoreThanHarvested:
        case ReasonId::HarvestContradicted:
        case ReasonId::IntervalUnknown: return is_own_harvest(trial) ? all : 0;
        case ReasonId::LabelUnknown: return trial.type == StatementType::Label ? all : 0;
        // Who gave a label may give it again.
        case ReasonId::LabelExpired:
        case ReasonId::LabelNotForProduct:
        case ReasonId::LabelOtherHolder: return trial.type == StatementType::Label && actor.party == party_id::certifier ? all : 0;
        case ReasonId::OrderOpen: return trial.type == StatementType::Patrol ? all : 0;
        case ReasonId::UpstreamTestFailed: return trial.type == StatementType::Test && substances_cleared(trial) > 0 ? all : 0;
        case ReasonId::KeyCompromisedLater:
        case ReasonId::StatementDoesNotStand: return trial.type == StatementType::Receipt && is_office(actor) ? all : 0;
        default: return 0;
    }
}

}  // namespace pipa::test
