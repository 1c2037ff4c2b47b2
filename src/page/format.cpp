#include "page/format.hpp"

#include <algorithm>
#include <array>

namespace pipa {
namespace {

std::string trimmed_number(std::string_view digits) {
    while (digits.size() > 1 && digits.starts_with('0')) digits.remove_prefix(1);
    return std::string{digits};
}

// Grams from 1000 up are shown in kilograms: 2500 g is 2.5 kg.
std::string show_amount(const Catalogue& catalogue, std::int64_t amount, Unit unit) {
    std::string number = show_count(static_cast<std::uint64_t>(amount));
    if (unit == Unit::Gram && amount >= 1000) {
        unit = Unit::Kilogram;
        number = show_count(static_cast<std::uint64_t>(amount / 1000));
        std::string fraction = std::to_string(1000 + amount % 1000).substr(1);
        while (fraction.ends_with('0')) fraction.pop_back();
        if (!fraction.empty()) number += "." + fraction;
    }
    const std::string key = "unit." + std::string{unit_name(unit)};
    const bool one = number == "1" && catalogue.has(key + ".one");
    return number + " " + catalogue.text(one ? key + ".one" : key);
}

// Arguments are for machines; a reader gets dates in their own way, words from the catalogue, and names in their language
// where the argument "<name>_en" gives one.
std::string localised(const Catalogue& catalogue, const Argument& argument, std::span<const Argument> all) {
    static constexpr std::array<std::string_view, 4> dates = {"date", "issued", "now", "since"};
    static constexpr std::array<std::string_view, 2> words = {"label_kind", "standing"};
    if (std::ranges::find(words, argument.name) != words.end()) return catalogue.text(std::string{argument.name} + "." + argument.value);
    if (std::ranges::find(dates, argument.name) != dates.end()) {
        const auto day = parse_day(std::string_view{argument.value}.substr(0, 10));
        return day ? show_day(catalogue, *day) + argument.value.substr(10) : argument.value;
    }
    if (catalogue.is_chinese()) return argument.value;
    const auto english = std::ranges::find(all, std::string{argument.name} + "_en", [](const Argument& other) { return std::string{other.name}; });
    return english == all.end() || english->value.empty() ? argument.value : english->value;
}

// "0 days ago" is today, and some languages have a word of their own for one day.
std::string age_form(const Catalogue& catalogue, const std::string& key, std::span<const Argument> arguments) {
    const auto is = [&](std::string_view days) { return std::ranges::any_of(arguments, [&](const Argument& a) { return a.name == "days" && a.value == days; }); };
    if (is("0")) return ".today";
    return is("1") && catalogue.has(key + ".one") ? ".one" : "";
}

}  // namespace

std::string show_count(std::uint64_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 5) return digits;
    for (std::size_t at = digits.size() - 3; at > 0 && at < digits.size(); at -= std::min<std::size_t>(at, 3))
        digits.insert(at, ",");
    return digits;
}

std::string show_day(const Catalogue& catalogue, DayNumber day) {
    const std::string iso = format_day(day);
    const std::string month = trimmed_number(std::string_view{iso}.substr(5, 2));
    return catalogue.format("date.day", {{"year", iso.substr(0, 4)}, {"month", catalogue.text("date.month." + month)},
                                         {"day", trimmed_number(std::string_view{iso}.substr(8, 2))}});
}

std::string show_month_day(const Catalogue& catalogue, std::string_view month_day) {
    const auto day = parse_day("2000-" + std::string{month_day});
    if (!day) return std::string{month_day};
    const std::string whole = show_day(catalogue, *day);
    // The year is the test year's; readers get what stands beside it.
    const std::size_t year = whole.find("2000");
    std::string rest = whole.substr(0, year) + whole.substr(year + 4);
    if (rest.starts_with("年")) rest.erase(0, std::string_view{"年"}.size());
    while (rest.ends_with(' ')) rest.pop_back();
    return rest;
}

std::string show_time(const Catalogue& catalogue, UnixSeconds time) {
    return show_day(catalogue, day_of(time)) + format_time(time).substr(10);
}

std::string show_quantity(const Catalogue& catalogue, const Quantity& quantity) {
    const std::string amount = show_amount(catalogue, quantity.amount, quantity.unit);
    if (quantity.pack == Pack::None) return amount;
    const std::string key = "pack." + std::string{pack_name(quantity.pack)};
    const bool one = quantity.packs == 1 && catalogue.has(key + ".one");
    return show_count(static_cast<std::uint64_t>(quantity.packs)) + " " + catalogue.text(one ? key + ".one" : key) + " × " + amount;
}

std::string show_division(const Catalogue& catalogue, const TrustStore& trust, std::int64_t code) {
    const LocalText* name = trust.division_name(code);
    if (name == nullptr) return catalogue.format("place.code_only", {{"code", std::to_string(code)}});
    return catalogue.pick(*name);
}

std::string show_product(const Catalogue& catalogue, const TrustStore& trust, const Certificate& certificate) {
    const LocalText* name = certificate.product_code ? trust.product_name(*certificate.product_code) : nullptr;
    if (!certificate.product_name.empty()) {
        // The signed words come first; the list's name helps readers of another language.
        if (name == nullptr || catalogue.is_chinese() || name->en.empty()) return certificate.product_name;
        return name->en + " (" + certificate.product_name + ")";
    }
    if (name != nullptr) return catalogue.pick(*name);
    return catalogue.format("product.code_only", {{"code", std::to_string(certificate.product_code.value_or(0))}});
}

std::string show_bases(const Catalogue& catalogue, BasisSet bases) {
    std::vector<std::string> parts;
    for (const Basis basis : all_bases)
        if (has_basis(bases, basis)) parts.push_back(catalogue.text("basis." + std::string{basis_name(basis)}));
    return join(catalogue, parts);
}

std::string show_reason(const Catalogue& catalogue, const Judgement& judgement, const Reason& reason) {
    std::string key = "reason." + std::string{rule_of(reason.id).code};
    if (reason.id == ReasonId::ForeignCode) key += "." + std::string{foreign_code_name(judgement.foreign_code)};
    std::vector<Argument> arguments = reason.arguments;
    for (Argument& argument : arguments) argument.value = localised(catalogue, argument, reason.arguments);
    if (reason.id == ReasonId::IssuedDaysAgo) key += age_form(catalogue, key, reason.arguments);
    return catalogue.format(key, arguments);
}

std::string join(const Catalogue& catalogue, std::span<const std::string> parts) {
    const std::string separator = catalogue.text("list.separator");
    std::string out;
    for (const std::string& part : parts)
        if (!part.empty()) out += (out.empty() ? "" : separator) + part;
    return out;
}

}  // namespace pipa
