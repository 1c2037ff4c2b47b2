#include "platform/gl.hpp"

#include <string_view>

namespace pipa::kiosk {
namespace {

std::string log_of(GLuint object, bool is_shader) {
    char text[512] = {};
    if (is_shader) glGetShaderInfoLog(object, sizeof text, nullptr, text);
    else glGetProgramInfoLog(object, sizeof text, nullptr, text);
    return text;
}

std::expected<GLuint, std::string> compile(GLenum kind, std::string_view source) {
    const GLuint shader = glCreateShader(kind);
    const char* const text = source.data();
    const auto size = static_cast<GLint>(source.size());
    glShaderSource(shader, 1, &text, &size);
    glCompileShader(shader);
    GLint ok = GL_FALSE;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
    if (ok == GL_TRUE) return shader;
    std::string log = log_of(shader, true);
    glDeleteShader(shader);
    return std::unexpected(std::move(log));
}

}  // namespace

std::expected<Program, std::string> Program::build(std::string_view vertex, std::string_view fragment) {
    const auto first = compile(GL_VERTEX_SHADER, vertex);
    if (!first) return std::unexpected(first.error());
    const auto second = compile(GL_FRAGMENT_SHADER, fragment);
    if (!second) return std::unexpected(second.error());
    Program program(glCreateProgram());
    glAttachShader(program.m_id, *first);
    glAttachShader(program.m_id, *second);
    glLinkProgram(program.m_id);
    glDeleteShader(*first);
    glDeleteShader(*second);
    GLint ok = GL_FALSE;
    glGetProgramiv(program.m_id, GL_LINK_STATUS, &ok);
    if (ok == GL_TRUE) return program;
    return std::unexpected(log_of(program.m_id, false));
}

Program::~Program() {
    if (m_id != 0) glDeleteProgram(m_id);
}

GLuint make_texture() {
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    for (const auto name : {GLenum{GL_TEXTURE_MIN_FILTER}, GLenum{GL_TEXTURE_MAG_FILTER}}) glTexParameteri(GL_TEXTURE_2D, name, GL_LINEAR);
    for (const auto name : {GLenum{GL_TEXTURE_WRAP_S}, GLenum{GL_TEXTURE_WRAP_T}}) glTexParameteri(GL_TEXTURE_2D, name, GL_CLAMP_TO_EDGE);
    return texture;
}

Target2D::~Target2D() {
    if (m_framebuffer != 0) glDeleteFramebuffers(1, &m_framebuffer);
    if (m_texture != 0) glDeleteTextures(1, &m_texture);
}

void Target2D::resize(int width, int height) {
    if (width == m_width && height == m_height) return;
    if (m_texture == 0) {
        m_texture = make_texture();
        glGenFramebuffers(1, &m_framebuffer);
    }
    m_width = width;
    m_height = height;
    glBindTexture(GL_TEXTURE_2D, m_texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glBindFramebuffer(GL_FRAMEBUFFER, m_framebuffer);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, m_texture, 0);
}

void Target2D::bind() const {
    glBindFramebuffer(GL_FRAMEBUFFER, m_framebuffer);
    glViewport(0, 0, m_width, m_height);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
}

void bind_screen(int width, int height) {
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
}

void draw_whole() { glDrawArrays(GL_TRIANGLES, 0, 3); }

bool draws_in_software() {
    const GLubyte* const name = glGetString(GL_RENDERER);
    const std::string_view renderer = name == nullptr ? "" : reinterpret_cast<const char*>(name);
    for (const std::string_view each : {"llvmpipe", "softpipe", "SwiftShader"})
        if (renderer.find(each) != std::string_view::npos) return true;
    return false;
}

}  // namespace pipa::kiosk
