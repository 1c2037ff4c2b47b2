#include "judge/test_item.hpp"

#include <algorithm>

#include "judge/field_data.hpp"

namespace pipa {
namespace {

constexpr std::array<std::string_view, 4> unit_names = {"mg/kg", "µg/kg", "%", "%"};

struct MassUnit {
    std::string_view name;
    std::int64_t micrograms_per_kg;
};
constexpr std::array mass_units = {MassUnit{"mg/kg", 1000}, MassUnit{"µg/kg", 1}, MassUnit{"ug/kg", 1}, MassUnit{"μg/kg", 1}, MassUnit{"%", 10'000'000}};

std::optional<std::int64_t> integer_of(const cbor::Value& map, std::int64_t key) {
    const cbor::Value* value = map.find(key);
    return value == nullptr ? std::nullopt : value->integer();
}

struct FieldLimit {
    std::optional<std::int64_t> value{};
    bool confirmed{};
};

// The lowest of the rows that say most: those that name the product, or else its class. Goods without a product code may be any.
FieldLimit limit_from_field(const Certificate& certificate, const FieldData& field, const TestItem& item) {
    FieldLimit of_product;
    FieldLimit of_class;
    for (const ResidueLimit& row : std::ranges::equal_range(field.limits, item.substance, {}, &ResidueLimit::analyte)) {
        if (!covers_product(row.products, row.product_classes, certificate)) continue;
        const auto value = convert_unit(row.micro_value, row.unit, item.unit);
        FieldLimit& known = certificate.product_code && !row.products.empty() ? of_product : of_class;
        if (value && (!known.value || *value < *known.value)) known = {value, !row.source.demo};
    }
    return of_product.value ? of_product : of_class;
}

std::optional<std::int64_t> screening_threshold(const FieldData& field, std::string_view method) {
    const auto found = std::ranges::find(field.screenings, method, &Screening::method);
    if (found == field.screenings.end()) return {};
    return found->positive_from_micro;
}

// A self-test's limit is the field data's. A laboratory states its own, which no confirmed row of the field data is above.
std::optional<std::int64_t> limit_of(const Certificate& certificate, const FieldData& field, const TestItem& item, bool self_test) {
    const FieldLimit known = limit_from_field(certificate, field, item);
    if (!known.value || !item.limit) return known.value ? known.value : item.limit;
    if (self_test) return known.value;
    return known.confirmed ? std::min(*known.value, *item.limit) : item.limit;
}

}  // namespace

std::optional<std::int64_t> convert_unit(std::int64_t micro_value, std::string_view from, std::string_view to) noexcept {
    const auto* one = std::ranges::find(mass_units, from, &MassUnit::name);
    const auto* other = std::ranges::find(mass_units, to, &MassUnit::name);
    if (one == mass_units.end() || other == mass_units.end()) return {};
    if (one->micrograms_per_kg < other->micrograms_per_kg) return micro_value / (other->micrograms_per_kg / one->micrograms_per_kg);
    const std::int64_t times = one->micrograms_per_kg / other->micrograms_per_kg;
    return micro_value > INT64_MAX / times ? INT64_MAX : micro_value * times;
}

bool is_self_test(const CheckedStatement& test) {
    if (test.key == nullptr || test.key->role != Role::Laboratory) return true;
    return test.party != nullptr && test.statement && is_subject(*test.party, test.statement->text(statement_key::producer));
}

TestItem read_test_item(const Certificate& certificate, const FieldData& field, const CheckedStatement& test, const cbor::Value& map) {
    TestItem item;
    item.analyte = map.find(test_item_key::analyte)->text();
    item.substance = field.names.canonical(item.analyte);
    item.value = integer_of(map, test_item_key::value);
    item.limit = integer_of(map, test_item_key::limit);
    item.detection_limit = integer_of(map, test_item_key::detection_limit);
    if (const cbor::Value* source = map.find(test_item_key::limit_source)) item.limit_source = source->text();
    const auto unit = integer_of(map, test_item_key::unit);
    if (unit) item.unit = unit_names[static_cast<std::size_t>(*unit - 1)];
    if (const auto result = integer_of(map, test_item_key::result)) item.result = static_cast<ItemResult>(*result);
    // 'Not detected' is a laboratory's word; 'negative' and 'positive' are a strip's.
    const bool strip = item.result && item.result != ItemResult::NotDetected;
    const bool inhibition = unit == static_cast<std::int64_t>(ItemUnit::PercentInhibition);
    item.is_screening = inhibition || (strip && !item.value);
    if (inhibition) item.limit = screening_threshold(field, test.statement->text(test_key::method));
    else if (unit) item.limit = limit_of(certificate, field, item, is_self_test(test));
    return item;
}

bool is_over(const TestItem& item) noexcept {
    if (item.result == ItemResult::Positive) return true;
    if (!item.value || !item.limit) return false;
    return item.is_screening ? *item.value >= *item.limit : *item.value > *item.limit;
}

bool is_comparable(const TestItem& item) noexcept {
    if (item.value) return !item.unit.empty() && item.limit.has_value();
    if (item.result != ItemResult::NotDetected) return item.result.has_value();
    // What must not be there at all is compared with nothing but what the method can see.
    if (!item.limit || *item.limit == 0) return true;
    return item.detection_limit.value_or(0) <= *item.limit;
}

}  // namespace pipa
