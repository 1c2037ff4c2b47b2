#include "platform/screenshot.hpp"

#include <png.h>

#include <cstddef>
#include <cstring>

#include "platform/gl.hpp"

namespace pipa::kiosk {

Screenshot take_screenshot(int width, int height) {
    Screenshot out{.width = width, .height = height, .rgb = Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
    Bytes rgba(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* from = rgba.data() + static_cast<std::ptrdiff_t>(height - 1 - y) * width * 4;  // GL's rows go up
        std::uint8_t* to = out.rgb.data() + static_cast<std::ptrdiff_t>(y) * width * 3;
        for (int x = 0; x < width; ++x, from += 4, to += 3) std::memcpy(to, from, 3);
    }
    return out;
}

bool save_png(const Screenshot& picture, const std::filesystem::path& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGB;
    return png_image_write_to_file(&image, path.c_str(), 0, picture.rgb.data(), 0, nullptr) != 0;
}

}  // namespace pipa::kiosk
