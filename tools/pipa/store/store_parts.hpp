// What the files of this folder share behind OfficeStore: the database, the journal's chain, and what must be published.
#pragma once

#include "pipa/store/database.hpp"
#include "pipa/store/store.hpp"

namespace pipa {

struct OfficeStore::Parts {
    Database database;
    StoreIdentity identity{};
};

// Every change: do the work, then write the entry. Gives the entry's number. Inside a transaction.
[[nodiscard]] Result<std::int64_t> append_journal(Database& database, const Actor& actor, std::string_view act,
                                                  std::string_view subject, const crypto::Digest& digest);
// The hash of an entry behind one with `before`: SHA-256(before, CBOR [number, at, kid, act, subject, digest]).
[[nodiscard]] crypto::Digest journal_hash(const crypto::Digest& before, const JournalEntry& entry);

// `name` is published anew: it changed with the journal's entry `revision`.
[[nodiscard]] Result<void> touch_part(Database& database, std::string_view name, std::int64_t revision);
// The same where it is not yet a part.
[[nodiscard]] Result<void> need_part(Database& database, std::string_view name, std::int64_t revision);

[[nodiscard]] std::string status_part(std::uint32_t shard);  // "status/3"
inline constexpr std::string_view notices_part = "notices.cbor";
inline constexpr std::string_view records_part = "records.cbor";

// The record of this certificate is published anew. Inside a transaction.
[[nodiscard]] Result<void> touch_record(Database& database, std::string_view certificate_number);

}  // namespace pipa
