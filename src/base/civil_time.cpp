#include "base/civil_time.hpp"

#include <algorithm>
#include <chrono>

namespace pipa {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) noexcept {
    return value / by - (value % by < 0 ? 1 : 0);
}

// Reads exactly `length` digits at `at`; -1 where they are not digits.
int digits_at(std::string_view text, std::size_t at, std::size_t length) noexcept {
    if (text.size() < at + length) return -1;
    int number = 0;
    for (std::size_t i = at; i < at + length; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

// printf would bring its whole machinery into the page's wasm module for these few digits.
void append_padded(std::string& text, std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    text.append(width - std::min(width, digits.size()), '0');
    text += digits;
}

void append_clock(std::string& text, std::int64_t second, bool with_seconds) {
    append_padded(text, second / 3600, 2);
    text += ':';
    append_padded(text, second / 60 % 60, 2);
    if (!with_seconds) return;
    text += ':';
    append_padded(text, second % 60, 2);
}

}  // namespace

DayNumber day_of(UnixSeconds time) noexcept {
    return static_cast<DayNumber>(floor_divide(time + china_offset_s, seconds_per_day));
}

bool is_plausible_day(std::int64_t day) noexcept {
    constexpr auto first = sys_days{std::chrono::year{first_year} / 1 / 1}.time_since_epoch().count();
    constexpr auto last = sys_days{std::chrono::year{last_year} / 12 / 31}.time_since_epoch().count();
    return day >= first && day <= last;
}

bool is_plausible_time(std::int64_t unix_s) noexcept {
    // Neither end is plausible, and between them unix_s + offset does not overflow.
    return is_plausible_day(day_of(std::clamp<std::int64_t>(unix_s, 0, 1'000'000'000'000)));
}

std::string format_day(DayNumber day) {
    const year_month_day date{sys_days{days{day}}};
    std::string text;
    append_padded(text, static_cast<int>(date.year()), 4);
    text += '-';
    append_padded(text, static_cast<unsigned>(date.month()), 2);
    text += '-';
    append_padded(text, static_cast<unsigned>(date.day()), 2);
    return text;
}

std::string format_time(UnixSeconds time) {
    const DayNumber day = day_of(time);
    std::string text = format_day(day);
    text += ' ';
    append_clock(text, time + china_offset_s - day * seconds_per_day, false);
    return text;
}

std::string format_rfc3339(UnixSeconds time) {
    const DayNumber day = day_of(time);
    std::string text = format_day(day);
    text += 'T';
    append_clock(text, time + china_offset_s - day * seconds_per_day, true);
    text += "+08:00";
    return text;
}

Result<DayNumber> parse_day(std::string_view text) {
    const int y = digits_at(text, 0, 4);
    const int m = digits_at(text, 5, 2);
    const int d = digits_at(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || y < first_year || y > last_year || m < 0 || d < 0)
        return fail(ErrorCode::DateInvalid, {}, std::string(text.substr(0, 40)));
    const year_month_day date{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                              std::chrono::day{static_cast<unsigned>(d)}};
    if (!date.ok()) return fail(ErrorCode::DateInvalid, {}, std::string(text));
    return static_cast<DayNumber>(sys_days{date}.time_since_epoch().count());
}

Result<UnixSeconds> parse_time(std::string_view text) {
    const auto bad = [&] { return fail(ErrorCode::DateInvalid, {}, std::string(text.substr(0, 40))); };
    const auto day = parse_day(text.substr(0, 10));
    if (!day) return std::unexpected(day.error());
    const UnixSeconds midnight = *day * seconds_per_day;
    if (text.size() == 10) return midnight - china_offset_s;
    const int h = digits_at(text, 11, 2);
    const int m = digits_at(text, 14, 2);
    const int s = digits_at(text, 17, 2);
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || h < 0 || h > 23 || m < 0 || m > 59 ||
        s < 0 || s > 59)
        return bad();
    const UnixSeconds local = midnight + h * 3600 + m * 60 + s;
    const std::string_view zone = text.substr(19);
    if (zone == "Z") return local;
    const int zone_h = digits_at(zone, 1, 2);
    const int zone_m = digits_at(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || zone_h < 0 || zone_h > 14 ||
        zone_m < 0 || zone_m > 59)
        return bad();
    const UnixSeconds offset = zone_h * 3600 + zone_m * 60;
    return zone[0] == '+' ? local - offset : local + offset;
}

}  // namespace pipa
