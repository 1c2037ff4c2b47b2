// The highest versions of one update repository that a device has accepted: what an older copy of it is told by.
// A few dozen bytes that a face keeps (the page in IndexedDB, the kiosk on disk) and hands back. Pure.
// Whoever can take this note away can show an old state once more, until its time stamp is found too old.
// Errors: seen.malformed; tuf.rollback.
#pragma once

#include "crypto/ed25519.hpp"
#include "tuf/trusted_set.hpp"

namespace pipa {

struct Seen {
    crypto::Digest first_root{};  // SHA-256 of the root file that the device was given: another one is another dossier
    std::uint64_t root{};
    std::uint64_t timestamp{};
    std::uint64_t snapshot{};
    std::uint64_t targets{};
    std::int64_t pack{};
    UnixSeconds signed_at{};      // the latest 'as of': no clock of this device can rightly be before it

    friend bool operator==(const Seen&, const Seen&) = default;
};

[[nodiscard]] Bytes encode_seen(const Seen& seen);
[[nodiscard]] Result<Seen> decode_seen(ByteView note);

// Refuses `now_offered` where any of its versions is lower than in `before`. A root that withdrew keys of timestamp or snapshot since
// (`rotated_at`, TUF section 5.3.11) ends the comparison of those two and of targets: whoever had the keys may have run them up.
[[nodiscard]] Result<void> check_goes_forward(const Seen& before, const Seen& now_offered, std::uint64_t rotated_at);

}  // namespace pipa
