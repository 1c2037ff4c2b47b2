// pipa dossier make --store, and the same before publishing.
#pragma once

#include "pipa/commands/store_option.hpp"
#include "pipa/office/dossier_bringing.hpp"
#include "pipa/registry/passphrase.hpp"

namespace pipa::cli {

struct KeeperOptions {
    std::string key{};
    PassphraseSource passphrase{};
    BringingRules rules{};
};

// Brings the dossiers of the store and says what came of it on standard error; `json` takes it as well.
[[nodiscard]] Result<BroughtDossiers> bring_and_tell(const Voice& voice, OfficeStore& store, const KeeperOptions& options, UnixSeconds now);
[[nodiscard]] Json json_of(const BroughtDossiers& brought);

[[nodiscard]] int run_dossier_store(const Voice& voice, const StoreOption& store, const KeeperOptions& options, const std::string& now);

}  // namespace pipa::cli
