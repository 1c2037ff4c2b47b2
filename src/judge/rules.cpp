#include "judge/rules.hpp"

#include <algorithm>
#include <array>

#include "base/heap_sort.hpp"

namespace pipa {
namespace {

// Statements name substances in Chinese, as the field does; readers of English get the common name beside it.
void add_english_name(const FieldData& field, Reason& reason) {
    const auto substance = std::ranges::find(reason.arguments, "substance", &Argument::name);
    const std::string_view english = substance != reason.arguments.end() ? field.english_name(substance->value) : std::string_view{};
    if (!english.empty()) reason.arguments.push_back({"substance_en", std::string{english}});
}

}  // namespace

void run_rules(const RuleInput& input, std::vector<Reason>& reasons) {
    static constexpr std::array rules = {judge_notices, judge_season, judge_quarantine, judge_tests, judge_inputs, judge_labels, judge_record, judge_upstream};
    Findings findings;
    for (const auto rule : rules) rule(input, findings);
    for (Reason& reason : findings.finish()) {
        add_english_name(input.field, reason);
        reasons.push_back(std::move(reason));
    }
}

bool reaches(const RuleInput& input, const Scope& scope) noexcept {
    const auto covers = [&](std::int64_t prefix) { return is_in_division(input.issuer.division, prefix) || is_in_division(input.certificate.origin_division, prefix); };
    if (!scope.division_prefixes.empty() && !std::ranges::any_of(scope.division_prefixes, covers)) return false;
    return !input.certificate.product_code || covers_class(scope, product_class_of(input.certificate));
}

bool is_harvest_of_lot(const ParsedStatement& work) {
    const auto step = work.integer(work_key::step);
    const bool harvest = step == static_cast<std::int64_t>(WorkStep::Harvest) || step == static_cast<std::int64_t>(WorkStep::Slaughter);
    return harvest && !(work.list(statement_key::lots).empty() && work.list(statement_key::certificates).empty());
}

std::vector<DayNumber> harvest_days(const RuleInput& input) {
    std::vector<DayNumber> days;
    if (input.certificate.harvest_day) days.push_back(*input.certificate.harvest_day);
    for_each_of_lot(input, cose::StatementType::Work, [&](const CheckedStatement& told) {
        if (is_harvest_of_lot(*told.statement)) days.push_back(told.statement->day(work_key::day).value_or(0));
    });
    heap_sort(days);
    return days;
}

}  // namespace pipa
