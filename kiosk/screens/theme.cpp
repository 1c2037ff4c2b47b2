#include "screens/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace pipa::kiosk {
namespace {

struct Accent {
    std::string_view verdict;
    std::string_view level;  // empty: any
    ImU32 colour;
};
constexpr std::array accents = {
    Accent{"genuine", "ok", IM_COL32(0x1E, 0x74, 0x42, 0xFF)},
    Accent{"genuine", "caution", IM_COL32(0x8F, 0x5C, 0x00, 0xFF)},
    Accent{"genuine", "", IM_COL32(0xB0, 0x3F, 0x12, 0xFF)},
    Accent{"out_of_date", "", IM_COL32(0x9A, 0x47, 0x1B, 0xFF)},
    Accent{"revoked", "", IM_COL32(0xA8, 0x1B, 0x2B, 0xFF)},
    Accent{"altered", "", IM_COL32(0x8E, 0x1F, 0x5A, 0xFF)},
    Accent{"unknown_issuer", "", IM_COL32(0x5A, 0x41, 0x92, 0xFF)},
    Accent{"could_not_check", "", IM_COL32(0x46, 0x5A, 0x6B, 0xFF)},
};

constexpr float text_scales[text_steps] = {1.0f, 1.22f, 1.5f};
constexpr float smallest_target_mm = 15;

}  // namespace

ImU32 with_alpha(ImU32 colour, float alpha) {
    const auto value = static_cast<ImU32>(std::clamp(alpha, 0.0f, 1.0f) * 255.0f + 0.5f);
    return (colour & ~IM_COL32_A_MASK) | (value << IM_COL32_A_SHIFT);
}

ImU32 blend(ImU32 from, ImU32 to, float part) {
    const ImVec4 a = ImGui::ColorConvertU32ToFloat4(from);
    const ImVec4 b = ImGui::ColorConvertU32ToFloat4(to);
    const auto mix = [part](float x, float y) { return x + (y - x) * part; };
    return ImGui::ColorConvertFloat4ToU32({mix(a.x, b.x), mix(a.y, b.y), mix(a.z, b.z), mix(a.w, b.w)});
}

ImU32 accent_of(std::string_view verdict, std::string_view level) {
    const auto fits = [&](const Accent& accent) {
        return accent.verdict == verdict && (accent.level.empty() || accent.level == level);
    };
    const auto found = std::ranges::find_if(accents, fits);
    return found != accents.end() ? found->colour : accents.back().colour;
}

Metrics::Metrics(const Display& display, int text_step)
    : unit(static_cast<float>(std::min(display.width, display.height)) / 1080.0f),
      text_scale(text_scales[std::clamp(text_step, 0, text_steps - 1)]),
      touch(std::ceil(smallest_target_mm * display.px_per_mm)),
      portrait(display.height >= display.width) {}

float Metrics::em(float units) const { return std::max(8.0f, std::round(units * unit * text_scale)); }

}  // namespace pipa::kiosk
