// One line of a test report, with the limit or threshold that it is held against.
#pragma once

#include "trust/checked_dossier.hpp"

namespace pipa {

struct TestItem {
    std::string_view analyte{};                     // as the report names it
    std::string substance{};                        // the same by its first name (record/substances.hpp)
    std::optional<std::int64_t> value{};            // in millionths of the unit
    std::optional<std::int64_t> limit{};            // in the unit: the report's own, the field data's, the stricter of both; a screening's threshold
    std::optional<std::int64_t> detection_limit{};
    std::string_view limit_source{};
    std::string_view unit{};                        // "mg/kg", "µg/kg", "%"; empty where the report states none
    std::optional<ItemResult> result{};             // a word instead of a number
    bool is_screening{};                            // by a quick method: never a final answer
};

// A test is a laboratory's where a laboratory signed it, and not the producer's own; any other is a self-test, whatever it calls itself.
[[nodiscard]] bool is_self_test(const CheckedStatement& test);
// What goods a test is held against: those of a certificate, or those that nobody has named (no product code).
[[nodiscard]] TestItem read_test_item(const Certificate& certificate, const FieldData& field, const CheckedStatement& test, const cbor::Value& map);
// At the limit itself a residue is still within it; a screening is positive from its threshold on.
[[nodiscard]] bool is_over(const TestItem& item) noexcept;
// Whether what was found, or could have been, was held against a limit at all: a number has its unit and a limit is known, and what was
// not detected would have been above the limit. Of what is not comparable nothing can be said.
[[nodiscard]] bool is_comparable(const TestItem& item) noexcept;

// A value of one unit in another, rounded down; what 64 bits cannot hold stays at their end. Empty where the units do not measure the same.
// Units: "mg/kg", "µg/kg" (also "ug/kg"), "%" of mass.
[[nodiscard]] std::optional<std::int64_t> convert_unit(std::int64_t micro_value, std::string_view from, std::string_view to) noexcept;

}  // namespace pipa
