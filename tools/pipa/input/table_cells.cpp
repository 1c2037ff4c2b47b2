#include "pipa/input/table_cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "base/civil_time.hpp"
#include "base/utf8.hpp"

namespace pipa {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) noexcept { return !text.empty() && std::ranges::all_of(text, is_digit); }

// Blanks, and what has neither width nor ink.
bool is_nothing(char32_t point) noexcept {
    return is_blank(point) || point == 0x00A0 || point == 0x3000 || point == 0xFEFF || point == 0x00AD || (point >= 0x2000 && point <= 0x200F) || point == 0x202F || point == 0x205F || point == 0x2060;
}

char32_t point_at(std::string_view text, std::size_t at, std::size_t length) {
    const auto points = code_points_of(text.substr(at, length));
    return points.empty() ? U'\0' : points.front();
}

bool is_private_use(char32_t point) noexcept { return (point >= 0xE000 && point <= 0xF8FF) || (point >= 0xF0000 && point <= 0x10FFFD); }

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::optional<std::string> checked_day(int year, int month, int day) {
    if (year < 1900 || year > 9999) return {};
    const std::string text = std::to_string(year) + "-" + two(month) + "-" + two(day);
    return parse_day(text) ? std::optional{text} : std::nullopt;
}

// The numbers of a day between the separators that one writes days with, the same one twice or 年月日.
std::optional<std::string> written_day(std::string_view text) {
    if (text.size() == 8 && all_digits(text)) return checked_day(std::stoi(std::string{text.substr(0, 4)}), std::stoi(std::string{text.substr(4, 2)}), std::stoi(std::string{text.substr(6)}));
    std::array<int, 3> numbers{};
    std::array<std::string_view, 3> behind{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::size_t first = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        const std::size_t digits = at - first;
        if (digits == 0 || digits > (i == 0 ? 4U : 2U) || (i == 0 && digits != 4)) return {};
        numbers[i] = std::stoi(std::string{text.substr(first, digits)});
        const std::size_t mark = at;
        while (at < text.size() && !is_digit(text[at])) ++at;
        behind[i] = clean_cell(text.substr(mark, at - mark));
    }
    if (at != text.size()) return {};
    const bool chinese = behind[0] == "年" && behind[1] == "月" && (behind[2] == "日" || behind[2].empty());
    const bool plain = behind[0] == behind[1] && behind[2].empty() && (behind[0] == "-" || behind[0] == "/" || behind[0] == ".");
    return chinese || plain ? checked_day(numbers[0], numbers[1], numbers[2]) : std::nullopt;
}

// Excel counts days since the end of 1899; 2000 to 2099 are meant.
constexpr double first_serial = 36'526, last_serial = 73'050;
constexpr DayNumber excel_epoch = -25'569;

struct Serial {
    std::string day{};
    int minutes{};
};
std::optional<Serial> excel_serial(std::string_view text) {
    const std::size_t point = text.find('.');
    if (text.substr(0, point).size() != 5 || !all_digits(text.substr(0, point)) || (point != std::string_view::npos && !all_digits(text.substr(point + 1)))) return {};
    double number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{} || number < first_serial || number >= last_serial) return {};
    const double whole = std::floor(number);
    const auto minutes = static_cast<int>(std::lround((number - whole) * 1440));
    if (minutes == 1440) return {};
    return Serial{format_day(static_cast<DayNumber>(whole) + excel_epoch), minutes};
}

// "9:30", "09:30:00", "上午9:30" is not.
std::optional<std::string> clock_of(std::string_view text) {
    std::string clock{text};
    if (clock.find(':') == 1) clock.insert(0, "0");
    if (clock.size() == 5) clock += ":00";
    if (clock.size() > 8 && clock[8] == '.' && clock.find_first_not_of("0", 9) == std::string::npos) clock.resize(8);
    const bool shaped = clock.size() == 8 && clock[2] == ':' && clock[5] == ':' && all_digits(clock.substr(0, 2)) && all_digits(clock.substr(3, 2)) && all_digits(clock.substr(6));
    return shaped ? std::optional{clock} : std::nullopt;
}

struct Parts {
    std::string day{};
    std::string clock{};  // empty: none
};
// A day, and a time of day behind a blank or a T.
std::optional<Parts> parts_of(std::string_view cell) {
    const std::string text = narrow_cell(clean_cell(cell));
    if (const auto serial = excel_serial(text))
        return Parts{serial->day, serial->minutes == 0 ? std::string{} : two(serial->minutes / 60) + ":" + two(serial->minutes % 60) + ":00"};
    if (const auto day = written_day(text)) return Parts{*day, {}};
    const std::size_t at = text.find_first_of(" T");
    if (at == std::string::npos) return {};
    const auto day = written_day(clean_cell(std::string_view{text}.substr(0, at)));
    const auto clock = clock_of(clean_cell(std::string_view{text}.substr(at + 1)));
    if (!day || !clock) return {};
    return Parts{*day, *clock};
}

// A comma only before exactly three digits.
bool drop_commas(std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ',') {
            out += text[i];
            continue;
        }
        std::size_t digits = 0;
        while (i + 1 + digits < text.size() && is_digit(text[i + 1 + digits])) ++digits;
        if (digits != 3 || i == 0 || !is_digit(text[i - 1])) return false;
    }
    text = std::move(out);
    return true;
}

constexpr std::string_view jin = "斤";

// "500斤" -> "250 kg"; "3斤" -> "1.5 kg".
std::optional<std::string> without_jin(const std::string& amount) {
    std::string_view text = amount;
    if (!text.ends_with(jin) || text.ends_with("公斤")) return amount;
    text.remove_suffix(jin.size());
    if (text.ends_with("市")) text.remove_suffix(std::string_view{"市"}.size());
    text = clean_cell(text);
    if (!all_digits(text) || text.size() > 9) return {};
    const long number = std::stol(std::string{text});
    return std::to_string(number / 2) + (number % 2 == 0 ? "" : ".5") + " kg";
}

// Letters of units in lower case; KG, Kg.
void lower(std::string& text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

}  // namespace

std::string_view clean_cell(std::string_view cell) noexcept {
    while (!cell.empty()) {
        const std::size_t length = std::max<std::size_t>(utf8_sequence(cell, 0), 1);
        if (!is_nothing(point_at(cell, 0, length)) && cell.front() != '\t') break;
        cell.remove_prefix(length);
    }
    while (!cell.empty()) {
        std::size_t first = cell.size() - 1;
        while (first > 0 && (static_cast<unsigned char>(cell[first]) & 0xC0U) == 0x80U) --first;
        if (!is_nothing(point_at(cell, first, cell.size() - first)) && cell[first] != '\t') break;
        cell.remove_suffix(cell.size() - first);
    }
    return cell;
}

std::string narrow_cell(std::string_view cell) {
    std::string out;
    for (std::size_t at = 0; at < cell.size();) {
        const std::size_t length = std::max<std::size_t>(utf8_sequence(cell, at), 1);
        const char32_t point = length == 3 ? point_at(cell, at, length) : U'\0';
        if (point >= 0xFF01 && point <= 0xFF5E) out += static_cast<char>(point - 0xFF01 + '!');
        else if (point == 0x3000) out += ' ';
        else out += cell.substr(at, length);
        at += length;
    }
    return out;
}

std::string private_use_in(std::string_view cell) {
    for (std::size_t at = 0; at < cell.size();) {
        const std::size_t length = std::max<std::size_t>(utf8_sequence(cell, at), 1);
        if (const char32_t point = length >= 3 ? point_at(cell, at, length) : U'\0'; is_private_use(point)) {
            std::array<char, 16> text{};
            std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(point));
            return text.data();
        }
        at += length;
    }
    return {};
}

std::optional<std::string> day_of_cell(std::string_view cell) {
    const auto parts = parts_of(cell);
    if (!parts || (!parts->clock.empty() && parts->clock != "00:00:00")) return {};
    return parts->day;
}

std::optional<std::string> time_of_cell(std::string_view cell) {
    if (const std::string text = narrow_cell(clean_cell(cell)); text.find('T') != std::string::npos && parse_time(text)) return text;
    const auto parts = parts_of(cell);
    if (!parts) return {};
    const std::string out = parts->clock.empty() ? parts->day : parts->day + "T" + parts->clock + "+08:00";
    return parse_time(out) ? std::optional{out} : std::nullopt;
}

std::optional<std::string> quantity_of_cell(std::string_view cell) {
    std::string text = narrow_cell(clean_cell(cell));
    lower(text);
    if (!drop_commas(text)) return {};
    // The cross of '120 box x 2.5 kg', however it is typed.
    std::size_t cross = std::string::npos, length = 1;
    for (const std::string_view mark : {std::string_view{"×"}, std::string_view{"*"}, std::string_view{" x "}, std::string_view{"x"}}) {
        cross = text.find(mark);
        length = mark.size();
        // 'box' has an x too: one that is typed without blanks stands before a digit.
        if (mark == "x")
            while (cross != std::string::npos && (cross + 1 >= text.size() || !is_digit(text[cross + 1]))) cross = text.find('x', cross + 1);
        if (cross != std::string::npos) break;
    }
    const std::string packs = cross == std::string::npos ? std::string{} : std::string{clean_cell(std::string_view{text}.substr(0, cross))};
    const auto amount = without_jin(std::string{clean_cell(std::string_view{text}.substr(cross == std::string::npos ? 0 : cross + length))});
    if (!amount) return {};
    return packs.empty() ? *amount : packs + " x " + *amount;
}

}  // namespace pipa
