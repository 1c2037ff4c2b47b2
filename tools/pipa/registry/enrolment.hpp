// A producer's request to be registered, made and signed on its own machine: what the office needs to know of it, under the key that it will sign
// with. JSON, so that it can be sent, printed as a code or read out:
//   {"pipa_enrolment": 1, "public_key": HEX, "role": "producer", "party": {"kind", "name", "uscc", "division", "place", "contact"}, "signature": HEX}
// The signature, by that key, is over the rest as compact JSON with sorted members. It shows that whoever asks has the key, and nothing of who
// that is: the office looks at the licence. Errors: json.invalid, cose.wrong_signature, trust.*.
#pragma once

#include <nlohmann/json.hpp>

#include "crypto/secret_key.hpp"

namespace pipa {

inline constexpr std::size_t max_enrolment_bytes = 16'384;

// `party` and `role` as a registry has them, without an id.
[[nodiscard]] nlohmann::ordered_json make_enrolment(const nlohmann::ordered_json& party, std::string_view role, const crypto::SecretKey& key);
// The request without its signature, which fits.
[[nodiscard]] Result<nlohmann::ordered_json> open_enrolment(std::string_view text);

}  // namespace pipa
