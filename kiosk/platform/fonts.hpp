// The fonts that ImGui draws with: regular and bold. Natively files through FreeType; in the browser whatever it shows
// Chinese with, through a canvas, so that no font is ever downloaded.
#pragma once

#include <string>

namespace pipa::kiosk {

struct FontChoice {  // empty: look where systems keep them. Native only.
    std::string regular{};
    std::string bold{};
};

struct FontReport {
    bool chinese_missing{};
    std::string used{};  // for logs: the file or the family
};

// Into ImGui's current context, before its first frame. There is always some font afterwards.
[[nodiscard]] FontReport load_fonts(const FontChoice& choice);

// A character that every text of ours needs; a font without it is no Chinese font.
inline constexpr char32_t chinese_probe = U'枇';

}  // namespace pipa::kiosk
