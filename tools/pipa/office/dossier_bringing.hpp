// From the store to the records: the dossiers of certificates about which the store has more than their manifests list, sealed anew by a
// keeper's key. Statements about a lot or certificate are found by the store; those about its producer, its plots and its product by who they
// name; and what went into it, as far back as a judgement looks. What a record lists once stays in it. Errors: store.*, dossier.*,
// field.not_allowed.
#pragma once

#include "crypto/secret_key.hpp"
#include "pipa/store/store.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

struct BroughtDossier {
    std::string number{};
    std::int64_t sequence{};
    std::size_t statements{}, before{};  // listed now, and by the manifest before
};

struct BroughtDossiers {
    std::vector<BroughtDossier> dossiers{};
    std::vector<std::pair<std::string, Error>> left{};  // certificates whose dossier cannot be made, which keep the one they have
    std::vector<std::string> unseen_failures{};         // where all were asked for: failed tests that no record lists, by their ids
};

struct BringingRules {
    std::vector<std::string> numbers{}, lots{};  // both empty: all
    bool dry_run{};
};

[[nodiscard]] Result<BroughtDossiers> bring_dossiers(OfficeStore& store, const TrustStore& registry, const crypto::SecretKey& keeper, UnixSeconds now,
                                                     const BringingRules& rules);

}  // namespace pipa
