#include "trust/cose_verify.hpp"

#include <algorithm>

namespace pipa {

using crypto::SignatureCheck;

SignatureCheck verify_statement(const cose::Statement& statement, ByteView public_key) {
    const Bytes message = cose::to_be_signed(statement.protected_bytes, {}, statement.payload);
    return crypto::verify_ed25519(public_key, message, statement.signature);
}

Result<VerifiedSign1> verify_sign1(ByteView message, ByteView public_key, ByteView external_aad,
                                   std::optional<ByteView> detached_payload) {
    auto parsed = cose::parse_sign1(message);
    if (!parsed) return std::unexpected(parsed.error());
    if (parsed->payload && detached_payload) return fail(ErrorCode::CosePayloadTwice);
    if (!parsed->payload && !detached_payload) return fail(ErrorCode::CoseNoPayload);
    VerifiedSign1 out{.payload = parsed->payload ? std::move(*parsed->payload) : to_bytes(*detached_payload),
                      .protected_bytes = std::move(parsed->protected_bytes)};
    const Bytes signed_bytes = cose::to_be_signed(out.protected_bytes, external_aad, out.payload);
    switch (crypto::verify_ed25519(public_key, signed_bytes, parsed->signature)) {
        case SignatureCheck::Valid: return out;
        case SignatureCheck::Wrong: return fail(ErrorCode::CoseWrongSignature);
        case SignatureCheck::BadPublicKey: return fail(ErrorCode::Ed25519BadPublicKey);
        case SignatureCheck::BadSignature: return fail(ErrorCode::CoseBadSignature);
    }
    return fail(ErrorCode::CoseWrongSignature);
}

cose::Kid kid_of(ByteView public_key) noexcept {
    const crypto::Digest digest = crypto::sha256(public_key);
    cose::Kid kid{};
    std::copy_n(digest.begin(), kid.size(), kid.begin());
    return kid;
}

}  // namespace pipa
