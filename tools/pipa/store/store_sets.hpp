// What an office does with many at once, and with the store as a whole. Each that changes something is one transaction. Errors as in store.hpp.
#pragma once

#include "pipa/store/store.hpp"

namespace pipa {

// OfficeStore::set_status() of many: all or none. The error's detail names the number.
[[nodiscard]] Result<std::vector<bool>> set_statuses(OfficeStore& store, std::span<const std::string> certificate_numbers, Status status, const Actor& actor);
// The statement with that digest; empty where there is none.
[[nodiscard]] Result<std::optional<StoredStatement>> find_statement(OfficeStore& store, const crypto::Digest& digest);
// A copy of all of it as it is now, mode 0600, in a file that is not there yet. Errors: file.unwritable, store.*.
[[nodiscard]] Result<void> copy_store(OfficeStore& store, const std::filesystem::path& path);

}  // namespace pipa
