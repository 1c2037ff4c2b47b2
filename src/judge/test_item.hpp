// One line of a test report, with the limit or threshold that it is held against.
#pragma once

#include "record/dossier.hpp"

namespace pipa {

struct TestItem {
    std::string_view analyte{};
    std::optional<std::int64_t> value{};            // in millionths of the unit
    std::optional<std::int64_t> limit{};            // the report's own, or the field data's; a screening's threshold
    std::optional<std::int64_t> detection_limit{};
    std::string_view limit_source{};
    std::string_view unit{};                        // "mg/kg", "µg/kg", "%"
    std::optional<ItemResult> result{};             // a word instead of a number
    bool is_screening{};                            // by a quick method: never a final answer
};

[[nodiscard]] TestItem read_test_item(const Certificate& certificate, const FieldData& field, const ParsedStatement& test, const cbor::Value& map);
// At the limit itself a residue is still within it; a screening is positive from its threshold on.
[[nodiscard]] bool is_over(const TestItem& item) noexcept;

}  // namespace pipa
