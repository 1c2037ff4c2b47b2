// JSON as TUF metadata uses it, read strictly, and its canonical form, which is what signatures cover.
//
// Strict (RFC 8259 with less freedom): UTF-8 only, no member twice in an object (readers disagree on which one counts,
// so a signature would mean two things), no fractions and no numbers beyond 64 bits (canonical JSON has neither).
// For src/trust/tuf and what writes metadata (tools/pipa/publish); the headers that others include show no JSON library. Errors: tuf.bad_json, tuf.too_large.
#pragma once

#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::tuf {

using Json = nlohmann::json;  // objects are kept sorted by the bytes of their keys

inline constexpr std::size_t max_json_depth = 32;

[[nodiscard]] Result<Json> parse_strict_json(ByteView text, std::size_t max_bytes);

// OLPC canonical JSON (TUF specification section 4.1). No library at hand writes it: nlohmann's dump() escapes control
// characters, which canonical JSON leaves as they are, and RFC 8785 (JCS) is another format.
[[nodiscard]] std::string canonical_json(const Json& value);

}  // namespace pipa::tuf
