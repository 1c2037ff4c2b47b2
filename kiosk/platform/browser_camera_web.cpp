#include <emscripten/em_js.h>

#include "platform/browser_camera.hpp"

// clang-format off

// SDL keeps its stream in Module.SDL3.camera, and draws the last picture for ever once the camera is gone.
EM_JS(int, pipa_camera_ended, (), {
    const stream = Module['SDL3'] && Module['SDL3'].camera && Module['SDL3'].camera.stream;
    return stream && stream.getVideoTracks().every((track) => track.readyState === 'ended') ? 1 : 0;
});

// start.mjs asks the browser which kinds of devices there are, and listens when that changes.
EM_JS(int, pipa_camera_absent, (), { return Module['hasCamera'] === false ? 1 : 0; });

// clang-format on

namespace pipa::kiosk {

bool camera_stream_ended() { return pipa_camera_ended() != 0; }
bool camera_is_absent() { return pipa_camera_absent() != 0; }
SDL_PixelFormat camera_format() { return SDL_PIXELFORMAT_RGBA32; }

}  // namespace pipa::kiosk
