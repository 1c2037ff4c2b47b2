// From SDL's events to ImGui's input and to events of the core. Touch comes as SDL's synthesised mouse: one finger, which
// is all a kiosk's buttons and lists need.
#pragma once

#include <SDL3/SDL.h>

#include <vector>

#include "app/event.hpp"

namespace pipa::kiosk {

struct Received {
    std::vector<What> events{};
    int frames{};    // to draw at least: the picture may have changed though no event says so
    bool resized{};
    bool quit{};
};

// Fills ImGui's input queue; `density` is pixels to a unit of SDL's mouse coordinates.
[[nodiscard]] Received receive(const SDL_Event& event, float density);

}  // namespace pipa::kiosk
