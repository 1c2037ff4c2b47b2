// Where the lines of a drawing go, from signed numbers. Integers throughout, so that every machine draws the same; places in thousandths of the
// drawing's width (view.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "judge/test_item.hpp"
#include "page/view_sections.hpp"

namespace pipa {

// Where a share of a limit stands on a gauge: 0 for a thousandth of it and less, 250 for a hundredth, 500 for a tenth, 750 for the limit itself,
// 1000 for ten times as much and more. Both above 0, in the same unit.
[[nodiscard]] std::int32_t place_on_gauge(std::int64_t value, std::int64_t limit) noexcept;

// A measured value, or that nothing was detected from the detection limit on, by its limit. Empty where there is no limit to draw it by.
[[nodiscard]] std::optional<DrawingView> draw_gauge(const Catalogue& catalogue, const TestItem& item, std::int32_t row, std::string_view level);

// How much of what was needed (`kind`: "needed", an interval in days or degree-days) or allowed ("quota") there is, in
// millionths. Empty where both are 0.
[[nodiscard]] std::optional<DrawingView> draw_meter(std::string_view kind, std::int64_t amount, std::int64_t mark, std::int32_t row,
                                                    std::string_view level);

// A share of all, and the range that it may truly lie in: a dot on a line from nothing to all. Each from 0 to 1.
[[nodiscard]] DrawingView draw_rate(double share, double low, double high, std::int32_t row);

struct StepOfTime {
    DayNumber day{};
    std::string_view voucher{};
};
// The days of a lot on one line, to scale, with what is longer than `gap_days` between two of them broken; and from the last to today what
// is longer than `silence_days`. By ascending days. Empty without any.
[[nodiscard]] std::optional<DrawingView> draw_time(const Catalogue& catalogue, std::span<const StepOfTime> steps, DayNumber today,
                                                   std::int64_t gap_days, std::int64_t silence_days);

}  // namespace pipa
