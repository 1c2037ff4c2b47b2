// The tables of a store and the way to them from older ones. Versions are append-only: a store is brought forward in one
// transaction and never back. Errors: store.not_a_store, store.newer_version, and those of the database.
#pragma once

#include "pipa/store/database.hpp"

namespace pipa {

// SQLite's application id of our files ("PIPA"), so that another program's database is not taken for one.
inline constexpr std::int64_t store_application_id = 0x50495041;

[[nodiscard]] int store_schema_version() noexcept;
// Of an empty file.
[[nodiscard]] Result<void> make_tables(Database& database);
[[nodiscard]] Result<void> bring_up_to_date(Database& database, bool may_write);

}  // namespace pipa
