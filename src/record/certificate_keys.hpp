// The integer keys of a certificate's payload (certificate.cddl): append only. For the code that reads and writes
// certificates, and for tools that show where in a message each field stands.
#pragma once

#include <cstdint>

// CWT claims (RFC 8392 section 3.1), the status claim (Token Status List section 5.1), and one private claim.
namespace pipa::certificate_claim {
inline constexpr std::int64_t expires = 4;
inline constexpr std::int64_t issued = 6;
inline constexpr std::int64_t number = 7;
inline constexpr std::int64_t status = 65535;
inline constexpr std::int64_t promise = -65537;
}  // namespace pipa::certificate_claim

namespace pipa::certificate_status_key {
inline constexpr std::int64_t index = 1;
}

// Of the private claim.
namespace pipa::certificate_key {
inline constexpr std::int64_t product_code = 1;
inline constexpr std::int64_t product_name = 2;
inline constexpr std::int64_t quantity = 3;
inline constexpr std::int64_t origin = 4;
inline constexpr std::int64_t harvest_day = 5;
inline constexpr std::int64_t form = 6;
inline constexpr std::int64_t bases = 7;
inline constexpr std::int64_t labels = 8;
inline constexpr std::int64_t lot = 9;
inline constexpr std::int64_t upstream = 10;
inline constexpr std::int64_t quarantine = 11;
inline constexpr std::int64_t gtin = 12;
}  // namespace pipa::certificate_key
