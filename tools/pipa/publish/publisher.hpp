// From a store to a repository and a site: works out what changed, signs what has to be signed, exchanges the tree in one step.
//
//   OUT/...            the page, when one is given; trust.cose, office.pub and learn/pack.cose as it reads them
//   OUT/bundle.cbor    what a phone needs of the repository in one file, and root.pin: what proves it (hex)
//   OUT/tuf/metadata/  root (every version), targets, the live role and its bins, snapshot, timestamp
//   OUT/tuf/targets/   every target as DIR/HASH.NAME
//   OUT/tuf/phone/     what bundle.cbor leaves out and one certificate needs (trust/supplement.hpp)
//   OUT/records/       record files and large dossiers (trust/records.hpp), of delegated stores too
//
// targets (its keys may be offline) lists documents and delegates notices.cbor, records.cbor and status/* to the role `live`, which
// spreads them over 2^n bins (TAP 15) with one online key: what changes daily needs no offline key. A store with a
// prefix is a delegated one: its tree has its own role and bins, and no root, snapshot or timestamp.
// Order: everything is signed and committed to the store, then the tree is built beside, flushed and exchanged. A crash
// between the two is made good by the next run, which finds that the tree is not the store's. Errors: publish.*, store.*, file.*.
#pragma once

#include <filesystem>

#include "pipa/publish/contents.hpp"
#include "pipa/publish/role_book.hpp"
#include "record/records_head.hpp"

namespace pipa::publish {

struct Lifetimes {  // how long a signature counts; each is renewed when a third is left
    UnixSeconds root_s = 365 * seconds_per_day;
    UnixSeconds targets_s = 180 * seconds_per_day;
    UnixSeconds live_s = 90 * seconds_per_day;
    UnixSeconds snapshot_s = 30 * seconds_per_day;
    UnixSeconds timestamp_s = 3 * seconds_per_day;
};
// How long files that are not current any more stay for readers who are on their way to them.
inline constexpr UnixSeconds superseded_for_s = 2 * seconds_per_day;

struct PublishOrder {
    std::filesystem::path out{};
    std::filesystem::path built_site{};  // empty: no page, the repository alone
    std::vector<std::pair<std::string, std::filesystem::path>> delegate_trees{};  // name and what its store published
    crypto::PublicKey office_key{};  // goes into the page's HTML
    std::optional<UnixSeconds> demo_now{};
    Lifetimes lifetimes{};
    std::filesystem::path log{};  // a public log's folder, whose proofs record files carry; empty: none
    bool rebuild{};  // write every file of the tree anew
    bool emergency{};  // every page of an older version must go at once
    std::string oembed{};  // "https://host", of which each certificate gets an address to paste (oembed.hpp); empty: none does
};

// How a warning begins that should not wait: whom phones believe, or what they are told, stays as it was.
inline constexpr std::string_view urgent_mark = "URGENT: ";

struct PublishReport {
    enum class Outcome : std::uint8_t { Unchanged, Timestamp, Published };
    Outcome outcome{};
    std::size_t parts_changed{};
    std::size_t log_proofs{};     // certificates that were found in the public log this time
    std::size_t files_written{};  // the others are the same files as before (hard links)
    std::size_t files_kept{};
    RecordsHead records{};        // of the store's own record files
    std::size_t bundle_bytes{};   // 0: there is none, for want of a registry or the office's key
    std::string root_pin{};       // SHA-256 of the newest root, which new pages begin with
    std::vector<std::string> waiting{};   // roles whose next version waits for signatures
    std::vector<std::string> warnings{};  // delegates whose last good state stayed
    std::vector<std::pair<std::string, std::uint64_t>> versions{};
};

[[nodiscard]] Result<PublishReport> publish(OfficeStore& store, const PublishOrder& order, const KeyRing& ring, const Actor& actor);

// Bits of a bin's number for so many parts of status lists and other files: so few share a bin that the bin's metadata and one
// full shard never exceed max_status_answer_bytes.
inline constexpr std::size_t max_status_answer_bytes = 16'384;
[[nodiscard]] std::uint32_t bin_bits_for(std::size_t files) noexcept;

}  // namespace pipa::publish
