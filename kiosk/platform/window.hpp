// The window and its OpenGL ES 3.0 context, through SDL.
#pragma once

#include <SDL3/SDL.h>

#include <expected>
#include <memory>
#include <string>

namespace pipa::kiosk {

struct WindowOptions {
    int width{1080};
    int height{1920};
    bool fullscreen{};
    bool show_cursor{};
};

class Window {
public:
    // The error is a sentence for the operator.
    [[nodiscard]] static std::expected<std::unique_ptr<Window>, std::string> open(const WindowOptions& options);
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;
    ~Window();

    struct Size { int width{}; int height{}; };
    [[nodiscard]] Size pixels() const;
    [[nodiscard]] float pixel_density() const;  // pixels to a unit of mouse coordinates
    void present() const;

private:
    Window() = default;

    SDL_Window* m_window{};
    SDL_GLContext m_context{};
};

}  // namespace pipa::kiosk
