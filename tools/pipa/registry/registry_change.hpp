// Changing a registry that is signed already: keys replaced or lost; and what differs between two of them.
// Errors: store.no_such_key, trust.*.
#pragma once

#include <nlohmann/json.hpp>

#include "record/trust_pack.hpp"
#include "trust/cose_verify.hpp"

namespace pipa {

// The new key signs from `from` on for the same party, in the same role and scope; the old one until the second before.
[[nodiscard]] Result<void> rotate_key(TrustPack& pack, const cose::Kid& old_key, const std::array<std::uint8_t, 32>& new_key, UnixSeconds from);
// What the key signed at this time or later counts for nothing.
[[nodiscard]] Result<void> compromise_key(TrustPack& pack, const cose::Kid& key, UnixSeconds since);

// {"version": [1, 2], "keys": {"added": [...], "removed": [...], "changed": [{"kid", "from", "to"}]}, "parties": ..., ...}
[[nodiscard]] nlohmann::ordered_json registry_difference(const TrustPack& before, const TrustPack& after);

}  // namespace pipa
