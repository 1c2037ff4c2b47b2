// From the bytes of a phone bundle (bundle.hpp) to what a verdict is reached with. Pure: no clock, because nothing is refused for
// its age; how old it is belongs to the judgement (TrustStore::as_of, expires).
// What is refused, each with its code, and then nothing changes: another repository (bundle.wrong_root); a signature, hash or
// length that does not fit, a file missing (tuf.*); versions lower than those seen before (tuf.rollback); a target the repository
// does not list (bundle.unlisted_target); a registry, status list or notice file that cannot be read (trust.*, tsl.*, cbor.*).
#pragma once

#include "trust/bundle.hpp"
#include "trust/seen.hpp"
#include "trust/checked_dossier.hpp"
#include "tuf/client.hpp"

namespace pipa {

struct OpenedBundle {
    TrustStore trust{};
    std::vector<CheckedStatement> notices{};   // those in notices.cbor, with their standing
    Bytes office_key{};            // 32 bytes: also signs what does not come by the repository
    Seen seen{};                   // to be kept and handed in next time
    tuf::Client client;            // for supplements
};

// `root_pin` is SHA-256 of the root file that the device was given. `last_seen` is what encode_seen() gave after the last success,
// empty for a device that has seen nothing; a note that cannot be read counts as none.
[[nodiscard]] Result<OpenedBundle> open_bundle(ByteView file, const crypto::Digest& root_pin, ByteView last_seen);

// A part of the repository that was left out of the bundle (supplement.hpp): metadata of delegated roles, status shards and the notices
// of delegated stores, in the same form. Verified by the snapshot that `client` holds, the one of an opened bundle; its shards join those of
// `trust`, and its notices are handed back. Other targets are refused. What is refused changes nothing.
[[nodiscard]] Result<std::vector<CheckedStatement>> add_supplement(TrustStore& trust, tuf::Client& client, ByteView file);
// Each notice once: two supplements of one store bring the same.
void add_notices(std::vector<CheckedStatement>& notices, std::vector<CheckedStatement> more);

}  // namespace pipa
