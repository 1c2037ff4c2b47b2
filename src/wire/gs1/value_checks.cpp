#include "wire/gs1/value_checks.hpp"

#include <algorithm>
#include <array>

#include "base/percent.hpp"
#include "wire/gs1/code_lists.hpp"

namespace pipa::gs1 {
namespace {

using View = std::string_view;

constexpr View digits = "0123456789";
// GS1 General Specifications figure 7.11-1, in the order of the values that the check character pair uses.
constexpr View invariant_set = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr View component_set = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr View base64url_set = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t min_company_digits = 4;  // the shortest GS1 Company Prefix

bool all_of(View set, View value) noexcept { return value.find_first_not_of(set) == View::npos; }

int number(View value) noexcept {
    int out = 0;
    for (const char c : value) out = out * 10 + (c - '0');
    return out;
}

bool at_most(View value, View highest) noexcept { return value <= highest; }  // of one length, so the text's order is the number's

bool company(View value) noexcept { return value.size() >= min_company_digits && all_of(digits, value.substr(0, min_company_digits)); }
bool company_second(View value) noexcept { return !value.empty() && company(value.substr(1)); }

int days_in_month(int month, int year) noexcept {
    constexpr std::array days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

bool is_date(View value, int century, int first_day) noexcept {
    const View rest = value.substr(value.size() - 4);
    const int year = century * 100 + number(value.substr(0, value.size() - 4));
    const int month = number(rest.substr(0, 2));
    const int day = number(rest.substr(2));
    return month >= 1 && month <= 12 && day >= first_day && day <= days_in_month(month, year);
}
// Two digits name a year within fifty of today's (section 7.12): the only century year in reach is 2000, a leap year.
bool date(View value) noexcept { return is_date(value, 20, 1); }
bool date_or_month(View value) noexcept { return is_date(value, 20, 0); }
bool long_date(View value) noexcept { return is_date(value, 0, 1); }

bool hour(View value) noexcept { return at_most(value, "23"); }
bool sixtieth(View value) noexcept { return at_most(value, "59"); }
bool hour_minute(View value) noexcept { return hour(value.substr(0, 2)) && sixtieth(value.substr(2)); }

bool country(View value) noexcept { return lists_code(country_numbers, value); }
bool country_or_999(View value) noexcept { return value == "999" || country(value); }
bool in_country_letters(View value) noexcept { return lists_code(country_letters, value); }
bool currency(View value) noexcept { return lists_code(currency_numbers, value); }

bool percent_encoded(View value) noexcept {
    for (std::size_t at = value.find('%'); at != View::npos; at = value.find('%', at + escape_size))
        if (!escaped_byte(value, at)) return false;
    return true;
}

bool latitude(View value) noexcept { return at_most(value, "1800000000"); }
bool longitude(View value) noexcept { return at_most(value, "3600000000"); }
bool yes_no(View value) noexcept { return all_of("01", value); }
bool hyphen(View value) noexcept { return all_of("-", value); }
bool zero(View value) noexcept { return all_of("0", value); }
bool nonzero(View value) noexcept { return !zero(value); }
bool no_leading_zero(View value) noexcept { return !value.starts_with('0'); }
bool winding(View value) noexcept { return all_of("019", value); }
bool sex(View value) noexcept { return all_of("0129", value); }  // ISO/IEC 5218
bool importer_index(View value) noexcept { return all_of(base64url_set, value); }
// ICCBBA's assigned media types and those for local use.
bool media_type(View value) noexcept { return (value >= "01" && value <= "10") || value >= "80"; }

bool piece_of_total(View value) noexcept {
    const View piece = value.substr(0, value.size() / 2);
    const View total = value.substr(value.size() / 2);
    return nonzero(piece) && nonzero(total) && piece <= total;
}

bool place_in_sequence(View value) noexcept {  // "1/3": three characters
    return value[1] == '/' && value[0] >= '1' && value[0] <= '9' && value[2] >= value[0] && value[2] <= '9';
}

// ISO 13616: country, two check digits, then 97 divides the rest's rearrangement but for 1.
bool iban(View value) noexcept {
    if (value.size() <= 10 || !in_country_letters(value.substr(0, 2))) return false;
    int rest = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[(i + 4) % value.size()];
        if (c >= '0' && c <= '9') rest = (rest * 10 + (c - '0')) % 97;
        else if (c >= 'A' && c <= 'Z') rest = (rest * 100 + (c - 'A' + 10)) % 97;
        else return false;
    }
    return rest == 1;
}

// Section 7.9.5: prime weights from the right, modulo 1021, written as two characters of a set of 32.
bool check_pair(View value) noexcept {
    constexpr View pair_set = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    constexpr std::array primes = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83};
    if (value.size() < 2 || value.size() > primes.size() + 2) return false;
    const View body = value.substr(0, value.size() - 2);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i)
        sum += invariant_set.find(body[i]) * static_cast<std::size_t>(primes[body.size() - 1 - i]);
    sum %= 1021;
    return value[body.size()] == pair_set[sum >> 5] && value.back() == pair_set[sum & 31];
}

bool some_letter(View value) noexcept { return !all_of(digits, value); }

struct NamedCheck {
    View name;
    bool (*passes)(View) noexcept;
};
constexpr std::array checks = {
    NamedCheck{"check_digit", has_check_digit}, NamedCheck{"check_pair", check_pair}, NamedCheck{"company", company},
    NamedCheck{"company_second", company_second}, NamedCheck{"country", country}, NamedCheck{"country_letters", in_country_letters},
    NamedCheck{"country_or_999", country_or_999}, NamedCheck{"currency", currency}, NamedCheck{"date", date},
    NamedCheck{"date_or_month", date_or_month}, NamedCheck{"hour", hour}, NamedCheck{"hour_minute", hour_minute},
    NamedCheck{"hyphen", hyphen}, NamedCheck{"iban", iban}, NamedCheck{"importer_index", importer_index},
    NamedCheck{"latitude", latitude}, NamedCheck{"long_date", long_date}, NamedCheck{"longitude", longitude},
    NamedCheck{"media_type", media_type}, NamedCheck{"no_leading_zero", no_leading_zero}, NamedCheck{"nonzero", nonzero},
    NamedCheck{"percent_encoded", percent_encoded}, NamedCheck{"piece_of_total", piece_of_total},
    NamedCheck{"place_in_sequence", place_in_sequence}, NamedCheck{"sex", sex}, NamedCheck{"sixtieth", sixtieth},
    NamedCheck{"some_letter", some_letter}, NamedCheck{"winding", winding}, NamedCheck{"yes_no", yes_no}, NamedCheck{"zero", zero},
};

std::optional<std::size_t> first_not_in(View set, View value) noexcept {
    const std::size_t at = value.find_first_not_of(set);
    return at == View::npos ? std::nullopt : std::optional{at};
}

std::optional<std::size_t> outside_base64url(View value) noexcept {
    const std::size_t end = value.find_last_not_of('=') + 1;  // npos + 1 is 0
    const std::size_t padding = value.size() - end;
    if (padding > 2 || (padding > 0 && value.size() % 3 != 0)) return end;
    return first_not_in(base64url_set, value.substr(0, end));
}

}  // namespace

std::optional<std::size_t> find_outside_set(char set, View value) noexcept {
    switch (set) {
        case 'N': return first_not_in(digits, value);
        case 'Y': return first_not_in(component_set, value);
        case 'Z': return outside_base64url(value);
        default: return first_not_in(invariant_set, value);
    }
}

bool is_check(View name) noexcept { return std::ranges::find(checks, name, &NamedCheck::name) != checks.end(); }

bool passes_check(View name, View value) noexcept {
    const auto found = std::ranges::find(checks, name, &NamedCheck::name);
    return found != checks.end() && found->passes(value);
}

bool is_checksum(View name) noexcept { return name == "check_digit" || name == "check_pair" || name == "iban"; }

bool has_check_digit(View value) noexcept {
    int sum = 0;
    for (std::size_t i = 0; i < value.size(); ++i) sum += (value[i] - '0') * ((value.size() - i) % 2 == 0 ? 3 : 1);
    return sum % 10 == 0;
}

}  // namespace pipa::gs1
