// Roles and their keys: setting them up, rotating them, and signing on another machine.
//
// A request is the metadata file as it stands, with the signatures that it has so far: "root.2.tosign.json". A signature
// comes back as {"pipa_signature": 1, "role", "version", "sha256" of what was signed, "keyid", "sig"}. Root is complete when
// enough keys of the version before and of the new one have signed (specification section 5.3.4). Errors: publish.*, store.*.
#pragma once

#include <filesystem>

#include "pipa/publish/role_book.hpp"

namespace pipa::publish {

struct RoleSetup {  // what is empty stays as it is; a first set-up needs all
    std::optional<RoleKeys> root{}, targets{}, snapshot{}, timestamp{};
    std::optional<crypto::PublicKey> live{};  // of the live role, or of the delegated store's own role
    UnixSeconds root_lifetime_s = 365 * seconds_per_day;
};

// True: the new root is complete; false: it waits for signatures. Of a delegated store, which has no root: true.
[[nodiscard]] Result<bool> set_up_roles(OfficeStore& store, const RoleSetup& setup, const KeyRing& ring, const Actor& actor);
// A town's or enterprise's own store, by its name (and prefix), and its key from now on.
[[nodiscard]] Result<void> set_delegate(OfficeStore& store, std::string_view name, const crypto::PublicKey& key, const Actor& actor);

// Writes what waits into a folder, which is made when it is missing, and keys.json beside: whose signatures each of them waits for. The
// requests' paths.
[[nodiscard]] Result<std::vector<std::filesystem::path>> export_requests(OfficeStore& store, const std::filesystem::path& folder);

struct RequestFacts {  // what somebody should look at before signing
    std::string role{};
    std::uint64_t version{};
    UnixSeconds expires{};
    crypto::Digest digest{};  // of the bytes that are signed
    std::vector<std::string> contents{};  // "targets: registry.cose 4,812 bytes ...", one line each
    std::size_t signatures{};
};
[[nodiscard]] Result<RequestFacts> read_request(ByteView request, std::string_view role);
inline constexpr const char* keys_file = "keys.json";  // {"roles": {"targets": ["64 hex digits"]}}
// The signature file. `keys`: what stands in keys.json beside the request; empty: a root tells of itself, others cannot be told. Errors:
// publish.wrong_key where nobody waits for this key, publish.bad_request where the file is of another role or has expired.
[[nodiscard]] Result<std::string> sign_request(ByteView request, std::string_view role, const crypto::SecretKey& key, ByteView keys, UnixSeconds now);

struct Imported {
    std::string role{};
    std::uint64_t version{};
    bool complete{};
};
[[nodiscard]] Result<Imported> import_signature(OfficeStore& store, ByteView signature_file, const Actor& actor);

}  // namespace pipa::publish
