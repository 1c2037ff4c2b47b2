// Season, completeness of the record, balance of quantities, grades and visits.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

const Season* season_of(const RuleInput& input) {
    if (!input.certificate.product_code) return nullptr;
    const auto names_it = [&](const Season& season) {
        return std::ranges::find(season.products, *input.certificate.product_code) != season.products.end();
    };
    const auto found = std::ranges::find_if(input.field.seasons, names_it);
    return found == input.field.seasons.end() ? nullptr : &*found;
}

// Of numbers that are not negative; what 64 bits cannot hold stays at their end, which is more than anyone harvests.
std::int64_t capped_product(std::int64_t a, std::int64_t b) noexcept { return b != 0 && a > INT64_MAX / b ? INT64_MAX : a * b; }

// Kilograms promised, in millionths; empty where the quantity is counted in pieces.
std::optional<std::int64_t> promised_kg_micro(const Quantity& quantity) {
    const std::int64_t packs = quantity.pack == Pack::None ? 1 : quantity.packs;
    const std::int64_t amount = capped_product(quantity.amount, packs);
    switch (quantity.unit) {
        case Unit::Gram: return capped_product(amount, micro / 1000);
        case Unit::Kilogram: return capped_product(amount, micro);
        case Unit::Tonne: return capped_product(amount, 1000 * micro);
        default: return {};
    }
}

void look_at_balance(const RuleInput& input, std::vector<Reason>& reasons) {
    const auto promised = promised_kg_micro(input.certificate.quantity);
    if (!promised) return;
    for_each_standing(input, StatementType::Work, [&](const CheckedStatement& told) {
        const ParsedStatement& work = *told.statement;
        const auto harvested = work.integer(work_key::quantity_kg);
        const bool harvest = work.integer(work_key::step) == 2;
        if (!harvest || !harvested || !work.lists_text(statement_key::lots, input.certificate.lot) || *promised <= *harvested) return;
        add(reasons, ReasonId::MoreThanHarvested).with("promised", format_micro(*promised)).with("harvested", format_micro(*harvested)).because_of(work.text(statement_key::id));
    });
}

// Two statements of one signer that carry the same number and are not the same.
void look_for_contradictions(const RuleInput& input, std::vector<Reason>& reasons) {
    using Name = std::tuple<StatementType, cose::Kid, std::string_view>;
    std::map<Name, std::set<crypto::Digest>> said;
    const auto& statements = input.dossier.statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (!statements[i].stands()) continue;
        const ParsedStatement& one = *statements[i].statement;
        auto& digests = said[Name{one.type(), one.statement.kid, one.id()}];
        const bool is_another = !digests.empty() && !(digests.size() == 1 && digests.contains(statements[i].digest));
        if (is_another && input.bearings[i].standing == Standing::Stands) add(reasons, ReasonId::Contradiction).with("id", one.id()).because_of(one.id());
        digests.insert(statements[i].digest);
    }
}

void look_at_manifest(const RuleInput& input, std::vector<Reason>& reasons) {
    const CheckedDossier& dossier = input.dossier;
    if (dossier.statements.empty() && !dossier.manifest.statement) return;
    if (!dossier.manifest.stands() || !dossier.manifest.is(StatementType::Manifest)) return void(add(reasons, ReasonId::ManifestDoesNotStand));
    if (!dossier.manifest.statement->lists_text(statement_key::certificates, input.certificate.number)) add(reasons, ReasonId::OtherCertificate);
    if (dossier.missing > 0) add(reasons, ReasonId::StatementsMissing).with("count", std::to_string(dossier.missing));
    const auto extra = std::ranges::count(dossier.statements, false, &CheckedStatement::in_manifest);
    if (extra > 0) add(reasons, ReasonId::NotListed).with("count", std::to_string(extra));
}

void look_at_completeness(const RuleInput& input, std::vector<Reason>& reasons) {
    look_at_manifest(input, reasons);
    look_for_contradictions(input, reasons);
    bool any = !input.certificate.upstream.empty();
    for (std::size_t i = 0; i < input.bearings.size(); ++i) {
        const CheckedStatement& told = input.dossier.statements[i];
        const Bearing& bearings = input.bearings[i];
        if (bearings.standing != Standing::Stands) {
            const std::string id{told.statement ? told.statement->id() : std::string_view{"?"}};
            add(reasons, ReasonId::StatementDoesNotStand).with("id", id).with("standing", standing_name(bearings.standing)).because_of(id);
            continue;
        }
        const bool record = told.is(StatementType::Input) || told.is(StatementType::Test);
        any = any || (record && bearings.relation == Relation::Lot);
    }
    if (!any) add(reasons, ReasonId::RecordLimited);
}

void look_at_grades_and_visits(const RuleInput& input, std::vector<Reason>& reasons) {
    const std::string issuer = subject_id(input.issuer);
    const DayNumber today = day_of(input.now);
    for_each_standing(input, StatementType::Grade, [&](const CheckedStatement& told) {
        const ParsedStatement& grade = *told.statement;
        const bool current = grade.day(grade_key::from).value_or(0) <= today && today <= grade.day(grade_key::until).value_or(0);
        const bool low = grade.integer(grade_key::scale) == 1 && grade.text(grade_key::letter) >= "C";
        if (!current || !low || grade.text(statement_key::producer) != issuer) return;
        const LocalText scale = grade.local(grade_key::scale_name);
        add(reasons, ReasonId::LowGrade).with("letter", grade.text(grade_key::letter)).with("scale", scale.zh_hans).with("scale_en", scale.en).because_of(grade.text(statement_key::id));
    });
    for_each_standing(input, StatementType::Patrol, [&](const CheckedStatement& told) {
        const ParsedStatement& visit = *told.statement;
        const bool open = visit.flag(patrol_key::order) && !visit.flag(patrol_key::closed);
        if (!open || visit.text(statement_key::producer) != issuer) return;
        add(reasons, ReasonId::OrderOpen).with("date", format_day(visit.day(patrol_key::visited).value_or(0))).because_of(visit.text(statement_key::id));
    });
}

}  // namespace

void judge_season(const RuleInput& input, std::vector<Reason>& reasons) {
    const Season* season = season_of(input);
    if (season == nullptr || season->windows.empty()) return;
    if (!in_season(*season, day_of(input.now), season->keeps_days))
        add(reasons, ReasonId::OutOfSeason).with("date", format_day(day_of(input.now)));
    if (const auto harvest = harvest_day(input); harvest && !in_season(*season, *harvest, 0))
        add(reasons, ReasonId::HarvestOutOfSeason).with("date", format_day(*harvest));
}

void judge_quarantine(const RuleInput& input, std::vector<Reason>& reasons) {
    const auto& live = input.field.live_animal_products;
    const bool is_live = input.certificate.product_code && std::ranges::find(live, *input.certificate.product_code) != live.end();
    if (is_live && input.certificate.quarantine_number.empty()) add(reasons, ReasonId::QuarantineMissing);
}

void judge_record(const RuleInput& input, std::vector<Reason>& reasons) {
    if (!input.has_dossier) return;
    look_at_balance(input, reasons);
    look_at_completeness(input, reasons);
    look_at_grades_and_visits(input, reasons);
}

}  // namespace pipa
