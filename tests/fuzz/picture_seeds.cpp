// pipa_picture_seeds FOLDER: small pictures of every kind that cameras and scanners write, for fuzz_picture.
#include <cstddef>
#include <cstdio>  // jpeglib.h needs it and does not include it
#include <cstdlib>
#include <iostream>

#include <jpeglib.h>
#include <png.h>

#include "fuzz/seed_folder.hpp"

using namespace pipa;

namespace {

constexpr unsigned width = 24, height = 16;

Bytes pixels_of(unsigned channels) {
    Bytes out(std::size_t{width} * height * channels);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(i * 37 ^ i / width);
    return out;
}

Bytes png(std::uint32_t format, unsigned channels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = format;
    const Bytes pixels = pixels_of(channels);
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
    Bytes out(size);
    png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr);
    out.resize(size);
    return out;
}

Bytes jpeg(J_COLOR_SPACE space, int channels, bool progressive) {
    jpeg_compress_struct codec{};
    jpeg_error_mgr errors{};
    codec.err = jpeg_std_error(&errors);
    jpeg_create_compress(&codec);
    unsigned char* file = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&codec, &file, &size);
    codec.image_width = width;
    codec.image_height = height;
    codec.input_components = channels;
    codec.in_color_space = space;
    jpeg_set_defaults(&codec);
    if (progressive) jpeg_simple_progression(&codec);
    jpeg_start_compress(&codec, TRUE);
    Bytes pixels = pixels_of(static_cast<unsigned>(channels));
    for (unsigned row = 0; row < height; ++row) {
        JSAMPROW at = pixels.data() + std::size_t{row} * width * static_cast<unsigned>(channels);
        jpeg_write_scanlines(&codec, &at, 1);
    }
    jpeg_finish_compress(&codec);
    Bytes out(file, file + size);
    jpeg_destroy_compress(&codec);
    std::free(file);
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: pipa_picture_seeds FOLDER\n";
        return 64;
    }
    fuzz::SeedFolder seeds(argv[1], "picture");
    const auto add = [&](ByteView picture) { seeds.add("fuzz_picture", picture); };
    for (const auto& [format, channels] : {std::pair<std::uint32_t, unsigned>{PNG_FORMAT_GRAY, 1}, {PNG_FORMAT_GA, 2}, {PNG_FORMAT_RGB, 3},
                                          {PNG_FORMAT_RGBA, 4}, {PNG_FORMAT_LINEAR_Y, 2}})
        add(png(format, channels));
    for (const bool progressive : {false, true}) {
        add(jpeg(JCS_GRAYSCALE, 1, progressive));
        add(jpeg(JCS_RGB, 3, progressive));
        add(jpeg(JCS_CMYK, 4, progressive));
    }
    const std::string grey{as_text(pixels_of(1))};
    add(as_bytes("P5\n24 16\n255\n" + grey));
    add(as_bytes("P5 # a comment\n12 16 65535\n" + grey));
    for (const std::string_view text : {"P2\n3 2\n# c\n15\n0 1 2\n13 14 15\n", "P5\n99999 99999\n255\n", "P2 1 1 0 1", "P5#", "P5 0 1 255 "}) add(as_bytes(text));
    return 0;
}
