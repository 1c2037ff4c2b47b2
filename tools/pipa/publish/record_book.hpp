// The record files of a store as they are published (trust/records.hpp says what they are), and which of them change.
//
// The store keeps the leaf hash of every file, so one certificate more costs the making of one file and new proofs for those of its group, whose
// contents are taken from what was published: nothing else is read or compressed. There are as many files as leave the fewest of them
// fewest_certificates (record_making.hpp); their number grows with the store, by steps in which all are made anew, and never shrinks.
// Names that are not current any more are superseded (record_tables.hpp). Inside a transaction.
// Errors: store.*, records.*, file.*, dossier.too_large.
#pragma once

#include "pipa/publish/record_tables.hpp"
#include "pipa/publish/staged_site.hpp"

namespace pipa::publish {

// The store's own: those of delegated stores are in delegate_records.hpp.
struct OwnRecords {
    RecordsHead head{};
    std::size_t left_out_proofs{};  // certificates whose proof of the public log found no room, among the files that were made now
};
// Brings the head up to what the store has, and puts down in `site` the files that are new and those that are not at hand; with `rebuild` all.
[[nodiscard]] Result<OwnRecords> bring_records(OfficeStore& store, StagedSite& site, const Actor& actor, bool rebuild);

}  // namespace pipa::publish
