#include "crypto/secret_key.hpp"

#include <sodium.h>

namespace pipa::crypto {

struct SecretKey::Memory {
    PublicKey public_key{};
    std::array<std::uint8_t, crypto_sign_ed25519_SECRETKEYBYTES> secret{};
    Memory() { sodium_mlock(secret.data(), secret.size()); }  // best effort: a low memlock limit is no reason to fail
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    ~Memory() { sodium_munlock(secret.data(), secret.size()); }  // wipes as well
};

SecretKey::SecretKey(std::unique_ptr<Memory> memory) noexcept : m_memory(std::move(memory)) {}
SecretKey::SecretKey(SecretKey&&) noexcept = default;
SecretKey& SecretKey::operator=(SecretKey&&) noexcept = default;
SecretKey::~SecretKey() = default;

Result<SecretKey> SecretKey::generate() {
    if (sodium_init() < 0) return fail(ErrorCode::CryptoUnavailable);
    auto memory = std::make_unique<Memory>();
    crypto_sign_ed25519_keypair(memory->public_key.data(), memory->secret.data());
    return SecretKey(std::move(memory));
}

Result<SecretKey> SecretKey::from_seed(ByteView seed) {
    if (sodium_init() < 0) return fail(ErrorCode::CryptoUnavailable);
    if (seed.size() != seed_size) return fail(ErrorCode::KeyBadFile);
    auto memory = std::make_unique<Memory>();
    crypto_sign_ed25519_seed_keypair(memory->public_key.data(), memory->secret.data(), seed.data());
    return SecretKey(std::move(memory));
}

const PublicKey& SecretKey::public_key() const noexcept { return m_memory->public_key; }

Signature SecretKey::sign(ByteView message) const noexcept {
    Signature signature{};
    crypto_sign_ed25519_detached(signature.data(), nullptr, message.data(), message.size(), m_memory->secret.data());
    return signature;
}

Bytes SecretKey::copy_seed() const {
    Bytes seed(seed_size);
    crypto_sign_ed25519_sk_to_seed(seed.data(), m_memory->secret.data());
    return seed;
}

namespace {

// Bounds on what a key file may ask for, so that a hostile one cannot take all memory.
constexpr std::uint64_t max_operations = 20;
constexpr std::uint64_t max_memory_bytes = std::uint64_t{1} << 30;

Result<Bytes> locking_key(const LockedSeed& locked, std::string_view passphrase) {
    Bytes key(crypto_secretbox_KEYBYTES);
    const int outcome = crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), locked.salt.data(),
                                      locked.operations, static_cast<std::size_t>(locked.memory_bytes),
                                      crypto_pwhash_ALG_ARGON2ID13);
    if (outcome != 0) return fail(ErrorCode::CryptoUnavailable);
    return key;
}

}  // namespace

Result<LockedSeed> lock_seed(ByteView seed, std::string_view passphrase) {
    if (sodium_init() < 0) return fail(ErrorCode::CryptoUnavailable);
    LockedSeed locked{.operations = crypto_pwhash_OPSLIMIT_MODERATE,
                      .memory_bytes = crypto_pwhash_MEMLIMIT_MODERATE,
                      .salt = Bytes(crypto_pwhash_SALTBYTES),
                      .nonce = Bytes(crypto_secretbox_NONCEBYTES),
                      .box = Bytes(seed.size() + crypto_secretbox_MACBYTES)};
    randombytes_buf(locked.salt.data(), locked.salt.size());
    randombytes_buf(locked.nonce.data(), locked.nonce.size());
    auto key = locking_key(locked, passphrase);
    if (!key) return std::unexpected(key.error());
    crypto_secretbox_easy(locked.box.data(), seed.data(), seed.size(), locked.nonce.data(), key->data());
    wipe(*key);
    return locked;
}

Result<Bytes> unlock_seed(const LockedSeed& locked, std::string_view passphrase) {
    if (sodium_init() < 0) return fail(ErrorCode::CryptoUnavailable);
    const bool sane = locked.salt.size() == crypto_pwhash_SALTBYTES && locked.nonce.size() == crypto_secretbox_NONCEBYTES &&
                      locked.box.size() == seed_size + crypto_secretbox_MACBYTES && locked.operations >= 1 &&
                      locked.operations <= max_operations && locked.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN &&
                      locked.memory_bytes <= max_memory_bytes;
    if (!sane) return fail(ErrorCode::KeyBadFile);
    auto key = locking_key(locked, passphrase);
    if (!key) return std::unexpected(key.error());
    Bytes seed(seed_size);
    const int outcome = crypto_secretbox_open_easy(seed.data(), locked.box.data(), locked.box.size(),
                                                   locked.nonce.data(), key->data());
    wipe(*key);
    if (outcome != 0) return fail(ErrorCode::KeyWrongPassphrase);
    return seed;
}

void wipe(Bytes& secret) noexcept { sodium_memzero(secret.data(), secret.size()); }
void wipe(std::string& secret) noexcept { sodium_memzero(secret.data(), secret.size()); }

}  // namespace pipa::crypto
