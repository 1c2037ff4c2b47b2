// Two questions that SDL's camera in the browser leaves open; natively its events answer them.
#pragma once

namespace pipa::kiosk {

[[nodiscard]] bool camera_stream_ended();  // the stream was live and its camera went away
[[nodiscard]] bool camera_is_absent();     // the last refusal was for want of a camera, not of permission

}  // namespace pipa::kiosk
