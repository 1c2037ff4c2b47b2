// Season, completeness of the record, balance of quantities, grades and visits.
#include <algorithm>
#include <tuple>

#include "base/heap_sort.hpp"
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

std::int64_t capped_sum(std::int64_t a, std::int64_t b) noexcept { return a > INT64_MAX - b ? INT64_MAX : a + b; }

// The statements of one type about this lot, each message once.
std::vector<const CheckedStatement*> of_lot_once(const RuleInput& input, StatementType type) {
    std::vector<const CheckedStatement*> out;
    for_each_of_lot(input, type, [&](const CheckedStatement& told) { out.push_back(&told); });
    keep_each_once(out);
    return out;
}

// Kilograms that what went into the lot was promised as; empty where one of its certificates is not here, or is counted in pieces.
std::optional<std::int64_t> bought_kg_micro(const RuleInput& input) {
    if (input.certificate.upstream.empty()) return {};
    std::int64_t sum = 0;
    for (const UpstreamReference& reference : input.certificate.upstream) {
        const auto is_it = [&](const CheckedStatement& told) { return told.stands() && is_referred_to(reference, told); };
        const auto found = std::ranges::find_if(input.dossier.statements, is_it);
        const auto kg = found == input.dossier.statements.end() ? std::nullopt : promised_kg_micro(found->statement->certificate->quantity);
        if (!kg) return {};
        sum = capped_sum(sum, *kg);
    }
    return sum;
}

// All that is promised of the lot, as far as its certificates are known here, against all that is on record as harvested, or was bought.
void look_at_balance(const RuleInput& input, Findings& reasons) {
    auto promised = promised_kg_micro(input.certificate.quantity);
    std::optional<std::int64_t> harvested;
    std::string harvest_id;
    for (const CheckedStatement* work : of_lot_once(input, StatementType::Work)) {
        const auto quantity = work->statement->integer(work_key::quantity_kg);
        if (!is_harvest_of_lot(*work->statement) || !quantity) continue;
        harvested = capped_sum(harvested.value_or(0), *quantity);
        harvest_id = work->statement->id();
    }
    const auto bought = bought_kg_micro(input);
    if (!promised || !(harvested || bought)) return;
    std::size_t certificates = 1;
    for (const CheckedStatement* other : of_lot_once(input, StatementType::Certificate)) {
        const auto theirs = promised_kg_micro(other->statement->certificate->quantity);
        if (other->statement->id() == input.certificate.number || !theirs) continue;
        promised = capped_sum(*promised, *theirs);
        ++certificates;
    }
    if (bought && *promised > *bought) {
        Reason& reason = add(reasons, ReasonId::MoreThanBought).with("promised", format_micro(*promised)).with("bought", format_micro(*bought));
        for (const UpstreamReference& reference : input.certificate.upstream) reason.because_of(reference.number);
    }
    if (!harvested) return;
    const auto say = [&](ReasonId id) -> Reason& {
        return add(reasons, id).with("promised", format_micro(*promised)).with("harvested", format_micro(*harvested)).with("count", std::to_string(certificates)).because_of(harvest_id);
    };
    if (*promised > *harvested) say(ReasonId::MoreThanHarvested);
    if (certificates > 1) say(ReasonId::SeveralCertificates);
}

// A certificate that names another day than the harvests that were signed for its lot.
void look_at_harvest_day(const RuleInput& input, Findings& reasons) {
    bool any = false;
    bool same = false;
    for_each_of_lot(input, StatementType::Work, [&](const CheckedStatement& told) {
        if (!is_harvest_of_lot(*told.statement)) return;
        any = true;
        same = same || told.statement->day(work_key::day) == input.certificate.harvest_day;
    });
    if (any && !same && input.certificate.harvest_day) add(reasons, ReasonId::HarvestContradicted).with("date", format_day(*input.certificate.harvest_day));
}

// Two statements of one signer that carry the same number and are not the same, one of which at least has to do with these goods.
void look_for_contradictions(const RuleInput& input, Findings& reasons) {
    const auto& statements = input.dossier.statements;
    std::vector<std::size_t> said;
    for (std::size_t i = 0; i < statements.size(); ++i)
        if (input.bearings[i].standing == Standing::Stands) said.push_back(i);
    const auto name_of = [&](std::size_t at) {
        const ParsedStatement& one = *statements[at].statement;
        return std::tuple{one.type(), one.statement.kid, one.id()};
    };
    heap_sort(said, {}, [&](std::size_t at) { return std::pair{name_of(at), statements[at].digest}; });
    for (std::size_t i = 1; i < said.size(); ++i) {
        if (name_of(said[i]) != name_of(said[i - 1]) || statements[said[i]].digest == statements[said[i - 1]].digest) continue;
        if (input.bearings[said[i]].relation == Relation::Other && input.bearings[said[i - 1]].relation == Relation::Other) continue;
        const std::string_view id = statements[said[i]].statement->id();
        add(reasons, ReasonId::Contradiction).with("id", id).because_of(id);
    }
}

// That a record is whole is its keeper's to say: the office's for the goods that it has a say in, and a producer's, where the registry
// names him for it, for his own.
bool is_keeper(const RuleInput& input, const CheckedStatement& manifest) {
    if (!manifest.stands() || !manifest.is(StatementType::Manifest)) return false;
    return manifest.key->role == Role::Bureau ? reaches(input, manifest.key->scope) : manifest.key->party == input.issuer.id;
}

void look_at_manifest(const RuleInput& input, Findings& reasons) {
    const CheckedDossier& dossier = input.dossier;
    if (dossier.statements.empty() && !dossier.manifest.statement) return;
    if (!is_keeper(input, dossier.manifest)) return void(add(reasons, ReasonId::ManifestDoesNotStand));
    if (!dossier.manifest.statement->lists_text(statement_key::certificates, input.certificate.number)) add(reasons, ReasonId::OtherCertificate);
    if (dossier.missing > 0) add(reasons, ReasonId::StatementsMissing).with("count", std::to_string(dossier.missing));
    const auto extra = std::ranges::count(dossier.statements, false, &CheckedStatement::in_manifest);
    if (extra > 0) add(reasons, ReasonId::NotListed).with("count", std::to_string(extra));
}

void look_at_completeness(const RuleInput& input, Findings& reasons) {
    look_at_manifest(input, reasons);
    look_for_contradictions(input, reasons);
    bool any = !input.certificate.upstream.empty() && !input.bearings.empty();
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

void look_at_grades_and_visits(const RuleInput& input, Findings& reasons) {
    const std::string issuer = subject_id(input.issuer);
    const auto is_about_issuer = [&](const CheckedStatement& told) { return told.statement->text(statement_key::producer) == issuer && reaches(input, told.key->scope); };
    const DayNumber today = day_of(input.now);
    for_each_standing(input, StatementType::Grade, [&](const CheckedStatement& told) {
        const ParsedStatement& grade = *told.statement;
        const bool current = grade.day(grade_key::from).value_or(0) <= today && today <= grade.day(grade_key::until).value_or(0);
        const bool low = grade.integer(grade_key::scale) == 1 && grade.text(grade_key::letter) >= "C";
        if (!current || !low || !is_about_issuer(told)) return;
        const LocalText scale = grade.local(grade_key::scale_name);
        add(reasons, ReasonId::LowGrade).with("letter", grade.text(grade_key::letter)).with("scale", scale.zh_hans).with("scale_en", scale.en).because_of(grade.text(statement_key::id));
    });
    std::vector<ByteView> closed;  // orders that another visit to this producer closed
    for_each_standing(input, StatementType::Patrol, [&](const CheckedStatement& told) {
        const ByteView order = told.statement->binary(patrol_key::closes);
        if (!order.empty() && told.statement->flag(patrol_key::closed) && is_about_issuer(told)) closed.push_back(order);
    });
    const auto before = [](ByteView a, ByteView b) { return std::ranges::lexicographical_compare(a, b); };
    heap_sort(closed, before);
    for_each_standing(input, StatementType::Patrol, [&](const CheckedStatement& told) {
        const ParsedStatement& visit = *told.statement;
        const bool open = visit.flag(patrol_key::order) && !visit.flag(patrol_key::closed) && !std::ranges::binary_search(closed, ByteView{told.digest}, before);
        if (!open || !is_about_issuer(told)) return;
        add(reasons, ReasonId::OrderOpen).with("date", format_day(visit.day(patrol_key::visited).value_or(0))).because_of(visit.text(statement_key::id));
    });
}

}  // namespace

void judge_season(const RuleInput& input, Findings& reasons) {
    const Season* season = season_of(input);
    if (season == nullptr || season->windows.empty()) return;
    if (!in_season(*season, day_of(input.now), season->keeps_days))
        add(reasons, ReasonId::OutOfSeason).with("date", format_day(day_of(input.now)));
    if (const auto& harvest = input.certificate.harvest_day; harvest && !in_season(*season, *harvest, 0))
        add(reasons, ReasonId::HarvestOutOfSeason).with("date", format_day(*harvest));
}

void judge_quarantine(const RuleInput& input, Findings& reasons) {
    const auto& live = input.field.live_animal_products;
    const bool is_live = input.certificate.product_code && std::ranges::find(live, *input.certificate.product_code) != live.end();
    if (is_live && input.certificate.quarantine_number.empty()) add(reasons, ReasonId::QuarantineMissing);
}

void judge_record(const RuleInput& input, Findings& reasons) {
    if (!input.has_dossier) return;
    look_at_balance(input, reasons);
    look_at_harvest_day(input, reasons);
    look_at_completeness(input, reasons);
    look_at_grades_and_visits(input, reasons);
}

}  // namespace pipa
