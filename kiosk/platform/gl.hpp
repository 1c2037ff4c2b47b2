// OpenGL ES 3.0, which is also WebGL 2; nothing newer is used.
#pragma once

#include <GLES3/gl3.h>

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace pipa::kiosk {

// A linked program, from the sources of shaders/ that are built in.
class Program {
public:
    Program() = default;
    // The error is the driver's own message.
    [[nodiscard]] static std::expected<Program, std::string> build(std::string_view vertex, std::string_view fragment);
    Program(Program&& other) noexcept : m_id(std::exchange(other.m_id, 0)) {}
    Program& operator=(Program&& other) noexcept {
        std::swap(m_id, other.m_id);
        return *this;
    }
    ~Program();

    void use() const { glUseProgram(m_id); }
    [[nodiscard]] GLint uniform(const char* name) const { return glGetUniformLocation(m_id, name); }

private:
    explicit Program(GLuint id) : m_id(id) {}
    GLuint m_id{};
};

// A texture that is filtered smoothly and not repeated at its edges.
[[nodiscard]] GLuint make_texture();

// A picture to draw into.
class Target2D {
public:
    Target2D() = default;
    Target2D(const Target2D&) = delete;
    Target2D& operator=(const Target2D&) = delete;
    ~Target2D();

    void resize(int width, int height);  // keeps what it has when the size stays
    void bind() const;                   // draw into it, all of it
    [[nodiscard]] GLuint texture() const { return m_texture; }
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }

private:
    GLuint m_texture{};
    GLuint m_framebuffer{};
    int m_width{};
    int m_height{};
};

// Back to the window, all of it.
void bind_screen(int width, int height);
// One triangle over the whole target, for programs with shaders/whole.vert.
void draw_whole();
// No GPU: each pixel costs.
[[nodiscard]] bool draws_in_software();

}  // namespace pipa::kiosk
