#include "platform/viewfinder.hpp"

#include <algorithm>

#include "platform/shaders.hpp"

namespace pipa::kiosk {
namespace {

void upload(GLuint texture, GLenum unit, int width, int height, const std::uint8_t* pixels, bool same_size) {
    glActiveTexture(unit);
    glBindTexture(GL_TEXTURE_2D, texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    if (same_size) glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RED, GL_UNSIGNED_BYTE, pixels);
    else glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, pixels);
}

}  // namespace

std::expected<std::unique_ptr<Viewfinder>, std::string> Viewfinder::create() {
    auto program = Program::build(shader_source("whole.vert"), shader_source("viewfinder.frag"));
    if (!program) return std::unexpected(program.error());
    return std::unique_ptr<Viewfinder>(new Viewfinder(std::move(*program)));
}

Viewfinder::Viewfinder(Program program) : m_program(std::move(program)) {
    for (GLuint& plane : m_planes) plane = make_texture();
    glGenVertexArrays(1, &m_arrays);
    m_program.use();
    glUniform1i(m_program.uniform("u_luma"), 0);
    glUniform1i(m_program.uniform("u_blue"), 1);
    glUniform1i(m_program.uniform("u_red"), 2);
}

Picture Viewfinder::show(const Frame& frame, bool mirrored, int longest) {
    const int larger = std::max(frame.width, frame.height);
    const int shown = std::clamp(longest, 1, larger);
    m_picture.resize(std::max(1, frame.width * shown / larger), std::max(1, frame.height * shown / larger));
    const bool coloured = !frame.blue.empty() && !frame.red.empty();
    const bool same = frame.width == m_width && frame.height == m_height && coloured == m_coloured;
    upload(m_planes[0], GL_TEXTURE0, frame.width, frame.height, frame.luma.data(), same);
    if (coloured) {
        upload(m_planes[1], GL_TEXTURE1, frame.half_width(), frame.half_height(), frame.blue.data(), same);
        upload(m_planes[2], GL_TEXTURE2, frame.half_width(), frame.half_height(), frame.red.data(), same);
    }
    m_width = frame.width;
    m_height = frame.height;
    m_coloured = coloured;
    m_picture.bind();
    glBindVertexArray(m_arrays);
    m_program.use();
    glUniform4f(m_program.uniform("u_part"), mirrored ? 1.0f : 0.0f, 0, mirrored ? -1.0f : 1.0f, 1);
    glUniform1f(m_program.uniform("u_has_colour"), coloured ? 1.0f : 0.0f);
    draw_whole();
    glBindVertexArray(0);
    glActiveTexture(GL_TEXTURE0);
    return {.texture = m_picture.texture(), .width = m_picture.width(), .height = m_picture.height()};
}

void Viewfinder::forget() {
    static constexpr std::uint8_t black = 0;
    for (std::size_t i = 0; i < std::size(m_planes); ++i) upload(m_planes[i], GL_TEXTURE0, 1, 1, &black, false);
    m_width = m_height = 0;
    if (m_picture.texture() == 0) return;
    m_picture.bind();
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace pipa::kiosk
