// Tests: limits, screening thresholds, rechecks. A quick test is a screening; only another method clears it.
#include <algorithm>

#include "judge/rules.hpp"

namespace pipa {
namespace {

using cose::StatementType;

struct Item {
    std::string_view analyte{};
    std::optional<std::int64_t> value{};
    std::optional<std::int64_t> limit{};
    std::string_view unit{};
    bool is_screening{};
    bool is_positive{};  // without a number: the strip says so
};

constexpr std::int64_t unit_percent_inhibition = 3;
constexpr std::array<std::string_view, 3> unit_names = {"mg/kg", "µg/kg", "%"};

std::optional<std::int64_t> integer_of(const cbor::Value& map, std::int64_t key) {
    const cbor::Value* value = map.find(key);
    return value == nullptr ? std::nullopt : value->integer();
}

std::optional<std::int64_t> limit_from_field(const RuleInput& input, std::string_view analyte, std::string_view unit) {
    for (const ResidueLimit& limit : input.field.limits)
        if (limit.analyte == analyte && limit.unit == unit && covers_product(limit.products, limit.product_classes, input.certificate))
            return limit.micro_value;
    return {};
}

std::optional<std::int64_t> screening_threshold(const RuleInput& input, std::string_view method) {
    const auto found = std::ranges::find(input.field.screenings, method, &Screening::method);
    if (found == input.field.screenings.end()) return {};
    return found->positive_from_micro;
}

Item read_item(const RuleInput& input, const StoryStatement& test, const cbor::Value& map) {
    Item item;
    item.analyte = map.find(test_item_key::analyte)->text();
    item.value = integer_of(map, test_item_key::value);
    item.limit = integer_of(map, test_item_key::limit);
    const auto unit = integer_of(map, test_item_key::unit);
    if (unit) item.unit = unit_names[static_cast<std::size_t>(*unit - 1)];
    const auto result = integer_of(map, test_item_key::result);
    item.is_positive = result == static_cast<std::int64_t>(ItemResult::Positive);
    // 'Not detected' is a laboratory's word; 'negative' and 'positive' are a strip's.
    const bool strip = result && result != static_cast<std::int64_t>(ItemResult::NotDetected);
    item.is_screening = unit == unit_percent_inhibition || (strip && !item.value);
    if (unit == unit_percent_inhibition) item.limit = screening_threshold(input, test.text(test_key::method));
    else if (!item.limit && unit) item.limit = limit_from_field(input, item.analyte, item.unit);
    return item;
}

// At the limit itself a residue is still within it; a screening is positive from its threshold on.
bool is_over(const Item& item) noexcept {
    if (!item.value || !item.limit) return item.is_positive;
    return item.is_screening ? *item.value >= *item.limit : *item.value > *item.limit;
}

enum class Outcome : std::uint8_t { Open, Confirmed, Cleared };

// The last word on a test: a standing recheck by another method. A screening never clears anything.
Outcome outcome_of(const RuleInput& input, const Told& test, std::string& recheck_id) {
    Outcome outcome = Outcome::Open;
    const std::string_view id = test.statement->text(statement_key::id);
    for_each_standing(input, StatementType::Test, [&](const Told& told) {
        const StoryStatement& recheck = *told.statement;
        if (recheck.text(test_key::recheck_of) != id || told.key->role != Role::Laboratory) return;
        bool screening = false;
        bool over = recheck.integer(test_key::verdict) != static_cast<std::int64_t>(TestVerdict::Pass);
        for (const cbor::Value& map : recheck.list(test_key::items)) {
            const Item item = read_item(input, recheck, map);
            screening = screening || item.is_screening;
            over = over || is_over(item);
        }
        if (screening) return;
        outcome = over ? Outcome::Confirmed : outcome == Outcome::Confirmed ? outcome : Outcome::Cleared;
        recheck_id = recheck.text(statement_key::id);
    });
    return outcome;
}

std::vector<Argument> arguments_of(const StoryStatement& test, const Item& item) {
    return {{"substance", std::string{item.analyte}},
            {"value", item.value ? format_micro(*item.value) : std::string{}},
            {"limit", item.limit ? format_micro(*item.limit) : std::string{}},
            {"unit", std::string{item.unit}},
            {"method", std::string{test.text(test_key::method)}},
            {"date", format_day(test.day(test_key::reported).value_or(0))}};
}

void judge_test(const RuleInput& input, const Told& told, std::vector<Reason>& reasons) {
    const StoryStatement& test = *told.statement;
    const std::string id{test.text(statement_key::id)};
    const auto verdict = static_cast<TestVerdict>(test.integer(test_key::verdict).value_or(1));
    std::string recheck_id;
    const Outcome outcome = outcome_of(input, told, recheck_id);
    bool any_over = false;
    for (const cbor::Value& map : test.list(test_key::items)) {
        const Item item = read_item(input, test, map);
        const bool said_so = verdict == TestVerdict::Fail && test.list(test_key::items).size() == 1;
        if (!is_over(item) && !said_so && !(item.is_screening && verdict == TestVerdict::ScreenPositive)) continue;
        any_over = true;
        const auto arguments = arguments_of(test, item);
        if (outcome == Outcome::Cleared) {
            reasons.push_back({ReasonId::RecheckCleared, arguments, {id, recheck_id}});
            continue;
        }
        const ReasonId reason = item.is_screening && verdict != TestVerdict::Fail ? ReasonId::ScreeningPositive : ReasonId::TestFailed;
        reasons.push_back({reason, arguments, {id}});
        if (outcome == Outcome::Confirmed) reasons.push_back({ReasonId::RecheckConfirmed, arguments, {id, recheck_id}});
    }
    const bool contradicts = (any_over && verdict == TestVerdict::Pass) || (!any_over && verdict == TestVerdict::Fail);
    if (contradicts) reasons.push_back({ReasonId::TestContradiction, {{"method", std::string{test.text(test_key::method)}}}, {id}});
}

}  // namespace

void judge_tests(const RuleInput& input, std::vector<Reason>& reasons) {
    for_each_standing(input, StatementType::Test, [&](const Told& told) {
        // A recheck speaks through the test that it rechecks.
        if (told.statement->text(test_key::recheck_of).empty() && is_about_lot(input, *told.statement)) judge_test(input, told, reasons);
    });
}

}  // namespace pipa
