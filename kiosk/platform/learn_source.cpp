#include "platform/learn_source.hpp"

#include "base/hex.hpp"

namespace pipa::kiosk {

Result<std::shared_ptr<const learn::EducationPack>> open_lessons(ByteView message, std::string_view office_key_hex, const TrustStore& trust) {
    while (!office_key_hex.empty() && office_key_hex.back() <= ' ') office_key_hex.remove_suffix(1);
    const auto key = from_hex(office_key_hex);
    if (!key) return std::unexpected(key.error());
    auto pack = open_education_pack(message, *key, trust);
    if (!pack) return std::unexpected(pack.error());
    return std::make_shared<const learn::EducationPack>(std::move(*pack));
}

}  // namespace pipa::kiosk
