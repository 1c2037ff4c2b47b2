// From the bytes of an education pack to what the learning screens show. A pack that is missing or wrong only closes
// the way to them; the operator reads why on standard error.
#pragma once

#include <memory>

#include "learn/open_pack.hpp"

namespace pipa::kiosk {

// `office_key_hex` is 64 hexadecimal digits, blanks around them allowed.
[[nodiscard]] Result<std::shared_ptr<const learn::EducationPack>> open_lessons(ByteView message, std::string_view office_key_hex, const TrustStore& trust);

}  // namespace pipa::kiosk
