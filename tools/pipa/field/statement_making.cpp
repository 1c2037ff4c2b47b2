#include "pipa/field/statement_making.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "pipa/issue/issuing.hpp"
#include "record/statement_types.hpp"

namespace pipa {

Result<void> check_may_sign(const TrustStore& trust, const crypto::SecretKey& key, cose::StatementType type, UnixSeconds now) {
    if (!trust.is_loaded()) return {};
    const auto entry = trust.find_key(kid_of(key.public_key()));
    if (entry == nullptr) return fail(ErrorCode::FieldNotAllowed, {}, "the pack does not list the key");
    if (now < entry->valid_from || (entry->valid_until && now > *entry->valid_until) || entry->compromised_since)
        return fail(ErrorCode::FieldNotAllowed, {}, "the key is not valid now");
    const auto roles = signers_of(type);
    const bool promises = type == cose::StatementType::Certificate && (entry->role == Role::Producer || entry->role == Role::Buyer);
    if (!promises && std::ranges::find(roles, entry->role) == roles.end()) return fail(ErrorCode::FieldNotAllowed, {}, std::string{role_name(entry->role)});
    const auto& types = entry->scope.types;
    if (!types.empty() && std::ranges::find(types, type) == types.end()) return fail(ErrorCode::FieldNotAllowed, {}, "out of the key's scope");
    return {};
}

std::string derived_id(std::string_view kind, DayNumber day, const nlohmann::ordered_json& payload) {
    const crypto::Digest digest = crypto::sha256(as_bytes(payload.dump()));
    return std::string{kind} + "-" + format_day(day) + "-" + to_hex(digest).substr(0, 12);
}

Result<Bytes> make_statement(const nlohmann::ordered_json& payload, cose::StatementType type, const crypto::SecretKey& key) {
    const auto value = payload_from_json(payload.dump(), *schema_of(type));
    if (!value) return std::unexpected(value.error());
    return Signer(key, type).sign(cbor::encode(*value));
}

}  // namespace pipa
