// What lies behind the shapes: plain paper, or on the attract screen a slow picture (shaders/attract.frag).
#pragma once

#include <memory>

#include "platform/gl.hpp"

namespace pipa::kiosk {

class Backdrop {
public:
    [[nodiscard]] static std::expected<std::unique_ptr<Backdrop>, std::string> create();

    // Over all of the screen, which is bound afterwards.
    void draw_moving(int width, int height, double seconds);
    void draw_plain(int width, int height);

private:
    Backdrop(Program attract, Program enlarge);

    Program m_attract;
    Program m_enlarge;
    Target2D m_small;
    GLuint m_arrays{};  // ES 3 draws nothing without one, though ours is empty
};

}  // namespace pipa::kiosk
