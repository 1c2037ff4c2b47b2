// The record files of a store as they are published (trust/records.hpp says what they are), and which of them change.
//
// The store keeps the leaf hash of every file, so one certificate more costs the making of one file and new proofs for those of its group, whose
// contents are taken from what was published: nothing else is read or compressed. There are as many files as leave the fewest of them
// fewest_certificates (record_making.hpp); their number grows with the store, by steps in which all are made anew, and never shrinks.
// Names that are not current any more are put down as superseded. Inside a transaction. Errors: store.*, records.*, file.*, dossier.too_large.
#pragma once

#include "pipa/publish/staged_site.hpp"
#include "pipa/store/store_parts.hpp"
#include "record/records_head.hpp"

namespace pipa::publish {

// Of the district's own store, or of a delegated store's own: those of others are in delegate_records.hpp.
struct OwnRecords {
    RecordsHead head{};
    std::size_t left_out_proofs{};  // certificates whose proof of the public log found no room, among the files that were made now
};
// Brings the head up to what the store has, and puts down in `site` the files that are new and those that are not at hand; with `rebuild` all.
[[nodiscard]] Result<OwnRecords> bring_records(OfficeStore& store, StagedSite& site, const Actor& actor, bool rebuild);

// What a head asks to be there: one store's, "" for the district's own.
struct PublishedRecords {
    std::string store{};
    RecordsHead head{};
    std::vector<crypto::Digest> large_dossiers{};
};
// Of all stores whose records this one publishes: its own under its own name, and those of delegates.
[[nodiscard]] Result<std::vector<PublishedRecords>> published_records(OfficeStore& store);

// A head as it is kept; nothing where there is none. `key`: empty for the store's own, else a delegate's name.
[[nodiscard]] Result<std::optional<RecordsHead>> saved_head(Database& database, std::string_view key);
[[nodiscard]] Result<void> save_head(Database& database, std::string_view key, const RecordsHead& head);
[[nodiscard]] Result<void> supersede(Database& database, const std::string& name, UnixSeconds now);
// Every file of a group, as the head has them.
[[nodiscard]] Result<void> supersede_group(Database& database, std::string_view store, const RecordsHead& head, std::uint32_t group, UnixSeconds now);
// The dossiers that a file names from now on. Those that no file names any more are superseded.
[[nodiscard]] Result<void> save_large_dossiers(Database& database, std::string_view key, std::string_view store, std::uint32_t file,
                                               const std::vector<crypto::Digest>& digests, UnixSeconds now);

// "tangqi" of a delegated store, "" of the district's: how its records are named.
[[nodiscard]] std::string records_name_of(const OfficeStore& store);

}  // namespace pipa::publish
