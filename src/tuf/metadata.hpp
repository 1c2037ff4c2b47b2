// What the metadata files of an update repository say (The Update Framework, specification 1.0.34, section 4), as
// plain values. Field names are the specification's. Nothing here has been checked against a key: see trusted_set.hpp.
// Times are Unix seconds; lengths are bytes; versions start at 1.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/civil_time.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/sha512.hpp"
#include "tuf/named.hpp"

namespace pipa::tuf {

// Section 4.2.2. A key that cannot be used here is kept with the reason, so that a role whose other keys reach the
// threshold still works, and one whose keys do not says why.
struct Key {
    enum class Kind : std::uint8_t { Ed25519, EcdsaP256, RsaPssSha256, Unknown };
    enum class Defect : std::uint8_t { None, WrongKeyId, Malformed, UnknownScheme };

    Kind kind{Kind::Unknown};
    Defect defect{Defect::None};
    std::string name{};  // "ecdsa/ecdsa-sha2-nistp256", as the file names it
    Bytes material{};    // Ed25519: 32 bytes; otherwise SubjectPublicKeyInfo in DER
};
using Keys = Named<Key>;  // by key id

struct Role {
    std::vector<std::string> keyids{};  // each once
    std::uint32_t threshold{};          // at least 1
};

struct Hashes {
    std::optional<crypto::Digest> sha256{};
    std::optional<crypto::LongDigest> sha512{};
    bool listed{};  // some hash is listed, perhaps only ones that are not known here
};

// Section 4.3.
struct Root {
    std::uint64_t version{};
    UnixSeconds expires{};
    bool consistent_snapshot{};
    Keys keys{};
    Role root{}, timestamp{}, snapshot{}, targets{};
};

// METAFILES of sections 4.4 and 4.6.
struct MetaFile {
    std::uint64_t version{};
    std::optional<std::uint64_t> length{};
    Hashes hashes{};
};

struct Timestamp {
    std::uint64_t version{};
    UnixSeconds expires{};
    MetaFile snapshot{};
    // Members of our own publisher, src/trust/README.md; empty in other repositories.
    std::optional<UnixSeconds> signed_at{};
    std::optional<std::uint64_t> root_version{};
    std::string emergency{};  // the version of the page that every other one must give way to at once; empty: none
};

struct Snapshot {
    std::uint64_t version{};
    UnixSeconds expires{};
    Named<MetaFile> meta{};  // by file name: "targets.json", "town.json"
};

// Section 4.5.
struct TargetFile {
    std::uint64_t length{};
    Hashes hashes{};
    std::string custom{};  // the application's own object as canonical JSON; empty where there is none
};

struct Delegation {
    std::string name{};
    Role role{};
    bool terminating{};
    // Exactly one of the two lists is used.
    std::vector<std::string> paths{};               // patterns, see path_pattern.hpp
    std::vector<std::string> path_hash_prefixes{};  // lower-case hex
};

// TAP 15: 2^bit_length bins that share their keys and differ in the number at the end of their name. Not part of the
// specification yet, but python-tuf and tuf-js both write and read it.
struct SuccinctRoles {
    Role role{};
    std::uint32_t bit_length{};  // 1 to 32
    std::string name_prefix{};
};

struct Targets {
    std::uint64_t version{};
    UnixSeconds expires{};
    Named<TargetFile> targets{};  // by target path
    Keys delegation_keys{};
    std::vector<Delegation> delegations{};  // in order of priority
    std::optional<SuccinctRoles> succinct_roles{};
};

}  // namespace pipa::tuf
