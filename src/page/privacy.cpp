#include "page/privacy.hpp"

#include <algorithm>

namespace pipa {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// Length of the UTF-8 sequence that starts with this byte; the text was checked when the pack was read.
std::size_t sequence_length(char lead) noexcept {
    const auto byte = static_cast<unsigned char>(lead);
    return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

}  // namespace

bool is_natural_person(PartyKind kind) noexcept {
    return kind == PartyKind::Household || kind == PartyKind::BuyerPerson;
}

std::string mask_contact(std::string_view contact) {
    const auto total = static_cast<std::size_t>(std::ranges::count_if(contact, is_digit));
    const std::size_t last = total >= 11 ? 4 : 2;
    std::string out;
    std::size_t seen = 0;
    for (const char c : contact) {
        const bool hidden = is_digit(c) && seen >= 3 && seen + last < total;
        if (is_digit(c)) ++seen;
        out += hidden ? '*' : c;
    }
    return out;
}

std::string mask_name(std::string_view name) {
    if (name.empty() || name.find('*') != std::string_view::npos) return std::string{name};
    std::size_t at = std::min(sequence_length(name.front()), name.size());
    std::string out{name.substr(0, at)};
    while (at < name.size()) {
        out += '*';
        at += sequence_length(name[at]);
    }
    return out;
}

}  // namespace pipa
