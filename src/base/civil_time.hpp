// Calendar days and times. Inside Pipa a day is a count of days since 1970-01-01 and a time is Unix seconds;
// this is where they become text and back. Times are shown and days are cut in the district's own time, UTC+8
// without summer time (China Standard Time). Errors: date.invalid.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace pipa {

using DayNumber = std::int32_t;    // days since 1970-01-01
using UnixSeconds = std::int64_t;  // seconds since 1970-01-01T00:00:00Z

inline constexpr UnixSeconds seconds_per_day = 86'400;
inline constexpr UnixSeconds china_offset_s = 8 * 3'600;
// Years that any date of Pipa may have; keeps every date four digits long and all arithmetic far from overflow.
inline constexpr int first_year = 2000;
inline constexpr int last_year = 2199;

[[nodiscard]] DayNumber day_of(UnixSeconds time) noexcept;  // the day in China Standard Time
[[nodiscard]] bool is_plausible_day(std::int64_t day) noexcept;
[[nodiscard]] bool is_plausible_time(std::int64_t unix_s) noexcept;

[[nodiscard]] std::string format_day(DayNumber day);        // "2026-05-22"
[[nodiscard]] std::string format_time(UnixSeconds time);    // "2026-11-20 09:30", China Standard Time
[[nodiscard]] std::string format_rfc3339(UnixSeconds time); // "2026-11-20T09:30:00+08:00"
[[nodiscard]] Result<DayNumber> parse_day(std::string_view text);  // "2026-05-22"
// "2026-11-20T09:30:00+08:00", "...Z", or a day alone, which stands for its start in China Standard Time.
[[nodiscard]] Result<UnixSeconds> parse_time(std::string_view text);

}  // namespace pipa
