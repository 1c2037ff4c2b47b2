// What each standing of a statement is called outside.
#include <string_view>

#include "trust/checked_dossier.hpp"

namespace pipa {

std::string_view standing_name(Standing standing) noexcept {
    switch (standing) {
        case Standing::Stands: return "stands";
        case Standing::Unreadable: return "unreadable";
        case Standing::UnknownKey: return "unknown_key";
        case Standing::WrongSignature: return "wrong_signature";
        case Standing::KeyNotValidThen: return "key_not_valid_then";
        case Standing::RoleMayNot: return "role_may_not";
        case Standing::NotItsOwn: return "not_its_own";
        case Standing::OutOfScope: return "out_of_scope";
        case Standing::NotYet: return "not_yet";
        case Standing::KeyLostLater: return "key_lost_later";
    }
    return {};
}

}  // namespace pipa
