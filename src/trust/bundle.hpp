// The phone bundle: an update repository (tuf) cut down to what one phone needs, in one file. Deterministic CBOR,
// wire form: bundle.cddl. What is inside proves itself; the file as such is not signed.
// A phone is given SHA-256 of one root file with its page. The bundle carries that root and its successors, the current
// timestamp, snapshot and targets, the delegated roles that list what is here or show that something is not, and the target files themselves.
// Reading checks the form only; open_bundle (trust/open_bundle.hpp) checks everything else. Errors: bundle.*, cbor.*.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

inline constexpr std::size_t max_bundle_bytes = std::size_t{12} << 20;
inline constexpr std::size_t max_bundle_files = 1024;  // of each kind
inline constexpr std::size_t max_bundle_name_bytes = 200;

// Target paths that a bundle knows. What the repository lists of the first four must be there (open_bundle.hpp); of status lists some parts are.
namespace target_path {
inline constexpr std::string_view registry = "registry.cose";  // the trust pack, signed by the office's key
inline constexpr std::string_view office = "office.pub";       // that key: 32 bytes
inline constexpr std::string_view notices = "notices.cbor";    // signed notices in force
inline constexpr std::string_view records = "records.cbor";    // which record files there are: record/records_head.hpp
inline constexpr std::string_view status = "status/";          // + shard number in decimal: status_shard.hpp
}  // namespace target_path
// The path of the same in a store: "notices.cbor" of the district's own, whose name is empty; "tangqi/notices.cbor" of a delegated one.
[[nodiscard]] std::string in_store(std::string_view store, std::string_view path);

struct BundleFile {
    std::string name{};
    Bytes content{};
};

struct Bundle {
    // Named as on the server: "1.root.json", "2.root.json", "timestamp.json", "7.snapshot.json", "7.targets.json",
    // "3.status-0a.json". Byte for byte as published.
    std::vector<BundleFile> metadata{};
    // Named by target path, without the hash that consistent snapshots put into the file's name.
    std::vector<BundleFile> targets{};

    [[nodiscard]] const Bytes* find_metadata(std::string_view name) const noexcept;
    [[nodiscard]] const Bytes* find_target(std::string_view path) const noexcept;
};

// Sorts by name. Errors: bundle.duplicate_name, bundle.bad_field, bundle.too_large.
[[nodiscard]] Result<Bytes> encode_bundle(Bundle bundle);
[[nodiscard]] Result<Bundle> decode_bundle(ByteView file);

// notices.cbor: an array of signed statements of type notice (COSE_Sign1 messages), at most 4,096.
inline constexpr std::size_t max_bundle_notices = 4096;
[[nodiscard]] Result<Bytes> encode_notices(const std::vector<Bytes>& messages);
[[nodiscard]] Result<std::vector<Bytes>> decode_notices(ByteView file);

}  // namespace pipa
