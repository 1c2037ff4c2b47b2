// Proofs of a public log for the certificates of a store (log/log_folder.hpp), so that record files carry them.
// A certificate keeps the first proof that it gets: it states the earliest time. Cost follows what is new: the log's entries since it was read
// last, and the certificates that came since. The log's checkpoint of then is remembered, and one that does not go on from it is refused.
// Errors: store.*, log.*, merkle.*, note.*, checkpoint.*, tile.*, file.*.
#pragma once

#include <filesystem>

#include "pipa/store/store.hpp"

namespace pipa::publish {

// How many certificates got a proof. The log must be one of those that the registry names, confirmed as that asks for: no phone believes others.
// Inside a transaction.
[[nodiscard]] Result<std::size_t> take_log_proofs(OfficeStore& store, const std::filesystem::path& log, const Actor& actor);

}  // namespace pipa::publish
