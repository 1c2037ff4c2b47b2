// What the store keeps of published records: heads, the dossiers that have files of their own, and names that are not current any more. A
// store's own are kept under '', those of a delegated store that were taken over under its name. Inside a transaction. Errors: store.*, records.*.
#pragma once

#include "crypto/ed25519.hpp"
#include "pipa/store/store_parts.hpp"
#include "record/records_head.hpp"

namespace pipa::publish {

// How a store's records are named: "tangqi" of a delegated store, "" of the district's.
[[nodiscard]] std::string records_name_of(const OfficeStore& store);

// Nothing where there is none yet.
[[nodiscard]] Result<std::optional<RecordsHead>> saved_head(Database& database, std::string_view key);
[[nodiscard]] Result<void> save_head(Database& database, std::string_view key, const RecordsHead& head);

// `name` is relative to the site: it stays for as long as readers may be on their way to it, unless it is wanted again.
[[nodiscard]] Result<void> supersede(Database& database, const std::string& name, UnixSeconds now);
// Every file of a group, as `head` names them.
[[nodiscard]] Result<void> supersede_group(Database& database, std::string_view store, const RecordsHead& head, std::uint32_t group, UnixSeconds now);

// Whose records, and how they are named.
struct RecordsOwner {
    std::string_view key{};
    std::string_view name{};
};
// The dossiers that a file names from now on. Those that no file names any more are superseded.
[[nodiscard]] Result<void> save_large_dossiers(Database& database, RecordsOwner owner, std::uint32_t file, const std::vector<crypto::Digest>& digests,
                                               UnixSeconds now);

// What heads ask to be there: of the store's own, and of each that was taken over.
struct PublishedRecords {
    std::string store{};  // as its files are named; "" of the district's own
    RecordsHead head{};
    std::vector<crypto::Digest> large_dossiers{};
};
[[nodiscard]] Result<std::vector<PublishedRecords>> published_records(OfficeStore& store);

}  // namespace pipa::publish
