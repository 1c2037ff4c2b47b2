// From the bytes of a phone bundle (bundle.hpp) to what a verdict is reached with. Pure: no clock, because nothing is refused for
// its age; how old it is belongs to the judgement (TrustStore::as_of, expires).
// Absence is signed: a target that a phone knows is there and fits, or all roles that could list it are there and do not. So taking a file
// out of a bundle never hides what it says.
// What is refused, each with its code, and then nothing changes: another repository (bundle.wrong_root); a target that is listed and
// missing (bundle.missing_target, with its path); a signature, hash or length that does not fit, a role's file missing (tuf.*); versions lower
// than those seen before (tuf.rollback); a target the repository does not list (bundle.unlisted_target); a registry, status list, notice
// file or records head that cannot be read (trust.*, tsl.*, records.*, cbor.*).
#pragma once

#include "record/records_head.hpp"
#include "trust/bundle.hpp"
#include "trust/seen.hpp"
#include "trust/checked_dossier.hpp"
#include "trust/supplement.hpp"
#include "tuf/client.hpp"

namespace pipa {

struct OpenedBundle {
    TrustStore trust{};
    std::vector<CheckedStatement> notices{};   // those in notices.cbor, with their standing
    std::optional<RecordsHead> records{};      // of the district's own store; without one it is signed that it publishes no records
    Bytes office_key{};            // 32 bytes: also signs what does not come by the repository
    Seen seen{};                   // to be kept and handed in next time
    tuf::Client client;            // for supplements
};

// `root_pin` is SHA-256 of the root file that the device was given: the bundle's way to its newest root begins there or passes it. A bundle that ends
// before it, or signs with what was withdrawn by then, is refused. `last_seen` is what encode_seen() gave after the last success,
// empty for a device that has seen nothing; a note that cannot be read counts as none.
[[nodiscard]] Result<OpenedBundle> open_bundle(ByteView file, const crypto::Digest& root_pin, ByteView last_seen);

struct SupplementContents {  // what a delegated store says beside its status list; both empty for the district's own
    std::vector<CheckedStatement> notices{};
    std::optional<RecordsHead> records{};  // without one it is signed that the store publishes no records
};

// What was left out of the bundle (supplement.hpp) and lies under supplement_name(place), in the same form. Verified by the snapshot that `client`
// holds, the one of an opened bundle. Absence is signed here too: each of supplement_targets(place) is there and fits, or the roles, all there, do
// not list it. A part of a status list joins those of `trust`, which knows the store then. Other targets are refused. What is refused
// changes nothing. Errors as above.
[[nodiscard]] Result<SupplementContents> add_supplement(TrustStore& trust, tuf::Client& client, ByteView file, const SupplementPlace& place);
// Each notice once: two supplements of one store bring the same.
void add_notices(std::vector<CheckedStatement>& notices, std::vector<CheckedStatement> more);

}  // namespace pipa
