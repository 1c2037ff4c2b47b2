// Signed statements for tests. The keys are made from their labels and are worth nothing: anyone can make them.
#pragma once

#include "crypto/secret_key.hpp"
#include "record/trust_pack.hpp"

namespace pipa::test {

// TEST KEY: its seed is SHA-256 of "pipa test key, worthless: <label>".
[[nodiscard]] crypto::SecretKey worthless_key(std::string_view label);

[[nodiscard]] Bytes sign_payload(const crypto::SecretKey& key, cose::StatementType type, ByteView payload);
// Throws std::runtime_error where the certificate cannot be encoded.
[[nodiscard]] Bytes sign_certificate(const crypto::SecretKey& key, const Certificate& certificate);
[[nodiscard]] Bytes sign_trust_pack(const crypto::SecretKey& office, const TrustPack& pack);

}  // namespace pipa::test
