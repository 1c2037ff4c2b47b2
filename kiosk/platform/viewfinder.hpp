// The camera's picture on the screen: uploads the planes of a frame and turns them into a texture for the ui program.
#pragma once

#include <memory>

#include "app/state.hpp"
#include "platform/frame.hpp"
#include "platform/gl.hpp"

namespace pipa::kiosk {

class Viewfinder {
public:
    [[nodiscard]] static std::expected<std::unique_ptr<Viewfinder>, std::string> create();

    // `longest` limits the picture's longer edge: the screen does not show more anyway.
    [[nodiscard]] Picture show(const Frame& frame, bool mirrored, int longest);
    // Overwrites what a visitor's camera saw.
    void forget();

private:
    explicit Viewfinder(Program program);

    Program m_program;
    GLuint m_planes[3]{};
    GLuint m_arrays{};
    Target2D m_picture;
    int m_width{};  // of the frame that the planes hold now
    int m_height{};
    bool m_coloured{};
};

}  // namespace pipa::kiosk
