// Statements from JSON: checked against their schema, signed, and read back as any device will read them.
// Errors: json.invalid, statement.* with the path of the field.
#pragma once

#include "crypto/secret_key.hpp"
#include "record/dossier.hpp"

namespace pipa {

[[nodiscard]] Result<Bytes> sign_statement(cose::StatementType type, std::string_view json, const crypto::SecretKey& key);

}  // namespace pipa
