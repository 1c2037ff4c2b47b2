// Key files: small JSON, readable by their owner only.
//
//   {"pipa_key": 1, "kid": hex, "public_key": hex, "seed": hex}                                       or, locked,
//   {"pipa_key": 1, "kid": hex, "public_key": hex, "locked": {"kdf": "argon2id", "operations": n,
//    "memory_bytes": n, "salt": hex, "nonce": hex, "box": hex}}
//
// Errors: file.*, key.*, crypto.unavailable.
#pragma once

#include <filesystem>

#include "host/atomic_file.hpp"
#include "pipa/registry/passphrase.hpp"
#include "trust/cose_verify.hpp"

namespace pipa {

struct PublicKeyFacts {  // what may be shown
    crypto::PublicKey public_key{};
    cose::Kid kid{};
    bool locked{};
};

[[nodiscard]] Result<void> save_key(const std::filesystem::path& path, const crypto::SecretKey& key,
                                    const std::optional<Passphrase>& passphrase, IfExists if_exists);
[[nodiscard]] Result<crypto::SecretKey> load_key(const std::filesystem::path& path, const PassphraseSource& source);
[[nodiscard]] Result<PublicKeyFacts> show_key(const std::filesystem::path& path);

// A public key as 64 hexadecimal digits, or a file with those, or a key file.
[[nodiscard]] Result<crypto::PublicKey> public_key_of(const std::string& hex_or_path);

}  // namespace pipa
