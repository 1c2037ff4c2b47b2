#include <SDL3/SDL.h>

#include <algorithm>
#include <cstring>

#include "platform/camera.hpp"
#include "platform/browser_camera.hpp"
#include "platform/rgba_planes.hpp"

namespace pipa::kiosk {
namespace {

// A code on a label needs no more; what is larger only takes longer to read.
constexpr int most_width = 1920, most_height = 1080;
constexpr std::int64_t silence_ms = 4'000;  // a camera that was live and says nothing for so long is gone

int frames_a_second(const SDL_CameraSpec& spec) {
    return spec.framerate_denominator > 0 ? spec.framerate_numerator / spec.framerate_denominator : 0;
}

// The largest picture up to 1080p that comes at 15 frames a second or more; else whatever comes.
SDL_CameraSpec choose_spec(SDL_CameraID id) {
    SDL_CameraSpec best{};
    int count = 0;
    SDL_CameraSpec** specs = SDL_GetCameraSupportedFormats(id, &count);
    for (int i = 0; i < count; ++i) {
        const SDL_CameraSpec& spec = *specs[i];
        if (spec.width > most_width || spec.height > most_height || frames_a_second(spec) < 15) continue;
        const bool larger = spec.width * spec.height > best.width * best.height;
        const bool same = spec.width * spec.height == best.width * best.height;
        if (larger || (same && frames_a_second(spec) > frames_a_second(best))) best = spec;
    }
    SDL_free(specs);
    if (best.width == 0) {
        best = {.width = 1280, .height = 720, .framerate_numerator = 30, .framerate_denominator = 1};
    }
    best.format = camera_format();
    return best;
}

void copy_plane(const std::uint8_t* from, int pitch, int width, int height, Bytes& to) {
    to.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y)
        std::memcpy(to.data() + static_cast<std::ptrdiff_t>(y) * width, from + static_cast<std::ptrdiff_t>(y) * pitch, static_cast<std::size_t>(width));
}

// IYUV: all of Y, then Cb, then Cr; the pitch of a colour plane is half that of Y.
void copy_planes(const SDL_Surface& surface, Frame& frame) {
    frame.width = surface.w;
    frame.height = surface.h;
    const auto* from = static_cast<const std::uint8_t*>(surface.pixels);
    const int half_pitch = (surface.pitch + 1) / 2;
    copy_plane(from, surface.pitch, frame.width, frame.height, frame.luma);
    from += static_cast<std::ptrdiff_t>(surface.pitch) * frame.height;
    copy_plane(from, half_pitch, frame.half_width(), frame.half_height(), frame.blue);
    from += static_cast<std::ptrdiff_t>(half_pitch) * frame.half_height();
    copy_plane(from, half_pitch, frame.half_width(), frame.half_height(), frame.red);
}

// False where the picture is none of those that camera_format() asks for.
bool copy_frame(const SDL_Surface& surface, Frame& frame) {
    if (surface.w < 1 || surface.h < 1) return false;
    if (surface.format == SDL_PIXELFORMAT_IYUV) copy_planes(surface, frame);
    else if (surface.format == SDL_PIXELFORMAT_RGBA32)
        split_rgba(static_cast<const std::uint8_t*>(surface.pixels), static_cast<std::size_t>(surface.pitch), surface.w, surface.h, frame);
    else return false;
    return true;
}

class SdlCamera final : public Camera {
public:
    ~SdlCamera() override { close(); }

    void open() override {
        if (m_camera != nullptr) return;
        // Starting the subsystem is what asks the system for cameras; nothing does so before a visitor wants to scan.
        if (SDL_WasInit(SDL_INIT_CAMERA) == 0 && !SDL_InitSubSystem(SDL_INIT_CAMERA)) return fail_with(CameraStatus::Missing);
        int count = 0;
        SDL_CameraID* ids = SDL_GetCameras(&count);
        const SDL_CameraID id = count > 0 ? ids[0] : 0;
        SDL_free(ids);
        if (id == 0) return fail_with(CameraStatus::Missing);
        const SDL_CameraSpec spec = choose_spec(id);
        m_camera = SDL_OpenCamera(id, &spec);
        if (m_camera == nullptr) return fail_with(CameraStatus::Missing);
        m_mirrored = SDL_GetCameraPosition(id) != SDL_CAMERA_POSITION_BACK_FACING;
        m_status = m_status == CameraStatus::Lost ? CameraStatus::Lost : CameraStatus::Opening;
        m_last_frame_ms = -1;
    }

    void close() override {
        if (m_camera != nullptr) SDL_CloseCamera(m_camera);
        m_camera = nullptr;
        m_status = CameraStatus::Closed;
    }

    bool poll(std::int64_t now_ms, Frame& frame) override {
        if (m_camera == nullptr) return false;
        if (SDL_GetCameraPermissionState(m_camera) < 0) return refuse();
        if (camera_stream_ended()) return lose();
        Uint64 stamp = 0;
        SDL_Surface* surface = SDL_AcquireCameraFrame(m_camera, &stamp);
        if (surface == nullptr) {
            if (m_last_frame_ms >= 0 && now_ms - m_last_frame_ms > silence_ms) return lose();
            return false;
        }
        const bool usable = copy_frame(*surface, frame);
        SDL_ReleaseCameraFrame(m_camera, surface);
        if (!usable) return false;
        m_last_frame_ms = now_ms;
        m_status = CameraStatus::Live;
        return true;
    }

    [[nodiscard]] CameraStatus status() const override { return m_status; }
    [[nodiscard]] bool mirrored() const override { return m_mirrored; }

    void device_added() override {
        if (m_status == CameraStatus::Lost || m_status == CameraStatus::Missing) open();
    }
    void device_removed() override {
        if (m_camera != nullptr) static_cast<void>(lose());
    }

private:
    void fail_with(CameraStatus status) {
        if (m_status != CameraStatus::Lost) m_status = status;  // one that was there and is not back is still the lost one
    }
    bool refuse() {
        const bool no_camera = camera_is_absent();
        shut();
        m_status = no_camera ? (m_status == CameraStatus::Lost ? CameraStatus::Lost : CameraStatus::Missing) : CameraStatus::Denied;
        return false;
    }
    bool lose() {
        shut();
        m_status = CameraStatus::Lost;
        return false;
    }
    void shut() {
        SDL_CloseCamera(m_camera);
        m_camera = nullptr;
    }

    SDL_Camera* m_camera{};
    CameraStatus m_status{CameraStatus::Closed};
    std::int64_t m_last_frame_ms{-1};
    bool m_mirrored{true};
};

}  // namespace

std::unique_ptr<Camera> make_sdl_camera() { return std::make_unique<SdlCamera>(); }

}  // namespace pipa::kiosk
