#include <sys/resource.h>

#include <algorithm>

#include "crypto/secret_key.hpp"
#include "crypto/token_signatures.hpp"
#include "limits/limits.hpp"

// The sanitizers' own memory takes more addresses than a limit on them would leave.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PIPA_SANITIZED
#endif
#endif

namespace pipa::test {
namespace {

// An item of DER (ITU-T X.690): tag, length, content.
Bytes der(std::uint8_t tag, const Bytes& content) {
    Bytes out{tag};
    if (content.size() < 0x80) {
        out.push_back(static_cast<std::uint8_t>(content.size()));
    } else {
        out.push_back(0x82);
        out.push_back(static_cast<std::uint8_t>(content.size() >> 8));
        out.push_back(static_cast<std::uint8_t>(content.size()));
    }
    out.insert(out.end(), content.begin(), content.end());
    return out;
}

Bytes joined(const Bytes& a, const Bytes& b) {
    Bytes out = a;
    out.insert(out.end(), b.begin(), b.end());
    return out;
}

// A number of so many bits, odd, with a zero byte before it where its first bit is set.
Bytes number_of(std::size_t bits) {
    Bytes bytes((bits + 7) / 8, 0x55);
    const auto top = static_cast<std::uint8_t>(1U << ((bits - 1) % 8));
    bytes.front() = top;
    bytes.back() |= 1;
    if (top == 0x80) bytes.insert(bytes.begin(), 0);
    return der(0x02, bytes);
}

// SubjectPublicKeyInfo of an RSA key (RFC 3279 section 2.3.1) whose modulus has so many bits; nobody knows its factors.
Bytes rsa_key(std::size_t bits, const Bytes& exponent) {
    const Bytes rsa_encryption = {0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};
    Bytes bit_string = der(0x30, joined(number_of(bits), exponent));
    bit_string.insert(bit_string.begin(), 0);
    return der(0x30, joined(rsa_encryption, der(0x03, bit_string)));
}

std::string checked(const Bytes& key) {
    const Bytes message = {1}, signature(256, 1);
    return crypto::verify_rsa_pss_sha256(key, message, signature) == crypto::TokenCheck::BadPublicKey ? "bad key" : "wrong signature";
}
std::string rsa_of(std::size_t bits) { return checked(rsa_key(bits, der(0x02, {1, 0, 1}))); }
// The same filled up to so many bytes by the exponent.
std::string rsa_filled_to(std::size_t bytes) {
    for (std::size_t size = 2000; size < 4000; ++size)
        if (const Bytes key = rsa_key(4096, der(0x02, Bytes(size, 1))); key.size() == bytes) return checked(key);
    return "no such key";
}

std::string unlocked(std::uint64_t operations, std::uint64_t memory_bytes) {
    const crypto::LockedSeed locked{.operations = operations, .memory_bytes = memory_bytes, .salt = Bytes(16), .nonce = Bytes(24),
        .box = Bytes(48)};
    return code_of(crypto::unlock_seed(locked, "worthless"));
}

#ifndef PIPA_SANITIZED
// The same where the system gives no more memory than a gibibyte in all, so that nothing is taken.
std::string unlocked_with_little(std::uint64_t memory_bytes) {
    rlimit before{};
    getrlimit(RLIMIT_AS, &before);
    const rlimit little{std::min<rlim_t>(before.rlim_max, rlim_t{1} << 30), before.rlim_max};
    setrlimit(RLIMIT_AS, &little);
    const std::string answer = unlocked(1, memory_bytes);
    setrlimit(RLIMIT_AS, &before);
    return answer;
}
#endif

constexpr std::uint64_t least_memory = 8192;  // that libsodium takes

}  // namespace

std::vector<Limit> limits_of_crypto() {
    return {
        {"crypto/token_signatures_openssl.cpp", "min_rsa_bits", [] { return rsa_of(2048); }, "wrong signature",
            [] { return rsa_of(2047); }, "bad key"},
        {"crypto/token_signatures_openssl.cpp", "max_rsa_bits", [] { return rsa_of(8192); }, "wrong signature",
            [] { return rsa_of(8193); }, "bad key"},
        {"crypto/token_signatures_openssl.cpp", "max_key_bytes", [] { return rsa_filled_to(4096); }, "wrong signature",
            [] { return rsa_filled_to(4097); }, "bad key"},
        {"crypto/secret_key.cpp", "max_operations", [] { return unlocked(20, least_memory); }, "key.wrong_passphrase",
            [] { return unlocked(21, least_memory); }, "key.bad_file"},
#ifndef PIPA_SANITIZED
        {"crypto/secret_key.cpp", "max_memory_bytes", [] { return unlocked_with_little(std::uint64_t{1} << 30); }, "crypto.unavailable",
            [] { return unlocked_with_little((std::uint64_t{1} << 30) + 1); }, "key.bad_file"},
#endif
        {"crypto/secret_key.cpp", "max_memory_bytes", [] { return unlocked(1, least_memory); }, "key.wrong_passphrase",
            [] { return unlocked(1, least_memory - 1); }, "key.bad_file"},
        {"crypto/secret_key.cpp", "max_operations", [] { return unlocked(1, least_memory); }, "key.wrong_passphrase",
            [] { return unlocked(0, least_memory); }, "key.bad_file"},
    };
}

}  // namespace pipa::test
