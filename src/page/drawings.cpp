#include "page/drawings.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "page/format.hpp"

namespace pipa {
namespace {

constexpr std::int32_t whole = 1000;
constexpr std::int32_t at_limit = 750;
constexpr std::int64_t decade = 250;

// The binary logarithm in 4096ths, rounded down, by squaring: `number` is above 0.
std::int64_t log2_in_4096ths(std::uint64_t number) noexcept {
    const int exponent = static_cast<int>(std::bit_width(number)) - 1;
    // From 1 to below 2 in units of 2^-31.
    std::uint64_t fraction = exponent >= 31 ? number >> (exponent - 31) : number << (31 - exponent);
    std::int64_t out = exponent;
    for (int bit = 0; bit < 12; ++bit) {
        fraction = (fraction * fraction) >> 31;
        const bool doubled = fraction >> 32 != 0;
        if (doubled) fraction >>= 1;
        out = out * 2 + (doubled ? 1 : 0);
    }
    return out;
}

std::int32_t share_of(std::int64_t part, std::int64_t all) noexcept {
    if (part <= 0 || all <= 0) return 0;
    if (part >= all) return whole;
    while (part > std::numeric_limits<std::int64_t>::max() / whole) part /= 2, all /= 2;
    return static_cast<std::int32_t>(part * whole / all);
}

MarkView point(std::string_view kind, std::int32_t at, std::string text = {}) { return {std::string{kind}, at, at, std::move(text), {}}; }

}  // namespace

std::int32_t place_on_gauge(std::int64_t value, std::int64_t limit) noexcept {
    constexpr std::int64_t log2_of_ten = 13606;  // in 4096ths
    const std::int64_t log2_of_share = log2_in_4096ths(static_cast<std::uint64_t>(value)) - log2_in_4096ths(static_cast<std::uint64_t>(limit));
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(at_limit + log2_of_share * decade / log2_of_ten, 0, whole));
}

std::optional<DrawingView> draw_gauge(const Catalogue& catalogue, const TestItem& item, std::int32_t row, std::string_view level) {
    if (item.is_screening || !is_comparable(item) || !item.limit || *item.limit <= 0) return {};
    const bool has_detection_limit = item.detection_limit && *item.detection_limit > 0;
    if (!item.value && !has_detection_limit) return {};
    DrawingView out{.kind = "gauge", .row = row, .level = std::string{level}};
    if (item.value && *item.value > 0) out.filled = place_on_gauge(*item.value, *item.limit);
    for (const int percent : {1, 10})
        out.marks.push_back(point("tick", at_limit - (percent == 1 ? 500 : 250),
                                  catalogue.format("drawing.percent", {{"percent", std::to_string(percent)}})));
    out.marks.push_back(point("limit", at_limit, catalogue.text("drawing.limit")));
    if (has_detection_limit) {
        const std::int32_t seen_from = place_on_gauge(*item.detection_limit, *item.limit);
        out.marks.push_back({"detection", 0, seen_from, item.value ? std::string{} : catalogue.text("drawing.detection"), {}});
    }
    return out;
}

std::optional<DrawingView> draw_meter(std::string_view kind, std::int64_t amount, std::int64_t mark, std::int32_t row,
                                      std::string_view level) {
    const std::int64_t all = std::max(amount, mark);
    if (all <= 0) return {};
    DrawingView out{.kind = "meter", .row = row, .filled = share_of(amount, all), .level = std::string{level}};
    const std::int32_t at = share_of(mark, all);
    out.marks.push_back(point(kind, at, format_micro(mark)));
    constexpr std::int32_t apart = 80;  // or their numbers would stand on each other
    out.marks.push_back(point("amount", out.filled, std::abs(at - out.filled) < apart ? std::string{} : format_micro(amount)));
    return out;
}

DrawingView draw_rate(double share, double low, double high, std::int32_t row) {
    const auto place = [](double part) { return static_cast<std::int32_t>(std::lround(part * whole)); };
    DrawingView out{.kind = "rate", .row = row, .filled = place(share)};
    out.marks.push_back({"interval", place(low), place(high), {}, {}});
    for (const int percent : {0, 50, 100}) out.marks.push_back(point("tick", percent * 10, std::to_string(percent) + " %"));
    return out;
}

std::optional<DrawingView> draw_time(const Catalogue& catalogue, std::span<const StepOfTime> steps, DayNumber today, std::int64_t gap_days,
                                     std::int64_t silence_days) {
    if (steps.empty()) return {};
    const DayNumber first = steps.front().day;
    const std::int64_t length = std::max<std::int64_t>({today - first, steps.back().day - first, 1});
    const auto place = [&](DayNumber day) { return share_of(day - first, length); };
    DrawingView out{.kind = "timeline"};
    const auto add_gap = [&](DayNumber from, DayNumber to) { out.marks.push_back({"gap", place(from), place(to), {}, {}}); };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i > 0 && steps[i].day - steps[i - 1].day > gap_days) add_gap(steps[i - 1].day, steps[i].day);
        out.marks.push_back({"event", place(steps[i].day), place(steps[i].day), {}, std::string{steps[i].voucher}});
    }
    if (today - steps.back().day > silence_days) add_gap(steps.back().day, today);
    out.filled = place(std::max(today, steps.back().day));
    out.marks.push_back(point("tick", 0, show_day(catalogue, first)));
    if (today > first)
        out.marks.push_back(point("tick", place(today), catalogue.format("drawing.today", {{"date", show_day(catalogue, today)}})));
    return out;
}

}  // namespace pipa
