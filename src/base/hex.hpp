// Hexadecimal text: written in lower case, read in either case. Errors: hex.*.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

[[nodiscard]] std::string to_hex(ByteView bytes);
[[nodiscard]] Result<Bytes> from_hex(std::string_view digits);

}  // namespace pipa
