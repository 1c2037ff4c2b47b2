#include "judge/field_data.hpp"

#include <algorithm>
#include <chrono>

namespace pipa {

bool in_season(const Season& season, DayNumber day, std::int64_t extra_days) noexcept {
    using namespace std::chrono;
    const auto month_day_of = [](DayNumber number) {
        const year_month_day date{sys_days{days{number}}};
        return MonthDay{static_cast<std::uint8_t>(static_cast<unsigned>(date.month())), static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
    };
    // A day is plausible when some day within the last `extra_days` lay inside a window.
    for (std::int64_t back = 0; back <= std::min<std::int64_t>(extra_days, 366); ++back) {
        const MonthDay date = month_day_of(static_cast<DayNumber>(day - back));
        for (const auto& [from, until] : season.windows) {
            const bool inside = from <= until ? date >= from && date <= until : date >= from || date <= until;
            if (inside) return true;
        }
    }
    return false;
}

bool covers_product(std::span<const std::uint32_t> products, std::span<const std::uint32_t> classes, const Certificate& certificate) noexcept {
    if (!certificate.product_code || (products.empty() && classes.empty())) return true;
    return std::ranges::find(products, *certificate.product_code) != products.end() ||
           std::ranges::find(classes, product_class_of(certificate)) != classes.end();
}

}  // namespace pipa
