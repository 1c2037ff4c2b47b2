// Ed25519 (RFC 8032) and SHA-256 (FIPS 180-4), through libsodium. src/crypto is the only place that includes sodium.h.
// Verification is libsodium's: S below the group order, canonical encodings, no points of small order.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "base/bytes.hpp"

namespace pipa::crypto {

inline constexpr std::size_t public_key_size = 32;
inline constexpr std::size_t signature_size = 64;
using PublicKey = std::array<std::uint8_t, public_key_size>;
using Signature = std::array<std::uint8_t, signature_size>;
using Digest = std::array<std::uint8_t, 32>;

// An outcome, not an error: a wrong signature is an answer.
enum class SignatureCheck : std::uint8_t { Valid, Wrong, BadPublicKey, BadSignature };

[[nodiscard]] SignatureCheck verify_ed25519(ByteView public_key, ByteView message, ByteView signature) noexcept;

[[nodiscard]] Digest sha256(ByteView data) noexcept;

}  // namespace pipa::crypto
