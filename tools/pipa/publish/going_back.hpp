// A store that is older than what was published from it, as a backup is, knows nothing of what was revoked, recalled and issued since, and would
// publish all of that away. So publishing holds it against OUT: the snapshot names an entry of the journal, and no role there may have a higher
// version than the store's. What brings such a store up to date: reconcile.hpp. Errors: store.*, file.*, tuf.*.
#pragma once

#include <filesystem>

#include "pipa/store/store.hpp"
#include "pipa/store/store_parts.hpp"

namespace pipa::publish {

// The journal's entry that says so, with the head of the tree it was brought up to.
inline constexpr const char* reconciled_act = "reconcile";

// The journal's head in the newest snapshot of a published tree. Errors: file.unreadable, tuf.bad_field.
[[nodiscard]] Result<std::string> published_head(const std::filesystem::path& tree);
// The newest version of a role that the store has; 0 for none.
[[nodiscard]] Result<std::uint64_t> saved_version(Database& database, const std::string& role);
// store.tampered with what the tree has and the store has not. Nothing where there is no tree, or the store was reconciled with it.
[[nodiscard]] Result<void> must_not_go_back(OfficeStore& store, const std::filesystem::path& tree);

}  // namespace pipa::publish
