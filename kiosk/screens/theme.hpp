// Colours and sizes. Lengths are in units of 1/1080 of the screen's shorter edge, so that both orientations and every
// resolution look alike; what a finger must hit is at least 15 mm whatever the resolution.
#pragma once

#include <imgui.h>

#include <string_view>

#include "app/state.hpp"

namespace pipa::kiosk {

namespace colour {
inline constexpr ImU32 paper = IM_COL32(0xFB, 0xF8, 0xF0, 0xFF);
inline constexpr ImU32 card = IM_COL32(0xFF, 0xFF, 0xFF, 0xFF);
inline constexpr ImU32 ink = IM_COL32(0x29, 0x25, 0x1C, 0xFF);
inline constexpr ImU32 soft_ink = IM_COL32(0x62, 0x5C, 0x4E, 0xFF);
inline constexpr ImU32 line = IM_COL32(0xE6, 0xDF, 0xCE, 0xFF);  // parts text from text
inline constexpr ImU32 edge = IM_COL32(0x85, 0x7D, 0x69, 0xFF);  // of what can be touched: 3 to 1 on every ground
inline constexpr ImU32 loquat = IM_COL32(0xF4, 0xAE, 0x2B, 0xFF);
inline constexpr ImU32 loquat_deep = IM_COL32(0xD9, 0x86, 0x0B, 0xFF);
inline constexpr ImU32 loquat_light = IM_COL32(0xFF, 0xDD, 0x8A, 0xFF);
inline constexpr ImU32 cream = IM_COL32(0xFF, 0xF3, 0xD4, 0xFF);
inline constexpr ImU32 leaf = IM_COL32(0x2C, 0x66, 0x3C, 0xFF);
inline constexpr ImU32 leaf_deep = IM_COL32(0x1D, 0x4A, 0x2A, 0xFF);
inline constexpr ImU32 leaf_light = IM_COL32(0xE6, 0xEF, 0xE1, 0xFF);
inline constexpr ImU32 warning = IM_COL32(0x8A, 0x50, 0x00, 0xFF);
inline constexpr ImU32 night = IM_COL32(0x1F, 0x22, 0x1C, 0xFF);
inline constexpr ImU32 white = IM_COL32(0xFF, 0xFF, 0xFF, 0xFF);
inline constexpr ImU32 shadow = IM_COL32(0x3A, 0x2C, 0x0A, 0xFF);
}  // namespace colour

[[nodiscard]] ImU32 with_alpha(ImU32 colour, float alpha);
[[nodiscard]] ImU32 blend(ImU32 from, ImU32 to, float part);

// One accent for each answer; white text on it has a contrast of at least 5 to 1.
[[nodiscard]] ImU32 accent_of(std::string_view verdict, std::string_view level);

struct Metrics {
    explicit Metrics(const Display& display, int text_step);

    float unit;        // pixels
    float text_scale;  // what the visitor chose
    float touch;       // pixels of the smallest target
    bool portrait;

    [[nodiscard]] float operator()(float units) const { return units * unit; }
    [[nodiscard]] float em(float units) const;  // a size of type, in whole pixels so that few sizes are ever drawn
};

namespace type {  // em sizes in units
inline constexpr float poster = 92, title = 58, heading = 43, body = 36, small = 29;
}

}  // namespace pipa::kiosk
