// Signed notes (C2SP signed-note v1.0.0): a text that ends in a line of signatures, for checkpoints of a public log.
//
//     example.com/log                                    text
//     2
//     3H4EgIXwh1YfU4IGBlK6uMdkqfFtFIyBfDh1RRWO2Vs=
//                                                        an empty line
//     — example.com/log Uw2QOkn8srV1yJGh2VYRlL1T...      em dash, key name, Base64 of key id (4 bytes) and signature
//
// Kinds of key: Ed25519 (0x01), and time-stamped Ed25519 cosignatures of witnesses (0x04, C2SP tlog-cosignature).
// Errors: note.*.
#pragma once

#include <optional>
#include <span>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "crypto/ed25519.hpp"

namespace pipa::note {

inline constexpr std::size_t max_note_bytes = std::size_t{1} << 20;
inline constexpr std::size_t max_signatures = 100;  // at least 16 must be accepted

// "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".
struct VerifierKey {
    enum class Kind : std::uint8_t { Ed25519 = 0x01, Cosignature = 0x04 };
    std::string name{};
    std::uint32_t id{};
    Kind kind{};
    crypto::PublicKey key{};
};
[[nodiscard]] Result<VerifierKey> parse_verifier_key(std::string_view text);
[[nodiscard]] std::uint32_t key_id(std::string_view name, VerifierKey::Kind kind, ByteView public_key);

struct SignatureLine {
    std::string name{};
    std::uint32_t key_id{};
    Bytes signature{};  // what follows the key id; its form depends on the kind of key
};

struct Note {
    std::string text{};  // with its last line break, without the empty line
    std::vector<SignatureLine> signatures{};
};
// The shape only; a text from here is worth nothing until verify_note() has seen it.
[[nodiscard]] Result<Note> parse_note(std::string_view note);

struct Signer {
    std::string name{};
    std::optional<UnixSeconds> witnessed_at{};  // of a cosignature
};
struct VerifiedNote {
    std::string text{};
    std::vector<Signer> signers{};  // at least one, in the order of the note, each once
};
// Signatures of unknown keys are ignored. A signature of a known key that does not fit spoils the note:
// note.wrong_signature. Without any by a known key: note.unsigned.
[[nodiscard]] Result<VerifiedNote> verify_note(std::string_view note, std::span<const VerifierKey> keys);

}  // namespace pipa::note
