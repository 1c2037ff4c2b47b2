// The drawings of goods (assets/pictures), which the core names in a summary. They are of a kind of produce, never of this lot.
#pragma once

#include <imgui.h>

#include <string_view>

namespace pipa::kiosk {

// Into a square from `at`; nothing for a name that is not known.
void draw_product(ImDrawList& list, std::string_view name, ImVec2 at, float edge);

}  // namespace pipa::kiosk
