// Secret Ed25519 keys: making, signing, and locking with a passphrase. Native tools only; nothing that reads
// certificates links this file. The seed lives in memory that is wiped when the key goes away.
// Errors: key.*, crypto.unavailable.
#pragma once

#include <memory>

#include "base/error.hpp"
#include "crypto/ed25519.hpp"

namespace pipa::crypto {

inline constexpr std::size_t seed_size = 32;

class SecretKey {
public:
    SecretKey(SecretKey&&) noexcept;
    SecretKey& operator=(SecretKey&&) noexcept;
    ~SecretKey();

    [[nodiscard]] static Result<SecretKey> generate();
    [[nodiscard]] static Result<SecretKey> from_seed(ByteView seed);  // 32 bytes, RFC 8032 section 5.1.5

    [[nodiscard]] const PublicKey& public_key() const noexcept;
    [[nodiscard]] Signature sign(ByteView message) const noexcept;
    // The seed, for writing a key file; the caller wipes its copy.
    [[nodiscard]] Bytes copy_seed() const;

private:
    struct Memory;
    explicit SecretKey(std::unique_ptr<Memory> memory) noexcept;
    std::unique_ptr<Memory> m_memory;
};

// A seed locked with a passphrase: Argon2id (RFC 9106) makes the key, XSalsa20-Poly1305 (NaCl secretbox) locks.
struct LockedSeed {
    std::uint64_t operations{};
    std::uint64_t memory_bytes{};
    Bytes salt{};
    Bytes nonce{};
    Bytes box{};
};

[[nodiscard]] Result<LockedSeed> lock_seed(ByteView seed, std::string_view passphrase);
[[nodiscard]] Result<Bytes> unlock_seed(const LockedSeed& locked, std::string_view passphrase);
void wipe(Bytes& secret) noexcept;
void wipe(std::string& secret) noexcept;

}  // namespace pipa::crypto
