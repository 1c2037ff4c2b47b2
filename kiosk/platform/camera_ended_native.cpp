#include "platform/camera_ended.hpp"

namespace pipa::kiosk {

bool camera_stream_ended() { return false; }
bool camera_is_absent() { return false; }

}  // namespace pipa::kiosk
