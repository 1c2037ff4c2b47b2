// Many Ed25519 signatures at once (RFC 8032), for about a fifth of what they cost one by one: sums with coefficients that nobody
// can foresee, over all of them, in one equation (Bernstein and others, High-speed high-security signatures, section 5).
// No library: libsodium has no such function. Its own group arithmetic does the work; what is here is the sum.
//
// The coefficients are hashed from all keys, messages and signatures, so that the same batch always gets the same answer.
// A batch that does not fit is checked again one by one with libsodium, so each signature gets its own answer, and a forged one
// passes with a chance of 2^-127. The answers are libsodium's but for one case: a signer who adds points of small order to
// his own R in two signatures of one batch may get both accepted (RFC 8032 section 5.1.7 allows it); in one alone, or in his key, never.
#pragma once

#include "crypto/ed25519.hpp"

namespace pipa::crypto {

// Below these a batch costs more than it saves.
inline constexpr std::size_t min_batch = 8;
inline constexpr std::size_t min_batch_of_key = 3;

struct BatchOutcome {
    std::vector<SignatureCheck> checks{};  // one answer for each, in their order; as of verify_ed25519()
    std::size_t in_equation{};             // how many the one equation answered for; the others were checked alone
};
[[nodiscard]] BatchOutcome verify_ed25519_batch(std::span<const SignedMessage> batch);

}  // namespace pipa::crypto
