// Icons as vector paths: sharp at any size, no font and no picture. `size` is the edge of the square they fill.
#pragma once

#include <imgui.h>

#include <string_view>

namespace pipa::kiosk {

enum class Icon : unsigned char {
    Check, Attention, Clock, Stop, Broken, Person, Question,       // of verdicts, as the core names them
    Camera, Keypad, Pen, Seal, Device, Nobody, Next, Info, Leave, Erase, TextSize, Globe, Down, Up,
    Code, Eye, Shield, Scanner, Refresh,
};

[[nodiscard]] Icon icon_named(std::string_view name) noexcept;     // "check"; Question where the name is unknown
[[nodiscard]] std::string_view voucher_kind(std::string_view voucher) noexcept;  // "laboratory" of "laboratory-21"
[[nodiscard]] Icon voucher_icon(std::string_view voucher) noexcept; // "producer"

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour);
// The brand: two loquats and their leaf.
void draw_brand(ImDrawList& list, ImVec2 centre, float size);

}  // namespace pipa::kiosk
