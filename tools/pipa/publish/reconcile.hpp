// A store that is older than what was published from it (going_back.hpp), brought up to date from the published tree.
//
// The tree is held against the store's own root, as a device would. What comes back: roles' versions, documents, notices, certificates and the
// statements of their records, and the status lists, graver ones alone. What was in no published file does not: it is signed, and whoever has it
// adds it again. A town's own store has no root and is not brought back so. Errors: publish.no_root, store.*, file.*, tuf.*, records.*.
#pragma once

#include <filesystem>
#include <vector>

#include "pipa/store/store.hpp"

namespace pipa::publish {

struct Reconciled {
    std::size_t statements{};  // that came back, certificates among them
    std::size_t statuses{};
    std::size_t roles{};
    std::vector<std::uint32_t> nameless{};  // places that are not valid and whose certificates came from nowhere: nothing is settled until they are added
};
// May be broken off and run again. Where `nameless` is empty the journal says so, and the store may publish again.
[[nodiscard]] Result<Reconciled> reconcile(OfficeStore& store, const std::filesystem::path& tree, const Actor& actor);

}  // namespace pipa::publish
