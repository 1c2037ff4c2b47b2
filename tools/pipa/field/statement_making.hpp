// Making a statement from JSON and a key: the payload checked against its schema, and whether the trust pack lets this key
// say it, before anything is signed. Errors: statement.*, json.invalid, field.not_allowed.
#pragma once

#include <nlohmann/json.hpp>

#include "crypto/secret_key.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

// Whose key this is, when it may sign statements of the type at that time. With a store that trusts nobody: nothing is asked.
[[nodiscard]] Result<void> check_may_sign(const TrustStore& trust, const crypto::SecretKey& key, cose::StatementType type, UnixSeconds now);

// The id of a statement that has none: the same content gets the same id, so that doing a thing twice makes one statement.
[[nodiscard]] std::string derived_id(std::string_view kind, DayNumber day, const nlohmann::ordered_json& payload);

[[nodiscard]] Result<Bytes> make_statement(const nlohmann::ordered_json& payload, cose::StatementType type, const crypto::SecretKey& key);

}  // namespace pipa
