#include "wire/gs1/application_identifiers.hpp"

#include <algorithm>
#include <array>

#include "wire/gs1/value_checks.hpp"

namespace pipa::gs1 {
namespace {

using enum Use;
constexpr const char* NoKey = nullptr;

constexpr std::array identifiers = {
#define PIPA_GS1_AI(first, last, use, format, qualifiers) ApplicationIdentifier{first, last, use, format, qualifiers},
#include "wire/gs1/application_identifiers.def"
#undef PIPA_GS1_AI
};

std::string_view take_until(std::string_view& text, char end) noexcept {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return part;
}

std::size_t to_number(std::string_view digits) noexcept {
    std::size_t number = 0;
    for (const char c : digits) number = number * 10 + static_cast<std::size_t>(c - '0');
    return number;
}

// "?N..12:company" taken apart.
struct Component {
    bool optional{};
    char characters{};
    std::size_t min{};
    std::size_t max{};
    std::string_view checks{};
};

Component parse_component(std::string_view text) noexcept {
    Component out;
    if (text.starts_with('?')) {
        out.optional = true;
        text.remove_prefix(1);
    }
    std::string_view shape = take_until(text, ':');
    out.characters = shape.front();
    shape.remove_prefix(1);
    const bool varies = shape.starts_with("..");
    out.max = to_number(varies ? shape.substr(2) : shape);
    out.min = varies ? 1 : out.max;
    out.checks = text;
    return out;
}

Result<void> check_component(const Component& component, std::string_view part, std::size_t offset) {
    if (const auto wrong = find_outside_set(component.characters, part)) return fail(ErrorCode::Gs1BadValue, offset + *wrong);
    std::string_view checks = component.checks;
    while (!checks.empty()) {
        const std::string_view name = take_until(checks, ':');
        if (!passes_check(name, part)) return fail(is_checksum(name) ? ErrorCode::Gs1WrongCheck : ErrorCode::Gs1BadValue, offset);
    }
    return {};
}

}  // namespace

const ApplicationIdentifier* find_identifier(std::string_view number) noexcept {
    const auto holds = [&](const ApplicationIdentifier& row) {
        return row.first.size() == number.size() && row.first <= number && number <= row.last;
    };
    const bool digits = !number.empty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    const auto found = digits ? std::ranges::find_if(identifiers, holds) : identifiers.end();
    return found == identifiers.end() ? nullptr : &*found;
}

Result<void> check_value(const ApplicationIdentifier& identifier, std::string_view value) {
    std::string_view format = identifier.format;
    std::size_t at = 0;
    while (!format.empty()) {
        const Component component = parse_component(take_until(format, ' '));
        if (at == value.size() && component.optional) return {};
        const std::string_view part = value.substr(at, component.max);
        if (part.size() < component.min) return fail(ErrorCode::Gs1BadLength, value.size());
        if (auto ok = check_component(component, part, at); !ok) return ok;
        at += part.size();
    }
    if (at != value.size()) return fail(ErrorCode::Gs1BadLength, at);
    return {};
}

}  // namespace pipa::gs1
