// Signing for a public log: notes (C2SP signed-note), timed signatures of logs and witnesses (tlog-cosignature), and the
// verifier keys by which others know the signer. Nothing that only reads links this.
#pragma once

#include "crypto/secret_key.hpp"
#include "tlog/checkpoint.hpp"

namespace pipa {

[[nodiscard]] note::VerifierKey verifier_key(const std::string& name, note::VerifierKey::Kind kind, const crypto::PublicKey& key);
[[nodiscard]] std::string write_verifier_key(const note::VerifierKey& key);  // "name+id+key"

// One signature line; `text` is the note's text with its last line break. A time is signed where the kind carries one.
[[nodiscard]] std::string sign_line(std::string_view text, const std::string& name, const crypto::SecretKey& key);
[[nodiscard]] std::string cosign_line(std::string_view text, const std::string& name, const crypto::SecretKey& key, UnixSeconds time);

[[nodiscard]] std::string write_checkpoint(const tlog::Checkpoint& checkpoint);  // the text to sign
// The whole note of a log: its Ed25519 signature, and the same key's with the time.
[[nodiscard]] std::string sign_checkpoint(const tlog::Checkpoint& checkpoint, const crypto::SecretKey& key, UnixSeconds time);

// A host and path without scheme, as tlog-tiles wants an origin to be, that no key name can be mistaken for.
[[nodiscard]] bool is_log_name(std::string_view name) noexcept;

}  // namespace pipa
