// What a device has accepted of one update repository: its roots, and the highest versions. An older copy of the repository is told by it.
// A few hundred bytes that a face keeps (the page in IndexedDB, the kiosk on disk) and hands back. Pure.
// Whoever can take this note away can show an old state once more, until its time stamp is found too old.
//
// The note belongs to the repository and not to the pin that a page carries. A repository is known by its root files, each of which is signed by
// the one before:
//   offered                                             taken where
//   goes on from the newest root that was accepted      no version is lower
//   shares a root with what was accepted, and ends      never: it is older, or somebody who holds withdrawn root keys has led
//   before the newest of it or leads elsewhere          another way
//   shares none (a page with a newer root whose bundle  it was not signed earlier than what was accepted: so leaving root files out
//   does not show the way there, or an office that      wins nothing, and a device is not locked out for ever
//   began anew after it lost its root keys)
// The pin is checked before (open_bundle.hpp): a root that the page does not know vouches for nothing, whatever a device has seen.
// Errors: seen.malformed; tuf.rollback.
#pragma once

#include <span>
#include <vector>

#include "crypto/ed25519.hpp"
#include "tuf/trusted_set.hpp"

namespace pipa {

inline constexpr std::size_t max_seen_roots = 64;  // the newest of them

struct Seen {
    std::vector<crypto::Digest> roots{};  // SHA-256 of root files as they follow on each other, the newest last; at least one
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

// Refuses `offered` by the table above. A root that withdrew keys of timestamp or snapshot since (`rotated_at`, TUF section 5.3.11) ends the
// comparison of those two and of targets: whoever had the keys may have run them up.
[[nodiscard]] Result<void> check_goes_forward(const Seen& before, const Seen& offered, std::uint64_t rotated_at);

}  // namespace pipa
