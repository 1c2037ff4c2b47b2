// Screenshots that somebody looked at and approved: approved/<name>.png, 480 pixels along the longer edge, 48 colours.
// tests/kiosk/approve.sh makes them anew (PIPA_APPROVE=1); nothing else changes them.
#pragma once

#include <string>

#include "platform/screenshot.hpp"

namespace pipa::kiosk::test {

// Both pictures are reduced in the same way, so that only real differences are left. What remains between machines is the
// rounding of a GL and the hinting of a FreeType: a mean difference of 1.5 of 255, and at most 0.4 % of the pixels off by
// more than 40 in a channel.
inline constexpr double most_mean_difference = 1.5;
inline constexpr double most_pixels_off = 0.004;
inline constexpr int pixel_is_off = 40;

struct Comparison {
    bool same{};
    std::string explanation{};
};

// Compares, or with PIPA_APPROVE=1 approves. What differs is left as <name>.png in the folder $PIPA_KIOSK_SHOTS
// (or kiosk-shots), in full size.
[[nodiscard]] Comparison compare_with_approved(const Screenshot& picture, const std::string& name);

// For looking at: the picture in full size, where $PIPA_KIOSK_SHOTS is set.
void keep_for_viewing(const Screenshot& picture, const std::string& name);

}  // namespace pipa::kiosk::test
