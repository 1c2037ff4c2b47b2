#include "pipa/log/note_signing.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "crypto/base64.hpp"

namespace pipa {
namespace {

using note::VerifierKey;

void append_big_endian(Bytes& out, std::uint64_t number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

std::string line_of(const VerifierKey& key, ByteView signature) {
    Bytes bytes;
    append_big_endian(bytes, key.id, 4);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return "\xE2\x80\x94 " + key.name + " " + crypto::to_base64(bytes) + "\n";
}

}  // namespace

VerifierKey verifier_key(const std::string& name, VerifierKey::Kind kind, const crypto::PublicKey& key) {
    return {name, note::key_id(name, kind, key), kind, key};
}

std::string write_verifier_key(const VerifierKey& key) {
    Bytes id;
    append_big_endian(id, key.id, 4);
    Bytes bytes{static_cast<std::uint8_t>(key.kind)};
    bytes.insert(bytes.end(), key.key.begin(), key.key.end());
    return key.name + "+" + to_hex(id) + "+" + crypto::to_base64(bytes);
}

std::string sign_line(std::string_view text, const std::string& name, const crypto::SecretKey& key) {
    return line_of(verifier_key(name, VerifierKey::Kind::Ed25519, key.public_key()), key.sign(as_bytes(text)));
}

std::string cosign_line(std::string_view text, const std::string& name, const crypto::SecretKey& key, UnixSeconds time) {
    const std::string message = "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string{text};
    const crypto::Signature of_message = key.sign(as_bytes(message));
    Bytes timed;
    append_big_endian(timed, static_cast<std::uint64_t>(time), 8);
    timed.insert(timed.end(), of_message.begin(), of_message.end());
    return line_of(verifier_key(name, VerifierKey::Kind::Cosignature, key.public_key()), timed);
}

std::string write_checkpoint(const tlog::Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + crypto::to_base64(checkpoint.root) + "\n";
}

std::string sign_checkpoint(const tlog::Checkpoint& checkpoint, const crypto::SecretKey& key, UnixSeconds time) {
    const std::string text = write_checkpoint(checkpoint);
    return text + "\n" + sign_line(text, checkpoint.origin, key) + cosign_line(text, checkpoint.origin, key, time);
}

bool is_log_name(std::string_view name) noexcept {
    constexpr std::string_view others = "-._~/:";
    const auto allowed = [others](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
    };
    // 'cosignature/v1' is the first line of what a cosigner signs; no log may have such a name, since one key signs both.
    const bool shaped = !name.empty() && name.size() <= 128 && !name.starts_with('/') && !name.ends_with('/') && !name.starts_with("cosignature/");
    return shaped && name.find("://") == std::string_view::npos && std::ranges::all_of(name, allowed);
}

}  // namespace pipa
