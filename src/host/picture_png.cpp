// PNG through libpng's simplified interface, which needs no setjmp: errors come back as a message.
#include <png.h>

#include "host/picture_formats.hpp"

namespace pipa {

Result<Picture> decode_png(ByteView file, std::size_t max_pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    const auto unreadable = [&] { return fail(ErrorCode::ImageUnreadable, {}, std::string{"PNG: "} + image.message); };
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) return unreadable();
    image.format = PNG_FORMAT_GRAY;
    auto picture = make_picture(image.width, image.height, max_pixels);
    if (!picture) {
        png_image_free(&image);
        return picture;
    }
    const png_color white{0xFF, 0xFF, 0xFF};
    if (png_image_finish_read(&image, &white, picture->pixels.data(), static_cast<png_int_32>(picture->width), nullptr) == 0)
        return unreadable();
    return picture;
}

}  // namespace pipa
