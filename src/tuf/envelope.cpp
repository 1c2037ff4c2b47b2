#include "tuf/envelope.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "crypto/token_signatures.hpp"
#include "tuf/fields.hpp"
#include "tuf/limits.hpp"

namespace pipa::tuf {
namespace {

using crypto::TokenCheck;

TokenCheck verify(const Key& key, ByteView message, ByteView signature) {
    switch (key.kind) {
        case Key::Kind::Ed25519:
            return crypto::verify_ed25519(key.material, message, signature) == crypto::SignatureCheck::Valid
                       ? TokenCheck::Valid
                       : TokenCheck::Wrong;
        case Key::Kind::EcdsaP256: return crypto::verify_ecdsa_p256(key.material, message, signature);
        case Key::Kind::RsaPssSha256: return crypto::verify_rsa_pss_sha256(key.material, message, signature);
        case Key::Kind::Unknown: break;
    }
    return TokenCheck::Unsupported;
}

// Empty when the signature counts; otherwise why it does not.
std::optional<Error> refuse(const Key& key, ByteView message, ByteView signature) {
    switch (key.defect) {
        case Key::Defect::None: break;
        case Key::Defect::WrongKeyId: return Error{ErrorCode::TufWrongKeyId, {}, key.name};
        case Key::Defect::Malformed: return Error{ErrorCode::TufBadKey, {}, key.name};
        case Key::Defect::UnknownScheme: return Error{ErrorCode::TufUnsupportedKey, {}, key.name};
    }
    switch (verify(key, message, signature)) {
        case TokenCheck::Valid: return {};
        case TokenCheck::Wrong: return Error{ErrorCode::TufWrongSignature, {}, key.name};
        case TokenCheck::BadPublicKey: return Error{ErrorCode::TufBadKey, {}, key.name};
        case TokenCheck::Unsupported: return Error{ErrorCode::TufUnsupportedKey, {}, key.name};
    }
    return Error{ErrorCode::TufWrongSignature, {}, key.name};
}

}  // namespace

Result<Envelope> open_envelope(ByteView file, std::size_t max_bytes) {
    auto document = read_json(file, max_bytes);
    if (!document) return std::unexpected(document.error());
    std::optional<Error> problem;
    Fields outer(*document, "metadata", problem);
    Envelope envelope;
    for (const JsonValue& item : outer.array("signatures").items) {
        Fields fields(item, "signatures", problem);
        std::string keyid = fields.text("keyid");
        auto value = from_hex(fields.text("sig"));
        // Section 4.2.1: "The keyid MUST be unique in the 'signatures' array."
        if (std::ranges::find(envelope.signatures, keyid, &Signature::keyid) != envelope.signatures.end())
            fields.complain("keyid", ErrorCode::TufDuplicateSignature);
        if (envelope.signatures.size() >= max_signatures) outer.complain("signatures");
        if (problem) return std::unexpected(*problem);
        envelope.signatures.push_back({std::move(keyid), value ? std::move(*value) : Bytes{}});
    }
    static_cast<void>(outer.object("signed"));
    if (problem) return std::unexpected(*problem);
    const auto body = std::ranges::find(document->items, "signed", &JsonValue::name);
    envelope.body = std::move(*body);
    envelope.signed_bytes = canonical_json(envelope.body);
    return envelope;
}

Result<void> check_signatures(const Envelope& envelope, const Keys& keys, const Role& role, std::string_view name) {
    const ByteView message = as_bytes(envelope.signed_bytes);
    // Section 5.3.4: "each KEY MUST only contribute one SIGNATURE". Keys are told apart by what they are, not by their
    // ids, so that one key under two ids counts once.
    std::vector<Bytes> counted;
    std::optional<Error> why_not;
    const auto enough = [&] { return counted.size() >= role.threshold; };
    for (std::size_t i = 0; i < role.keyids.size() && !enough(); ++i) {
        const std::string& keyid = role.keyids[i];
        const auto key = keys.find(keyid);
        const auto signature = std::ranges::find(envelope.signatures, keyid, &Signature::keyid);
        if (key == keys.end() || signature == envelope.signatures.end()) continue;
        if (auto refused = refuse(key->second, message, signature->value)) {
            if (!why_not) why_not = std::move(refused);
        } else {
            if (std::ranges::find(counted, key->second.material) == counted.end()) counted.push_back(key->second.material);
        }
    }
    if (enough()) return {};
    Error error = why_not.value_or(Error{ErrorCode::TufTooFewSignatures, {}, {}});
    error.detail = std::string(name) + ": " + std::to_string(counted.size()) + " of " + std::to_string(role.threshold) +
                   (error.detail.empty() ? "" : ", " + error.detail);
    return std::unexpected(std::move(error));
}

}  // namespace pipa::tuf
