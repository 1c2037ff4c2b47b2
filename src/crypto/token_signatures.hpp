// Signatures that hardware tokens and other people's update repositories make: ECDSA P-256 and RSA-PSS, both with
// SHA-256. Only trust/tuf asks for them, for offline root keys; certificates and statements are Ed25519 and nothing else.
//
// Natively OpenSSL's libcrypto verifies them (token_signatures_openssl.cpp, the only file that includes OpenSSL's
// headers). The browser build links token_signatures_refused.cpp instead, which answers Unsupported: a second
// cryptographic library would cost every shopper more than the whole verifier.
// Public keys are SubjectPublicKeyInfo in DER (RFC 5280 section 4.1).
#pragma once

#include "base/bytes.hpp"

namespace pipa::crypto {

enum class TokenCheck : std::uint8_t { Valid, Wrong, BadPublicKey, Unsupported };

// FIPS 186-5 section 6, curve P-256 (named, not spelled out); the signature is Ecdsa-Sig-Value in DER (RFC 3279 section 2.2.3).
[[nodiscard]] TokenCheck verify_ecdsa_p256(ByteView public_key_der, ByteView message, ByteView signature) noexcept;

// RSASSA-PSS (RFC 8017 section 8.1.2) with MGF1-SHA-256 and a salt of any length; keys of 2,048 to 8,192 bits.
[[nodiscard]] TokenCheck verify_rsa_pss_sha256(ByteView public_key_der, ByteView message, ByteView signature) noexcept;

}  // namespace pipa::crypto
