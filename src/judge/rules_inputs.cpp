// Inputs: banned substances by date of use, safety intervals (安全间隔期), withdrawal periods (休药期), degree-days.
#include <algorithm>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

constexpr std::int64_t action_use = 1;

Reason& add_about(const ParsedStatement& use, std::vector<Reason>& reasons, ReasonId id) {
    return add(reasons, id).with("substance", use.text(input_key::substance)).with("date", format_day(use.day(input_key::used).value_or(0))).because_of(use.id());
}

void look_for_bans(const RuleInput& input, const ParsedStatement& use, std::vector<Reason>& reasons) {
    const DayNumber used = use.day(input_key::used).value_or(0);
    for (const Ban& ban : input.field.bans) {
        if (ban.substance != use.text(input_key::substance) || used < ban.use_banned_from) continue;
        if (!covers_product({}, ban.product_classes, input.certificate)) continue;
        add_about(use, reasons, ReasonId::BannedSubstance).with("since", format_day(ban.use_banned_from));
    }
    const auto& not_laying = input.field.not_in_laying_period;
    const bool eggs = input.certificate.product_code &&
                      std::ranges::find(input.field.laying_hen_products, *input.certificate.product_code) != input.field.laying_hen_products.end();
    if (eggs && std::ranges::find(not_laying, use.text(input_key::substance)) != not_laying.end())
        add_about(use, reasons, ReasonId::NotInLayingPeriod);
}

// The interval that this use asks for: the one on the label of what was used. Day of use is day 0.
std::optional<std::int64_t> days_needed(const ParsedStatement& use) {
    for (const std::int64_t key : {input_key::interval_days, input_key::egg_discard_days, input_key::withdrawal_days})
        if (const auto days = use.integer(key)) return days;
    return {};
}

// Degree-days (度日): the sum of daily water temperatures since the use.
void look_at_degree_days(const ParsedStatement& use, std::int64_t days, std::vector<Reason>& reasons) {
    const auto needed = use.integer(input_key::degree_days);
    const auto temperature = use.integer(input_key::water_temperature);
    if (!temperature) return void(add_about(use, reasons, ReasonId::IntervalUnknown));
    const std::int64_t kept_micro = days * *temperature;
    const bool kept = kept_micro >= *needed * micro;
    add_about(use, reasons, kept ? ReasonId::DegreeDaysKept : ReasonId::DegreeDaysViolated)
        .with("days", std::to_string(days))
        .with("temperature", format_micro(*temperature))
        .with("kept", std::to_string(kept_micro / micro))
        .with("needed", std::to_string(*needed));
}

void look_at_interval(const RuleInput& input, const ParsedStatement& use, std::vector<Reason>& reasons) {
    if (use.integer(input_key::kind) == static_cast<std::int64_t>(InputKind::Fertiliser)) return;
    const auto harvest = harvest_day(input);
    const auto needed = days_needed(use);
    if (!harvest || (!needed && !use.integer(input_key::degree_days))) return void(add_about(use, reasons, ReasonId::IntervalUnknown));
    const std::int64_t kept = *harvest - use.day(input_key::used).value_or(0);
    if (kept < 0) return;  // used after this lot was harvested
    if (use.integer(input_key::degree_days)) return look_at_degree_days(use, kept, reasons);
    add_about(use, reasons, kept >= *needed ? ReasonId::IntervalKept : ReasonId::IntervalViolated)
        .with("kept", std::to_string(kept))
        .with("needed", std::to_string(*needed));
}

}  // namespace

void judge_inputs(const RuleInput& input, std::vector<Reason>& reasons) {
    for_each_standing(input, StatementType::Input, [&](const CheckedStatement& told) {
        const ParsedStatement& use = *told.statement;
        if (use.integer(input_key::action) != action_use || !is_about_lot(input, use)) return;
        look_for_bans(input, use, reasons);
        look_at_interval(input, use, reasons);
    });
}

}  // namespace pipa
