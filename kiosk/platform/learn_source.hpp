// From the bytes of an education pack to what the learning screens show. A pack that is missing or wrong only closes
// the way to them; the operator reads why on standard error.
#pragma once

#include <memory>

#include "learn/open_pack.hpp"

namespace pipa::kiosk {

// `office_key`: 32 bytes, of the office whose list `trust` is.
[[nodiscard]] Result<std::shared_ptr<const learn::EducationPack>> open_lessons(ByteView message, ByteView office_key, const TrustStore& trust);

}  // namespace pipa::kiosk
