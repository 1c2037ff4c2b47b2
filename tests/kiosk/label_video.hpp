// A printed label held before a camera, as frames of colour planes: paper on cardboard, a little askew, with the grain,
// the soft focus and the falling light that a real lens adds. Made by arithmetic, the same on every machine.
#pragma once

#include <filesystem>

#include "platform/frame.hpp"

namespace pipa::kiosk::test {

struct Scene {
    int width{1920};
    int height{1080};
    double angle{0.09};       // radians
    double label_edge{0.78};  // height of the label as a part of the picture's
    std::string text{};       // of the code; empty: cardboard alone
};

[[nodiscard]] Frame draw_scene(const Scene& scene);
// YUV4MPEG2, 4:2:0: `empty` frames of cardboard, then `shown` frames of the label.
void write_video(const std::filesystem::path& path, const Scene& scene, int empty, int shown);

}  // namespace pipa::kiosk::test
