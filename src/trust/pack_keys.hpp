// The integer keys of trust_pack.cddl, for its reader and its writer. Inside src/trust only.
#pragma once

#include <cstdint>

namespace pipa::trust_pack {

namespace key {  // of the pack
constexpr std::int64_t version = 1, issued = 2, fresh_for = 3, usable_for = 4, demo = 5, publisher = 6, hosts = 7,
                       keys = 8, parties = 9, products = 10, divisions = 11, field_data = 12, logs = 13;
}
namespace text_key {
constexpr std::int64_t zh_hans = 1, en = 2;
}
namespace entry_key {
constexpr std::int64_t public_key = 1, party = 2, role = 3, valid_from = 4, valid_until = 5, compromised_since = 6, scope = 7, store = 8,
                       rechecks = 9;
}
namespace scope_key {
constexpr std::int64_t division_prefixes = 1, product_classes = 2, types = 3;
}
namespace party_key {
constexpr std::int64_t id = 1, kind = 2, name = 3, uscc = 4, division = 5, place = 6, contact = 7;
}
namespace code_key {
constexpr std::int64_t code = 1, name = 2;
}

}  // namespace pipa::trust_pack
