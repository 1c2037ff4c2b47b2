// The two languages of the kiosk. Where the shared catalogue speaks of the phone or of "this page", the kiosk says its
// own words: the text under "kiosk.instead.<key>" takes the place of <key>.
#pragma once

#include <string_view>

#include "page/catalogue.hpp"

namespace pipa::kiosk {

enum class Language : std::uint8_t { Chinese, English };

[[nodiscard]] std::optional<Language> parse_language(std::string_view tag) noexcept;  // "zh-Hans", "en", "zh-CN"
[[nodiscard]] constexpr Language other(Language language) noexcept {
    return language == Language::Chinese ? Language::English : Language::Chinese;
}

// Lives as long as the program; the same object every time.
[[nodiscard]] const Catalogue& texts_in(Language language);

}  // namespace pipa::kiosk
