// Writing PNG with libpng's full interface: the simple one cannot say how many dots make an inch.
// Its errors leave by longjmp, so between setjmp and the end nothing here has a destructor.
#include <png.h>

#include <cmath>
#include <csetjmp>

#include "pipa/labels/canvas.hpp"
#include "pipa/labels/geometry.hpp"

namespace pipa::labels {
namespace {

void append(png_structp png, png_bytep data, std::size_t length) {
    auto& bytes = *static_cast<Bytes*>(png_get_io_ptr(png));
    bytes.insert(bytes.end(), data, data + length);
}

void stay_silent(png_structp, png_const_charp) {}
[[noreturn]] void leave(png_structp png, png_const_charp) { png_longjmp(png, 1); }

struct Writer {
    png_structp png{};
    png_infop info{};
    Bytes* out{};
};

bool write(Writer& writer, const std::uint8_t* pixels, png_uint_32 width, png_uint_32 height, png_uint_32 dots_per_metre) {
    if (setjmp(png_jmpbuf(writer.png)) != 0) return false;
    png_set_write_fn(writer.png, writer.out, append, nullptr);
    png_set_IHDR(writer.png, writer.info, width, height, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(writer.png, writer.info, dots_per_metre, dots_per_metre, PNG_RESOLUTION_METER);
    png_write_info(writer.png, writer.info);
    for (png_uint_32 y = 0; y < height; ++y) png_write_row(writer.png, pixels + std::size_t{y} * width);
    png_write_end(writer.png, nullptr);
    return true;
}

}  // namespace

Result<Bytes> encode_grey_png(ByteView pixels, std::size_t width, std::size_t height, double dots_per_inch) {
    Bytes bytes;
    Writer writer{.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, stay_silent), .out = &bytes};
    if (writer.png != nullptr) writer.info = png_create_info_struct(writer.png);
    const auto dots_per_metre = static_cast<png_uint_32>(std::lround(dots_per_inch * 1000 / mm_per_inch));
    const bool written = writer.info != nullptr && write(writer, pixels.data(), static_cast<png_uint_32>(width),
                                                         static_cast<png_uint_32>(height), dots_per_metre);
    png_destroy_write_struct(&writer.png, &writer.info);
    if (!written) return fail(ErrorCode::FileUnwritable, {}, "PNG");
    return bytes;
}

}  // namespace pipa::labels
