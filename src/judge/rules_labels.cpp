// Labels (三品一标): holder, product, area, validity at issue; and what an organic label asks of the record.
#include <algorithm>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

const ParsedStatement* find_label(const RuleInput& input, std::uint32_t reference) {
    const ParsedStatement* found = nullptr;
    for_each_standing(input, StatementType::Label, [&](const CheckedStatement& told) {
        if (told.statement->integer(label_key::reference) == reference) found = &*told.statement;
    });
    return found;
}

Reason& add_about(const ParsedStatement& label, Findings& reasons, ReasonId id) {
    return add(reasons, id)
        .with("number", label.text(label_key::number))
        .with("label_kind", label.choice(label_key::kind))
        .with("date", label.day(label_key::valid_until) ? format_day(*label.day(label_key::valid_until)) : std::string{})
        .because_of(label.id());
}

bool uses_drug_or_pesticide(const RuleInput& input, std::string& evidence) {
    bool found = false;
    for_each_of_lot(input, StatementType::Input, [&](const CheckedStatement& told) {
        const ParsedStatement& use = *told.statement;
        const bool chemical = use.integer(input_key::kind) != static_cast<std::int64_t>(InputKind::Fertiliser);
        if (!chemical) return;
        found = true;
        evidence = use.text(statement_key::id);
    });
    return found;
}

void judge_label(const RuleInput& input, const ParsedStatement& label, Findings& reasons) {
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
    std::string use_id;
    if (kind == LabelKind::Organic && uses_drug_or_pesticide(input, use_id)) add_about(label, reasons, ReasonId::OrganicQuestion).because_of(use_id);
}

}  // namespace

void judge_labels(const RuleInput& input, Findings& reasons) {
    for (const std::uint32_t reference : input.certificate.labels) {
        if (const ParsedStatement* label = find_label(input, reference)) judge_label(input, *label, reasons);
        else if (input.has_dossier) add(reasons, ReasonId::LabelUnknown).with("number", std::to_string(reference));
    }
}

}  // namespace pipa
