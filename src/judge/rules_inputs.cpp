// Inputs: banned substances by date of use, safety intervals (安全间隔期), withdrawal periods (休药期), degree-days.
#include <algorithm>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

constexpr std::int64_t action_use = 1;

std::vector<Argument> basic_arguments(const StoryStatement& input) {
    return {{"substance", std::string{input.text(input_key::substance)}}, {"date", format_day(input.day(input_key::used).value_or(0))}};
}

void look_for_bans(const RuleInput& input, const StoryStatement& use, std::vector<Reason>& reasons) {
    const DayNumber used = use.day(input_key::used).value_or(0);
    for (const Ban& ban : input.field.bans) {
        if (ban.substance != use.text(input_key::substance) || used < ban.use_banned_from) continue;
        if (!covers_product({}, ban.product_classes, input.certificate)) continue;
        auto arguments = basic_arguments(use);
        arguments.push_back({"since", format_day(ban.use_banned_from)});
        reasons.push_back({ReasonId::BannedSubstance, std::move(arguments), {std::string{use.text(statement_key::id)}}});
    }
    const auto& not_laying = input.field.not_in_laying_period;
    const bool eggs = input.certificate.product_code &&
                      std::ranges::find(input.field.laying_hen_products, *input.certificate.product_code) != input.field.laying_hen_products.end();
    if (eggs && std::ranges::find(not_laying, use.text(input_key::substance)) != not_laying.end())
        reasons.push_back({ReasonId::NotInLayingPeriod, basic_arguments(use), {std::string{use.text(statement_key::id)}}});
}

// The interval that this use asks for: the one on the label of what was used. Day of use is day 0.
std::optional<std::int64_t> days_needed(const StoryStatement& use) {
    for (const std::int64_t key : {input_key::interval_days, input_key::egg_discard_days, input_key::withdrawal_days})
        if (const auto days = use.integer(key)) return days;
    return {};
}

// Degree-days (度日): the sum of daily water temperatures since the use.
void look_at_degree_days(const StoryStatement& use, std::int64_t days, std::vector<Reason>& reasons) {
    const auto needed = use.integer(input_key::degree_days);
    const auto temperature = use.integer(input_key::water_temperature);
    auto arguments = basic_arguments(use);
    const std::vector<std::string> evidence = {std::string{use.text(statement_key::id)}};
    if (!temperature) {
        reasons.push_back({ReasonId::IntervalUnknown, std::move(arguments), evidence});
        return;
    }
    const std::int64_t kept_micro = days * *temperature;
    arguments.push_back({"days", std::to_string(days)});
    arguments.push_back({"temperature", format_micro(*temperature)});
    arguments.push_back({"kept", std::to_string(kept_micro / micro)});
    arguments.push_back({"needed", std::to_string(*needed)});
    const bool kept = kept_micro >= *needed * micro;
    reasons.push_back({kept ? ReasonId::DegreeDaysKept : ReasonId::DegreeDaysViolated, std::move(arguments), evidence});
}

void look_at_interval(const RuleInput& input, const StoryStatement& use, std::vector<Reason>& reasons) {
    if (use.integer(input_key::kind) == static_cast<std::int64_t>(InputKind::Fertiliser)) return;
    auto arguments = basic_arguments(use);
    const std::vector<std::string> evidence = {std::string{use.text(statement_key::id)}};
    const auto harvest = harvest_day(input);
    const auto needed = days_needed(use);
    if (!harvest || (!needed && !use.integer(input_key::degree_days))) {
        reasons.push_back({ReasonId::IntervalUnknown, std::move(arguments), evidence});
        return;
    }
    const std::int64_t kept = *harvest - use.day(input_key::used).value_or(0);
    if (kept < 0) return;  // used after this lot was harvested
    if (use.integer(input_key::degree_days)) return look_at_degree_days(use, kept, reasons);
    arguments.push_back({"kept", std::to_string(kept)});
    arguments.push_back({"needed", std::to_string(*needed)});
    reasons.push_back({kept >= *needed ? ReasonId::IntervalKept : ReasonId::IntervalViolated, std::move(arguments), evidence});
}

}  // namespace

void judge_inputs(const RuleInput& input, std::vector<Reason>& reasons) {
    for_each_standing(input, StatementType::Input, [&](const Told& told) {
        const StoryStatement& use = *told.statement;
        if (use.integer(input_key::action) != action_use || !is_about_lot(input, use)) return;
        look_for_bans(input, use, reasons);
        look_at_interval(input, use, reasons);
    });
}

}  // namespace pipa
