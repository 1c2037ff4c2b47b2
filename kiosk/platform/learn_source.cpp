#include "platform/learn_source.hpp"

namespace pipa::kiosk {

Result<std::shared_ptr<const learn::EducationPack>> open_lessons(ByteView message, ByteView office_key, const TrustStore& trust) {
    auto pack = open_education_pack(message, office_key, trust);
    if (!pack) return std::unexpected(pack.error());
    return std::make_shared<const learn::EducationPack>(std::move(*pack));
}

}  // namespace pipa::kiosk
