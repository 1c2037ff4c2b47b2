// Tests: limits, screening thresholds, rechecks. A quick test is a screening; only another method clears it.
#include <algorithm>

#include "judge/rules.hpp"
#include "judge/test_item.hpp"

namespace pipa {
namespace {

using cose::StatementType;

constexpr std::int64_t unit_percent_inhibition = 3;
constexpr std::array<std::string_view, 3> unit_names = {"mg/kg", "µg/kg", "%"};

std::optional<std::int64_t> integer_of(const cbor::Value& map, std::int64_t key) {
    const cbor::Value* value = map.find(key);
    return value == nullptr ? std::nullopt : value->integer();
}

std::optional<std::int64_t> limit_from_field(const Certificate& certificate, const FieldData& field, std::string_view analyte, std::string_view unit) {
    for (const ResidueLimit& limit : field.limits)
        if (limit.analyte == analyte && limit.unit == unit && covers_product(limit.products, limit.product_classes, certificate)) return limit.micro_value;
    return {};
}

std::optional<std::int64_t> screening_threshold(const FieldData& field, std::string_view method) {
    const auto found = std::ranges::find(field.screenings, method, &Screening::method);
    if (found == field.screenings.end()) return {};
    return found->positive_from_micro;
}

TestItem read_item(const RuleInput& input, const ParsedStatement& test, const cbor::Value& map) {
    return read_test_item(input.certificate, input.field, test, map);
}

enum class Outcome : std::uint8_t { Open, Confirmed, Cleared };

// The last word on a test: a standing recheck by another method. A screening never clears anything.
Outcome outcome_of(const RuleInput& input, const CheckedStatement& test, std::span<const CheckedStatement* const> rechecks, std::string& recheck_id) {
    Outcome outcome = Outcome::Open;
    const std::string_view id = test.statement->text(statement_key::id);
    for (const CheckedStatement* told : rechecks) {
        const ParsedStatement& recheck = *told->statement;
        if (recheck.text(test_key::recheck_of) != id || told->key->role != Role::Laboratory) continue;
        bool screening = false;
        bool over = recheck.integer(test_key::verdict) != static_cast<std::int64_t>(TestVerdict::Pass);
        for (const cbor::Value& map : recheck.list(test_key::items)) {
            const TestItem item = read_item(input, recheck, map);
            screening = screening || item.is_screening;
            over = over || is_over(item);
        }
        if (screening) continue;
        outcome = over ? Outcome::Confirmed : outcome == Outcome::Confirmed ? outcome : Outcome::Cleared;
        recheck_id = recheck.text(statement_key::id);
    }
    return outcome;
}

Reason& add_about(const ParsedStatement& test, const TestItem& item, std::vector<Reason>& reasons, ReasonId id) {
    return add(reasons, id)
        .with("substance", item.analyte)
        .with("value", item.value ? format_micro(*item.value) : std::string{})
        .with("limit", item.limit ? format_micro(*item.limit) : std::string{})
        .with("unit", item.unit)
        .with("method", test.text(test_key::method))
        .with("date", format_day(test.day(test_key::reported).value_or(0)))
        .because_of(test.id());
}

void judge_test(const RuleInput& input, const CheckedStatement& told, std::span<const CheckedStatement* const> rechecks, std::vector<Reason>& reasons) {
    const ParsedStatement& test = *told.statement;
    const auto verdict = static_cast<TestVerdict>(test.integer(test_key::verdict).value_or(1));
    std::string recheck_id;
    const Outcome outcome = outcome_of(input, told, rechecks, recheck_id);
    bool any_over = false;
    for (const cbor::Value& map : test.list(test_key::items)) {
        const TestItem item = read_item(input, test, map);
        const bool said_so = verdict == TestVerdict::Fail && test.list(test_key::items).size() == 1;
        if (!is_over(item) && !said_so && !(item.is_screening && verdict == TestVerdict::ScreenPositive)) continue;
        any_over = true;
        if (outcome == Outcome::Cleared) {
            add_about(test, item, reasons, ReasonId::RecheckCleared).because_of(recheck_id);
            continue;
        }
        const ReasonId reason = item.is_screening && verdict != TestVerdict::Fail ? ReasonId::ScreeningPositive : ReasonId::TestFailed;
        add_about(test, item, reasons, reason);
        if (outcome == Outcome::Confirmed) add_about(test, item, reasons, ReasonId::RecheckConfirmed).because_of(recheck_id);
    }
    const bool contradicts = (any_over && verdict == TestVerdict::Pass) || (!any_over && verdict == TestVerdict::Fail);
    if (contradicts) add(reasons, ReasonId::TestContradiction).with("method", test.text(test_key::method)).because_of(test.id());
}

}  // namespace

TestItem read_test_item(const Certificate& certificate, const FieldData& field, const ParsedStatement& test, const cbor::Value& map) {
    TestItem item;
    item.analyte = map.find(test_item_key::analyte)->text();
    item.value = integer_of(map, test_item_key::value);
    item.limit = integer_of(map, test_item_key::limit);
    item.detection_limit = integer_of(map, test_item_key::detection_limit);
    if (const cbor::Value* source = map.find(test_item_key::limit_source)) item.limit_source = source->text();
    const auto unit = integer_of(map, test_item_key::unit);
    if (unit) item.unit = unit_names[static_cast<std::size_t>(*unit - 1)];
    if (const auto result = integer_of(map, test_item_key::result)) item.result = static_cast<ItemResult>(*result);
    // 'Not detected' is a laboratory's word; 'negative' and 'positive' are a strip's.
    const bool strip = item.result && item.result != ItemResult::NotDetected;
    item.is_screening = unit == unit_percent_inhibition || (strip && !item.value);
    if (unit == unit_percent_inhibition) item.limit = screening_threshold(field, test.text(test_key::method));
    else if (!item.limit && unit) item.limit = limit_from_field(certificate, field, item.analyte, item.unit);
    return item;
}

bool is_over(const TestItem& item) noexcept {
    if (!item.value || !item.limit) return item.result == ItemResult::Positive;
    return item.is_screening ? *item.value >= *item.limit : *item.value > *item.limit;
}

void judge_tests(const RuleInput& input, std::vector<Reason>& reasons) {
    std::vector<const CheckedStatement*> rechecks;
    for_each_standing(input, StatementType::Test, [&](const CheckedStatement& told) {
        if (!told.statement->text(test_key::recheck_of).empty()) rechecks.push_back(&told);
    });
    for_each_standing(input, StatementType::Test, [&](const CheckedStatement& told) {
        // A recheck speaks through the test that it rechecks.
        if (told.statement->text(test_key::recheck_of).empty() && is_about_lot(input, *told.statement)) judge_test(input, told, rechecks, reasons);
    });
}

}  // namespace pipa
