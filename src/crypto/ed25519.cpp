#include "crypto/ed25519.hpp"

#include <sodium.h>

namespace pipa::crypto {

SignatureCheck verify_ed25519(ByteView public_key, ByteView message, ByteView signature) noexcept {
    if (public_key.size() != public_key_size) return SignatureCheck::BadPublicKey;
    if (signature.size() != signature_size) return SignatureCheck::BadSignature;
    const int outcome =
        crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(), public_key.data());
    return outcome == 0 ? SignatureCheck::Valid : SignatureCheck::Wrong;
}

std::vector<SignatureCheck> verify_ed25519_each(std::span<const SignedMessage> messages) {
    std::vector<SignatureCheck> out;
    out.reserve(messages.size());
    for (const SignedMessage& one : messages) out.push_back(verify_ed25519(one.public_key, one.message, one.signature));
    return out;
}

Digest sha256(ByteView data) noexcept {
    Digest digest{};
    crypto_hash_sha256(digest.data(), data.data(), data.size());
    return digest;
}

}  // namespace pipa::crypto
