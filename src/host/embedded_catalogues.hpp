// The texts of assets/i18n, built into the program. Included as "host/embedded_catalogues.hpp".
#pragma once

#include "page/catalogue.hpp"

namespace pipa {

inline constexpr std::string_view default_language = "zh-Hans";

// The catalogue of a BCP 47 tag ("zh-Hans", "en"; "zh" and "zh-CN" also find Chinese); nullptr for any other language.
// It lives as long as the program; what English lacks comes from Chinese.
[[nodiscard]] const Catalogue* embedded_catalogue(std::string_view language_tag);

}  // namespace pipa
