// A trust pack as a file: made from a registry and the office's key.
#pragma once

#include "crypto/secret_key.hpp"
#include "record/trust_pack.hpp"

namespace pipa {

// assets/field/field.json, as this program was built with it.
[[nodiscard]] Result<FieldData> shipped_field_data();

// The signed message, opened once with the office's public key before it is handed out. A pack without field data gets
// the shipped edition, so that nobody publishes keys that rules cannot be applied with.
[[nodiscard]] Result<Bytes> sign_trust_pack(const TrustPack& pack, const crypto::SecretKey& office);

}  // namespace pipa
