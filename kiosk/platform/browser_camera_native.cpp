#include "platform/browser_camera.hpp"

namespace pipa::kiosk {

bool camera_stream_ended() { return false; }
bool camera_is_absent() { return false; }
SDL_PixelFormat camera_format() { return SDL_PIXELFORMAT_IYUV; }

}  // namespace pipa::kiosk
