// Writing TUF metadata (The Update Framework, specification 1.0.34, section 4): bodies as JSON, files in canonical form.
// Reading is src/tuf's. Keys here are Ed25519; times are Unix seconds. No library: Debian 12 has none for C++.
#pragma once

#include <vector>

#include "crypto/secret_key.hpp"
#include "tuf/strict_json.hpp"
#include "base/civil_time.hpp"

namespace pipa::publish {

using tuf::Json;

// The keys of one role, and how many of them must sign.
struct RoleKeys {
    std::vector<crypto::PublicKey> keys{};
    std::uint32_t threshold{1};
};

struct RoleSignature {
    std::string keyid{};
    crypto::Signature value{};
};

[[nodiscard]] std::string format_utc(UnixSeconds time);  // section 4.2.3: "2026-06-01T08:00:00Z"
[[nodiscard]] Json key_json(const crypto::PublicKey& key);
[[nodiscard]] std::string key_id(const crypto::PublicKey& key);  // SHA-256 of the key's canonical form
[[nodiscard]] Json role_json(const RoleKeys& role);              // {"keyids": [...], "threshold": n}
void add_keys(Json& keys, const RoleKeys& role);

// "_type", "spec_version", "version", "expires".
[[nodiscard]] Json common_body(std::string_view type, std::uint64_t version, UnixSeconds expires);
[[nodiscard]] Json target_json(std::uint64_t length, const crypto::Digest& sha256);
[[nodiscard]] Json file_json(std::uint64_t version, ByteView file);  // of a metadata file, with length and hash

// The whole file: {"signatures": [...], "signed": body}, signatures in the order of their key ids.
[[nodiscard]] Bytes metadata_file(const Json& body, std::vector<RoleSignature> signatures);

// What a file says of itself; nothing is verified. Errors: tuf.bad_json, tuf.bad_field.
struct OpenedFile {
    Json body{};
    std::string signed_bytes{};
    std::vector<RoleSignature> signatures{};
    std::uint64_t version{};
    UnixSeconds expires{};
};
[[nodiscard]] Result<OpenedFile> open_file(ByteView file);

// The member at a path of names; null where there is none, or where something on the way is no object.
[[nodiscard]] const Json& member_at(const Json& value, std::initializer_list<std::string_view> path) noexcept;

// How many of the role's keys have signed rightly.
[[nodiscard]] std::uint32_t count_signatures(const OpenedFile& file, const RoleKeys& role);

}  // namespace pipa::publish
