// Verifying COSE_Sign1 signatures (RFC 9052 section 4.4) with a key that the caller already trusts.
#pragma once

#include "crypto/ed25519.hpp"
#include "wire/cose_sign1.hpp"

namespace pipa {

// A parsed statement of Pipa.
[[nodiscard]] crypto::SignatureCheck verify_statement(const cose::Statement& statement, ByteView public_key);

struct VerifiedSign1 {
    Bytes payload{};
    Bytes protected_bytes{};
};

// Any COSE_Sign1 message. `detached_payload` is given where the message carries none.
// Errors: cose.* and cbor.* for the message, ed25519.bad_public_key for the key, cose.wrong_signature.
[[nodiscard]] Result<VerifiedSign1> verify_sign1(ByteView message, ByteView public_key, ByteView external_aad,
                                                 std::optional<ByteView> detached_payload);

[[nodiscard]] cose::Kid kid_of(ByteView public_key) noexcept;

}  // namespace pipa
