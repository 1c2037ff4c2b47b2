// Bytes as decimal digits: what stands behind the # of a certificate's QR text.
//
// 7 bytes, read as a little-endian number, become 17 digits; a tail of 1..6 bytes becomes 3, 5, 8, 10, 13 or 15.
// A QR code stores digits at 3.34 bits each, any URL carries them unescaped, and every camera app keeps them.
// The encoding is one to one: a length that no byte count has, and a group above its bytes' range, are refused.
// Check vector: 00 01 02 03 04 05 06 07 08 09 <-> 0169436464873497600591879.
// No library: none implements this grouping (the format is ours, src/wire/README.md). Errors: base10.*.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

[[nodiscard]] std::string to_base10(ByteView bytes);
[[nodiscard]] Result<Bytes> from_base10(std::string_view digits);

}  // namespace pipa
