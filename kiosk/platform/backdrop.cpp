#include "platform/backdrop.hpp"

#include <algorithm>

#include "platform/shaders.hpp"

namespace pipa::kiosk {
namespace {

constexpr int reduction = 4;  // one pixel of the small picture for this many each way: soft, and cheap without a GPU

}  // namespace

std::expected<std::unique_ptr<Backdrop>, std::string> Backdrop::create() {
    auto attract = Program::build(shader_source("whole.vert"), shader_source("attract.frag"));
    if (!attract) return std::unexpected(attract.error());
    auto enlarge = Program::build(shader_source("whole.vert"), shader_source("enlarge.frag"));
    if (!enlarge) return std::unexpected(enlarge.error());
    return std::unique_ptr<Backdrop>(new Backdrop(std::move(*attract), std::move(*enlarge)));
}

Backdrop::Backdrop(Program attract, Program enlarge) : m_attract(std::move(attract)), m_enlarge(std::move(enlarge)) {
    glGenVertexArrays(1, &m_arrays);
}

void Backdrop::draw_moving(int width, int height, double seconds) {
    m_small.resize(std::max(1, width / reduction), std::max(1, height / reduction));
    m_small.bind();
    glBindVertexArray(m_arrays);
    m_attract.use();
    glUniform1f(m_attract.uniform("u_seconds"), static_cast<float>(seconds));
    glUniform2f(m_attract.uniform("u_size"), static_cast<float>(m_small.width()), static_cast<float>(m_small.height()));
    draw_whole();

    bind_screen(width, height);
    m_enlarge.use();
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, m_small.texture());
    draw_whole();
    glBindVertexArray(0);
}

void Backdrop::draw_plain(int width, int height) {
    bind_screen(width, height);
    glClearColor(0.984f, 0.973f, 0.941f, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace pipa::kiosk
