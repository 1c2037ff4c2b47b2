#include "record/trust_pack.hpp"

#include <algorithm>

namespace pipa {

bool is_delegate_name(std::string_view name) noexcept {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= max_delegate_name && std::ranges::all_of(name, fits);
}

std::string_view role_name(Role role) noexcept {
    switch (role) {
        case Role::Producer: return "producer";
        case Role::Buyer: return "buyer";
        case Role::Bureau: return "bureau";
        case Role::Laboratory: return "laboratory";
        case Role::Certifier: return "certifier";
        case Role::Inspector: return "inspector";
        case Role::Supplier: return "supplier";
        case Role::Carrier: return "carrier";
        case Role::Market: return "market";
    }
    return {};
}

std::string_view party_kind_name(PartyKind kind) noexcept {
    switch (kind) {
        case PartyKind::Enterprise: return "enterprise";
        case PartyKind::Cooperative: return "cooperative";
        case PartyKind::FamilyFarm: return "family_farm";
        case PartyKind::Household: return "household";
        case PartyKind::BuyerOrganisation: return "buyer_organisation";
        case PartyKind::BuyerPerson: return "buyer_person";
        case PartyKind::Office: return "office";
    }
    return {};
}

}  // namespace pipa
