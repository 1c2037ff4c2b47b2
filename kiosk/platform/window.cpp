#include "platform/window.hpp"

#include "platform/gl.hpp"

namespace pipa::kiosk {
namespace {

std::string with_reason(const char* what) { return std::string{what} + ": " + SDL_GetError(); }

void ask_for_gles3() {
    SDL_SetHint(SDL_HINT_OPENGL_ES_DRIVER, "1");
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
}

}  // namespace

std::expected<std::unique_ptr<Window>, std::string> Window::open(const WindowOptions& options) {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");       // main() ends the program tidily itself
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    if (!SDL_Init(SDL_INIT_VIDEO)) return std::unexpected(with_reason("there is no display"));
    ask_for_gles3();
    std::unique_ptr<Window> out(new Window);
    SDL_WindowFlags flags = SDL_WINDOW_OPENGL | SDL_WINDOW_HIGH_PIXEL_DENSITY | SDL_WINDOW_RESIZABLE;
    if (options.fullscreen) flags |= SDL_WINDOW_FULLSCREEN;
    out->m_window = SDL_CreateWindow("Pipa", options.width, options.height, flags);
    if (out->m_window == nullptr) return std::unexpected(with_reason("no window can be opened"));
    out->m_context = SDL_GL_CreateContext(out->m_window);
    if (out->m_context == nullptr) return std::unexpected(with_reason("OpenGL ES 3.0 is not available"));
    SDL_GL_SetSwapInterval(1);  // where the driver refuses, the wake-up times limit the frame rate anyway
    if (!options.show_cursor) SDL_HideCursor();
    return out;
}

Window::~Window() {
    if (m_context != nullptr) SDL_GL_DestroyContext(m_context);
    if (m_window != nullptr) SDL_DestroyWindow(m_window);
    SDL_Quit();
}

Window::Size Window::pixels() const {
    Size size;
    SDL_GetWindowSizeInPixels(m_window, &size.width, &size.height);
    return size;
}

void Window::present() const {
    SDL_GL_SwapWindow(m_window);
    glFinish();  // no queue of frames: fingers see the last one, and a driver without a GPU hoards no buffers
}

float Window::pixel_density() const { return SDL_GetWindowPixelDensity(m_window); }

}  // namespace pipa::kiosk
