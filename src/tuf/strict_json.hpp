// The same JSON as json_value.hpp in the type of the library that tools write metadata with. Not in what a phone loads.
// Errors: tuf.bad_json, tuf.too_large.
#pragma once

#include <nlohmann/json.hpp>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::tuf {

using Json = nlohmann::json;  // objects are kept sorted by the bytes of their keys

[[nodiscard]] Result<Json> parse_strict_json(ByteView text, std::size_t max_bytes);
// Of a value that canonical JSON can write: no fractions, valid UTF-8.
[[nodiscard]] std::string canonical_json(const Json& value);

}  // namespace pipa::tuf
