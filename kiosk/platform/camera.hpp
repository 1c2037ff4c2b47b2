// Where frames come from: a camera, or in tests and demos a file. Asked from the main loop, never blocking.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>

#include "app/state.hpp"
#include "platform/frame.hpp"

namespace pipa::kiosk {

class Camera {
public:
    Camera() = default;
    Camera(const Camera&) = delete;
    Camera& operator=(const Camera&) = delete;
    virtual ~Camera() = default;

    virtual void open() = 0;   // or try again to
    virtual void close() = 0;  // and overwrite the last frame
    // Looks what became of it. True when `frame` now holds a new picture.
    [[nodiscard]] virtual bool poll(std::int64_t now_ms, Frame& frame) = 0;
    [[nodiscard]] virtual CameraStatus status() const = 0;
    [[nodiscard]] virtual bool mirrored() const { return false; }
    virtual void device_added() {}
    virtual void device_removed() {}
};

// SDL's camera: Video4Linux, PipeWire, or the browser's.
[[nodiscard]] std::unique_ptr<Camera> make_sdl_camera();

// FILE.y4m (YUV4MPEG2, 4:2:0 or grey, at its own frame rate, over and over) or a folder of pictures, one a second in the
// order of their names. A file that goes away is a camera that was unplugged. Native only.
[[nodiscard]] std::unique_ptr<Camera> make_file_camera(const std::filesystem::path& path);

inline constexpr std::int64_t camera_poll_ms = 33;

}  // namespace pipa::kiosk
