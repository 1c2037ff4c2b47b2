// Inputs: banned substances by date of use, safety intervals (安全间隔期), withdrawal periods (休药期), degree-days.
#include <algorithm>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

constexpr std::int64_t action_use = 1;

Reason& add_about(const ParsedStatement& use, Findings& reasons, ReasonId id) {
    return add(reasons, id).with("substance", use.text(input_key::substance)).with("date", format_day(use.day(input_key::used).value_or(0))).because_of(use.id());
}

// What was used, by every name that substance and product are known by.
std::vector<std::string_view> substances_of(const FieldData& field, const ParsedStatement& use) {
    std::vector<std::string_view> out = field.names.all_in(use.text(input_key::substance));
    for (const std::string_view one : field.names.all_in(use.text(input_key::product)))
        if (std::ranges::find(out, one) == out.end()) out.push_back(one);
    return out;
}

void look_for_bans(const RuleInput& input, const ParsedStatement& use, std::span<const std::string_view> substances, Findings& reasons) {
    const DayNumber used = use.day(input_key::used).value_or(0);
    const auto is_used = [&](std::string_view substance) { return std::ranges::find(substances, substance) != substances.end(); };
    for (const std::string_view substance : substances)
        for (const Ban& ban : std::ranges::equal_range(input.field.bans, substance, {}, &Ban::substance))
            if (used >= ban.use_banned_from && covers_product({}, ban.product_classes, input.certificate))
                add_about(use, reasons, ReasonId::BannedSubstance).with("since", format_day(ban.use_banned_from));
    const bool eggs = covers_product(input.field.laying_hen_products, {}, input.certificate) && !input.field.laying_hen_products.empty();
    if (eggs && std::ranges::any_of(input.field.not_in_laying_period, is_used)) add_about(use, reasons, ReasonId::NotInLayingPeriod);
}

// What this use asks for: what the label of the product says, as the record has it, and never less than the field data's own.
struct Needed {
    std::optional<std::int64_t> days{};
    std::optional<std::int64_t> degree_days{};
};

void raise(std::optional<std::int64_t>& known, std::optional<std::int64_t> other) noexcept {
    if (other && (!known || *known < *other)) known = other;
}

Needed needed_for(const RuleInput& input, const ParsedStatement& use, std::span<const std::string_view> substances) {
    Needed out{.degree_days = use.integer(input_key::degree_days)};
    for (const std::int64_t key : {input_key::interval_days, input_key::egg_discard_days, input_key::withdrawal_days}) raise(out.days, use.integer(key));
    for (const std::string_view substance : substances)
        for (const SafetyInterval& row : std::ranges::equal_range(input.field.intervals, substance, {}, &SafetyInterval::substance)) {
            if (!covers_product(row.products, row.product_classes, input.certificate)) continue;
            raise(out.days, row.days);
            raise(out.degree_days, row.degree_days);
        }
    return out;
}

// Degree-days (度日): the sum of daily water temperatures since the use. No record counts for more than the field data's warmest water.
// Where no temperature or no day of harvest is known, what is too little at the warmest and on the last day possible is too little.
void look_at_degree_days(const FieldData& field, const ParsedStatement& use, std::int64_t days, bool day_is_known, std::int64_t needed, Findings& reasons) {
    const auto stated = use.integer(input_key::water_temperature);
    const auto& warmest = field.warmest_water_micro;
    if (!stated && !warmest) return void(add_about(use, reasons, ReasonId::IntervalUnknown));
    const std::int64_t temperature = stated && warmest ? std::min(*stated, *warmest) : stated ? *stated : *warmest;
    const std::int64_t kept_micro = days * temperature;
    const bool kept = kept_micro >= needed * micro;
    if (kept && !(stated && day_is_known)) return void(add_about(use, reasons, ReasonId::IntervalUnknown));
    add_about(use, reasons, kept ? ReasonId::DegreeDaysKept : ReasonId::DegreeDaysViolated)
        .with("days", std::to_string(days))
        .with("temperature", format_micro(temperature))
        .with("kept", std::to_string(kept_micro / micro))
        .with("needed", std::to_string(needed));
}

// The first harvest after the use, of all days that anybody signed for: the goods of that day are in the lot.
std::optional<DayNumber> first_harvest_since(std::span<const DayNumber> harvests, DayNumber used) {
    const auto found = std::ranges::lower_bound(harvests, used);
    return found == harvests.end() ? std::nullopt : std::optional{*found};
}

void look_at_days(const ParsedStatement& use, std::int64_t kept, bool day_is_known, std::int64_t needed, Findings& reasons) {
    const bool too_short = kept < needed;
    if (!too_short && !day_is_known) return void(add_about(use, reasons, ReasonId::IntervalUnknown));
    add_about(use, reasons, too_short ? ReasonId::IntervalViolated : ReasonId::IntervalKept).with("kept", std::to_string(kept)).with("needed", std::to_string(needed));
}

void look_at_interval(const RuleInput& input, const ParsedStatement& use, const Needed& needed, std::span<const DayNumber> harvests, Findings& reasons) {
    const bool fertiliser = use.integer(input_key::kind) == static_cast<std::int64_t>(InputKind::Fertiliser);
    if (!needed.days && !needed.degree_days) {
        if (!fertiliser) add_about(use, reasons, ReasonId::IntervalUnknown);
        return;
    }
    const DayNumber used = use.day(input_key::used).value_or(0);
    const DayNumber promised = day_of(input.certificate.issued_unix_s);
    auto harvest = first_harvest_since(harvests, used);
    // What was promised had been harvested: where no day is known, or a later one, it was not later than that of the promise. A harvest
    // before the use is the last one only where the certificate itself names it.
    if (harvest && *harvest > promised && used <= promised) harvest.reset();
    else if (!harvest && input.certificate.harvest_day) return;  // used after this lot was harvested
    const std::int64_t kept = harvest.value_or(promised) - used;
    if (kept < 0) return;
    if (needed.days) look_at_days(use, kept, harvest.has_value(), *needed.days, reasons);
    if (needed.degree_days) look_at_degree_days(input.field, use, kept, harvest.has_value(), *needed.degree_days, reasons);
}

}  // namespace

void judge_inputs(const RuleInput& input, Findings& reasons) {
    const std::vector<DayNumber> harvests = harvest_days(input);
    for_each_of_lot(input, StatementType::Input, [&](const CheckedStatement& told) {
        const ParsedStatement& use = *told.statement;
        if (use.integer(input_key::action) != action_use) return;
        const std::vector<std::string_view> substances = substances_of(input.field, use);
        look_for_bans(input, use, substances, reasons);
        look_at_interval(input, use, needed_for(input, use, substances), harvests, reasons);
    });
}

}  // namespace pipa
