// The registry that an office keeps as JSON, and the trust pack that it becomes.
//
//   {"version": 1, "issued": TIME, "fresh_for_hours": 24, "usable_for_hours": 168, "demo": true,
//    "publisher": TEXT, "hosts": ["pipa.linping.example"],
//    "parties": [{"id": 1, "kind": "cooperative", "name": TEXT, "uscc": "9333...", "division": 330113100,
//                 "place": TEXT, "contact": "0571-..."}],
//    "keys": [{"public_key": 64 hex digits, "party": 1, "role": "producer", "valid_from": TIME, "valid_until": TIME,
//              "compromised_since": TIME, "scope": {"divisions": [330113], "product_classes": [1], "types": ["certificate"]},
//              "store": "tangqi"}],   the delegated store that its certificates are in
//    "products": [{"code": 1001, "name": TEXT}], "divisions": [{"code": 330113100, "name": TEXT}],
//    "logs": [{"key": "log.example+6fa10e2b+AYs...", "witnesses": ["name+id+key"], "threshold": 1}]}
//
// TEXT is {"zh-Hans": "...", "en": "..."}; TIME is RFC 3339 or a day. "note" may stand anywhere and is ignored.
#pragma once

#include "pipa/input/json_reader.hpp"
#include "record/trust_pack.hpp"

namespace pipa {

// Everything that is wrong with the document: shape, social credit codes (uscc.*), keys that stand twice, keys of
// parties that are not listed, and what the trust pack's own parser refuses.
[[nodiscard]] DocumentProblems read_registry(const nlohmann::ordered_json& document, TrustPack& out);

// True for a wrong social credit code: judged when a certificate is, so an office may list it knowingly.
[[nodiscard]] bool is_uscc_problem(const DocumentProblem& problem) noexcept;

[[nodiscard]] nlohmann::ordered_json registry_json(const TrustPack& pack);

}  // namespace pipa
