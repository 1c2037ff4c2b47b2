#include "host/pictures.hpp"

#include <algorithm>
#include <array>

#include "host/files.hpp"
#include "host/picture_formats.hpp"

namespace pipa {
namespace {

using Decode = Result<Picture> (*)(ByteView, std::size_t max_pixels);

struct Format {
    std::string_view signature;
    Decode decode;
};
constexpr std::array formats = {
    Format{"\x89PNG\r\n\x1a\n", decode_png},
    Format{"\xFF\xD8\xFF", decode_jpeg},
    Format{"P5", decode_pgm},
    Format{"P2", decode_pgm},
};

const Format* format_of(ByteView file) noexcept {
    const auto begins = [text = as_text(file)](const Format& format) { return text.starts_with(format.signature); };
    const auto found = std::ranges::find_if(formats, begins);
    return found == formats.end() ? nullptr : &*found;
}

}  // namespace

Result<Picture> make_picture(std::size_t width, std::size_t height, std::size_t max_pixels) {
    if (width == 0 || height == 0) return fail(ErrorCode::ImageUnreadable, {}, "no pixels");
    // Division instead of a product: width * height must not overflow before it is compared.
    if (width > max_pixels / height)
        return fail(ErrorCode::ImageTooLarge, {}, std::to_string(width) + " x " + std::to_string(height));
    return Picture{.width = width, .height = height, .pixels = Bytes(width * height, 0xFF)};
}

bool looks_like_picture(ByteView file) noexcept { return format_of(file) != nullptr; }

Result<Picture> decode_grey_picture(ByteView file, std::size_t max_pixels) {
    const Format* format = format_of(file);
    return format == nullptr ? fail(ErrorCode::ImageUnreadable, 0) : format->decode(file, max_pixels);
}

Result<Picture> load_grey_picture(const std::filesystem::path& path) {
    const auto file = read_file(path);
    if (!file) return std::unexpected(file.error());
    auto picture = decode_grey_picture(*file);
    if (!picture && picture.error().detail.empty()) picture.error().detail = path.string();
    return picture;
}

}  // namespace pipa
