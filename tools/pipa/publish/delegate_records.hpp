// The record files of a delegated store, as they come from what it published: verified one by one against its signed head, as a phone does,
// before any is taken. What is taken over once stays under its name for ever. Errors: publish.bad_delegate, store.*, file.*.
#pragma once

#include <filesystem>

#include "pipa/publish/record_tables.hpp"
#include "pipa/publish/staged_site.hpp"

namespace pipa::publish {

// Puts down in `site` what `head` names and is not at hand yet, from `tree`/records, and keeps the head. A head that goes back behind the one that
// was taken before, or says two things under one edition, is refused. Where anything is refused nothing is taken.
[[nodiscard]] Result<void> take_over_records(Database& database, StagedSite& site, const std::string& name, const RecordsHead& head,
                                             const std::filesystem::path& tree, UnixSeconds now);

}  // namespace pipa::publish
