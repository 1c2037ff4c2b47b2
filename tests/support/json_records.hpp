// Certificates and trust packs as tables write them. Unknown keys and unreadable values throw std::runtime_error.
#pragma once

#include "record/trust_pack.hpp"
#include "support/table.hpp"

namespace pipa::test {

// {"number": "..", "issued": "2026-11-12T08:00:00+08:00", "product_code": 2001, "quantity": "3000 kg", "form": "2025-A",
//  "bases": ["self_test"], "origin": 330113100, ...}; a key with null counts as absent.
[[nodiscard]] Certificate certificate_from(const Json& object);
// {"publisher": [zh, en], "keys": [{"label": "P1", ...}], ...}; public keys are those of worthless_key(label).
[[nodiscard]] TrustPack trust_pack_from(const Json& object);

}  // namespace pipa::test
