#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <cstddef>
#include <memory>
#include <string_view>

#include "crypto/token_signatures.hpp"

namespace pipa::crypto {
namespace {

constexpr int min_rsa_bits = 2048;  // TUF specification section 4.2.2: "All RSA keys MUST be at least 2048 bits."
constexpr int max_rsa_bits = 8192;  // a key of a million bits would keep a kiosk busy for minutes
constexpr std::size_t max_key_bytes = 4096;

struct Free {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free>;

Key read_key(ByteView der) noexcept {
    if (der.size() > max_key_bytes) return nullptr;
    const unsigned char* at = der.data();
    Key key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    const bool whole = key != nullptr && at == der.data() + der.size();
    if (!whole) key.reset();
    return key;
}

bool is_p256(const EVP_PKEY& key) noexcept {
    char group[32] = {};
    return EVP_PKEY_is_a(&key, "EC") == 1 && EVP_PKEY_get_group_name(&key, group, sizeof group, nullptr) == 1 &&
           std::string_view{group} == "prime256v1";
}

bool is_acceptable_rsa(const EVP_PKEY& key) noexcept {
    const int bits = EVP_PKEY_get_bits(&key);
    return EVP_PKEY_is_a(&key, "RSA") == 1 && bits >= min_rsa_bits && bits <= max_rsa_bits;
}

bool set_pss(EVP_PKEY_CTX* context) noexcept {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_AUTO) == 1;
}

TokenCheck verify(EVP_PKEY& key, bool pss, ByteView message, ByteView signature) noexcept {
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* padding = nullptr;  // belongs to context
    const bool ready = context != nullptr &&
                       EVP_DigestVerifyInit(context.get(), &padding, EVP_sha256(), nullptr, &key) == 1 &&
                       (!pss || set_pss(padding));
    const bool valid = ready && EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                                                 message.size()) == 1;
    ERR_clear_error();  // a wrong signature is an answer; it must not surface in somebody's TLS connection
    return valid ? TokenCheck::Valid : TokenCheck::Wrong;
}

TokenCheck bad_key() noexcept {
    ERR_clear_error();
    return TokenCheck::BadPublicKey;
}

}  // namespace

TokenCheck verify_ecdsa_p256(ByteView public_key_der, ByteView message, ByteView signature) noexcept {
    const Key key = read_key(public_key_der);
    if (key == nullptr || !is_p256(*key)) return bad_key();
    return verify(*key, false, message, signature);
}

TokenCheck verify_rsa_pss_sha256(ByteView public_key_der, ByteView message, ByteView signature) noexcept {
    const Key key = read_key(public_key_der);
    if (key == nullptr || !is_acceptable_rsa(*key)) return bad_key();
    return verify(*key, true, message, signature);
}

}  // namespace pipa::crypto
