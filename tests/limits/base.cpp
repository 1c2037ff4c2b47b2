#include "base/civil_time.hpp"
#include "limits/limits.hpp"

namespace pipa::test {
namespace {

std::string day(std::string_view text) { return code_of(parse_day(text)); }

// A detail of so many bytes, as it is told again.
std::string detail_of(std::size_t size) {
    const std::string text(size, 'a');
    const Detail detail{text};
    return detail.view() == text ? "whole" : std::string{detail.view().substr(detail.view().size() - 4)};
}

}  // namespace

std::vector<Limit> limits_of_base() {
    return {
        {"base/civil_time.hpp", "first_year", [] { return day("2000-01-01"); }, "ok", [] { return day("1999-12-31"); }, "date.invalid"},
        {"base/civil_time.hpp", "last_year", [] { return day("2199-12-31"); }, "ok", [] { return day("2200-01-01"); }, "date.invalid"},
        {"base/error.hpp", "max_bytes", [] { return detail_of(246); }, "whole", [] { return detail_of(247); }, "a..."},
    };
}

}  // namespace pipa::test
