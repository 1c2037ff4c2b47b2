// What is different about a camera in the browser, as SDL gives it; natively its events answer the first two.
#pragma once

#include <SDL3/SDL.h>

namespace pipa::kiosk {

[[nodiscard]] bool camera_stream_ended();  // the stream was live and its camera went away
[[nodiscard]] bool camera_is_absent();     // the last refusal was for want of a camera, not of permission
// What to ask SDL for: IYUV, into which it turns whatever the camera speaks; in the browser RGBA, which it has already.
[[nodiscard]] SDL_PixelFormat camera_format();

}  // namespace pipa::kiosk
