// SHA-512 (FIPS 180-4), through libsodium. Other people's update repositories list it beside or instead of SHA-256.
#pragma once

#include <array>

#include "base/bytes.hpp"

namespace pipa::crypto {

using LongDigest = std::array<std::uint8_t, 64>;

[[nodiscard]] LongDigest sha512(ByteView data) noexcept;

}  // namespace pipa::crypto
