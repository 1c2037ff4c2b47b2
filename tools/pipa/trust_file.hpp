// A trust pack as a file: made from a registry and the office's key.
#pragma once

#include "crypto/secret_key.hpp"
#include "record/trust_pack.hpp"

namespace pipa {

// The signed message, opened once with the office's public key before it is handed out.
[[nodiscard]] Result<Bytes> sign_trust_pack(const TrustPack& pack, const crypto::SecretKey& office);

}  // namespace pipa
