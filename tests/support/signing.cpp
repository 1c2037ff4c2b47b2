#include "support/signing.hpp"

#include <stdexcept>

#include "trust/pack_codec.hpp"

namespace pipa::test {

crypto::SecretKey worthless_key(std::string_view label) {
    const std::string words = "pipa test key, worthless: " + std::string{label};
    auto key = crypto::SecretKey::from_seed(crypto::sha256(as_bytes(words)));
    if (!key) throw std::runtime_error("no test key: " + to_string(key.error()));
    return std::move(*key);
}

Bytes sign_payload(const crypto::SecretKey& key, cose::StatementType type, ByteView payload) {
    const Bytes header = cose::statement_header(kid_of(key.public_key()), type);
    return cose::assemble_statement(header, payload, key.sign(cose::to_be_signed(header, {}, payload)));
}

Bytes sign_certificate(const crypto::SecretKey& key, const Certificate& certificate) {
    const auto payload = encode_certificate(certificate);
    if (!payload) throw std::runtime_error("certificate " + certificate.number + ": " + to_string(payload.error()));
    return sign_payload(key, cose::StatementType::Certificate, *payload);
}

Bytes sign_trust_pack(const crypto::SecretKey& office, const TrustPack& pack) {
    return sign_payload(office, cose::StatementType::TrustPack, encode_trust_pack(pack));
}

}  // namespace pipa::test
