// Labels (三品一标): holder, product, area, validity at issue; and what an organic label asks of the record.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/heap_sort.hpp"
#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

// What is said of a label by those who have a say in these goods. Who gave it may give it again, and his latest word holds; what another
// says stands beside it.
std::vector<const CheckedStatement*> find_labels(const RuleInput& input, std::uint32_t reference) {
    std::vector<const CheckedStatement*> found;
    for_each_standing(input, StatementType::Label, [&](const CheckedStatement& told) {
        if (told.statement->integer(label_key::reference) == reference && reaches(input, told.key->scope)) found.push_back(&told);
    });
    keep_each_once(found);
    const auto party_of = [](const CheckedStatement* told) { return told->key->party; };
    heap_sort(found, {}, [&](const CheckedStatement* told) { return std::pair{party_of(told), -told->statement->issued()}; });
    std::vector<const CheckedStatement*> latest;
    for (const CheckedStatement* told : found)
        if (latest.empty() || party_of(latest.back()) != party_of(told) || latest.back()->statement->issued() == told->statement->issued()) latest.push_back(told);
    return latest;
}

Reason& add_about(const ParsedStatement& label, Findings& reasons, ReasonId id) {
    return add(reasons, id)
        .with("number", label.text(label_key::number))
        .with("label_kind", label.choice(label_key::kind))
        .with("date", label.day(label_key::valid_until) ? format_day(*label.day(label_key::valid_until)) : std::string{})
        .because_of(label.id());
}

std::optional<std::string> find_drug_or_pesticide(const RuleInput& input) {
    std::optional<std::string> found;
    for_each_of_lot(input, StatementType::Input, [&](const CheckedStatement& told) {
        const bool chemical = told.statement->integer(input_key::kind) != static_cast<std::int64_t>(InputKind::Fertiliser);
        if (chemical) found = told.statement->id();
    });
    return found;
}

// `drug`: the statement of a pesticide or drug in the record; empty where there is none.
void judge_label(const RuleInput& input, const ParsedStatement& label, const std::optional<std::string>& drug, Findings& reasons) {
    const Certificate& certificate = input.certificate;
    const auto kind = static_cast<LabelKind>(label.integer(label_key::kind).value_or(1));
    const auto say = [&](ReasonId id) { add_about(label, reasons, id); };
    if (kind == LabelKind::PollutionFree) return say(ReasonId::LabelSchemeEnded);  // history, neither plus nor minus
    if (label.text(label_key::holder) != subject_id(input.issuer)) say(ReasonId::LabelOtherHolder);
    const auto areas = label.list(label_key::areas);
    const auto inside = [&](const cbor::Value& area) { return is_in_division(certificate.origin_division, area.integer().value_or(0)); };
    if (!areas.empty() && !std::ranges::any_of(areas, inside)) say(ReasonId::LabelOutsideArea);
    const auto products = label.list(label_key::products);
    const auto is_product = [&](const cbor::Value& code) {
        return certificate.product_code && code.integer() == std::int64_t{*certificate.product_code};
    };
    if (!products.empty() && !std::ranges::any_of(products, is_product)) say(ReasonId::LabelNotForProduct);
    const DayNumber issued = day_of(certificate.issued_unix_s);
    const DayNumber when = certificate.harvest_day.value_or(issued);
    const auto until = label.day(label_key::valid_until);
    if (when < label.day(label_key::valid_from).value_or(0) || (until && issued > *until)) say(ReasonId::LabelExpired);
    if (kind == LabelKind::Organic && drug) add_about(label, reasons, ReasonId::OrganicQuestion).because_of(*drug);
}

}  // namespace

void judge_labels(const RuleInput& input, Findings& reasons) {
    const std::optional<std::string> drug = find_drug_or_pesticide(input);
    for (const std::uint32_t reference : input.certificate.labels) {
        const std::vector<const CheckedStatement*> labels = find_labels(input, reference);
        for (const CheckedStatement* label : labels) judge_label(input, *label->statement, drug, reasons);
        if (labels.empty() && input.has_dossier) add(reasons, ReasonId::LabelUnknown).with("number", std::to_string(reference));
    }
}

}  // namespace pipa
