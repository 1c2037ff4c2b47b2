// Screenshots that somebody looked at and approved: approved/<name>.png, 480 pixels along the longer edge, 48 colours.
// tools/approve makes them anew (PIPA_APPROVE=1); nothing else changes them.
#pragma once

#include <string>

#include "platform/screenshot.hpp"

namespace pipa::kiosk::test {

// Both pictures are reduced in the same way, so that only real differences are left. What remains between machines is the
// rounding of a GL and the 48 colours: a mean difference of 0.5 of 255, and of 130,000 pixels 20 off by more than 32 in
// a channel. One other digit in a number is more than that.
inline constexpr double most_mean_difference = 0.5;
inline constexpr double most_pixels_off = 0.00015;
inline constexpr int pixel_is_off = 32;

struct Comparison {
    bool same{};
    std::string explanation{};
};

// Compares, or with PIPA_APPROVE=1 approves. What differs is left as <name>.png in the folder $PIPA_KIOSK_SHOTS
// (or build/kiosk-shots), in full size.
[[nodiscard]] Comparison compare_with_approved(const Screenshot& picture, const std::string& name);

// Whether two pictures of one size pass for the same.
[[nodiscard]] bool alike(const Screenshot& a, const Screenshot& b);

// For looking at: the picture in full size, where $PIPA_KIOSK_SHOTS is set.
void keep_for_viewing(const Screenshot& picture, const std::string& name);

}  // namespace pipa::kiosk::test
