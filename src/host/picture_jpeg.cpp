// JPEG through libjpeg. Its errors leave by longjmp, so between setjmp and the end nothing here has a destructor.
#include <csetjmp>
#include <cstdio>  // jpeglib.h needs it and does not include it

#include <jpeglib.h>

#include "host/picture_formats.hpp"

namespace pipa {
namespace {

// A progressive file may repeat scans without end; each one costs a pass over the whole picture. Cameras write about ten.
constexpr std::uint64_t max_scans = 200;
constexpr std::uint64_t max_passes = 16;  // over a picture of the most pixels that are allowed
constexpr long max_working_memory = 600L << 20;  // 50 million pixels, progressive, three full colour planes

struct Decoder {
    jpeg_decompress_struct codec{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf escape{};
    char message[JMSG_LENGTH_MAX]{};
    std::uint64_t max_scanned_pixels{};
};

Decoder& decoder_of(j_common_ptr codec) { return *static_cast<Decoder*>(codec->client_data); }

[[noreturn]] void leave(j_common_ptr codec) {
    Decoder& decoder = decoder_of(codec);
    codec->err->format_message(codec, decoder.message);
    std::longjmp(decoder.escape, 1);
}

// A warning means damaged data that libjpeg filled with grey: a code may still be readable, and the signature decides.
void stay_silent(j_common_ptr, int) {}

void limit_scans(j_common_ptr codec) {
    if (!codec->is_decompressor) return;
    Decoder& decoder = decoder_of(codec);
    const auto scans = static_cast<std::uint64_t>(decoder.codec.input_scan_number);
    if (scans <= max_scans && scans * decoder.codec.image_width * decoder.codec.image_height <= decoder.max_scanned_pixels) return;
    std::snprintf(decoder.message, JMSG_LENGTH_MAX, "too many scans");
    std::longjmp(decoder.escape, 1);
}

// False with decoder.message set when the file cannot be read.
bool read_header(Decoder& decoder, ByteView file) {
    decoder.codec.client_data = &decoder;
    decoder.codec.err = jpeg_std_error(&decoder.errors);
    decoder.errors.error_exit = leave;
    decoder.errors.emit_message = stay_silent;
    if (setjmp(decoder.escape) != 0) return false;
    jpeg_create_decompress(&decoder.codec);
    decoder.codec.client_data = &decoder;
    decoder.progress.progress_monitor = limit_scans;
    decoder.codec.progress = &decoder.progress;
    decoder.codec.mem->max_memory_to_use = max_working_memory;
    jpeg_mem_src(&decoder.codec, file.data(), file.size());
    jpeg_read_header(&decoder.codec, TRUE);
    return true;
}

bool read_rows(Decoder& decoder, std::uint8_t* pixels, std::size_t width) {
    if (setjmp(decoder.escape) != 0) return false;
    decoder.codec.out_color_space = JCS_GRAYSCALE;
    jpeg_start_decompress(&decoder.codec);
    while (decoder.codec.output_scanline < decoder.codec.output_height) {
        JSAMPROW row = pixels + decoder.codec.output_scanline * width;
        jpeg_read_scanlines(&decoder.codec, &row, 1);
    }
    jpeg_finish_decompress(&decoder.codec);
    return true;
}

Result<Picture> decode_with(Decoder& decoder, ByteView file, std::size_t max_pixels) {
    const auto unreadable = [&] { return fail(ErrorCode::ImageUnreadable, {}, std::string{"JPEG: "} + decoder.message); };
    if (!read_header(decoder, file)) return unreadable();
    auto picture = make_picture(decoder.codec.image_width, decoder.codec.image_height, max_pixels);
    if (!picture) return picture;
    if (!read_rows(decoder, picture->pixels.data(), picture->width)) return unreadable();
    return picture;
}

}  // namespace

Result<Picture> decode_jpeg(ByteView file, std::size_t max_pixels) {
    Decoder decoder{.max_scanned_pixels = max_passes * max_pixels};
    auto picture = decode_with(decoder, file, max_pixels);
    jpeg_destroy_decompress(&decoder.codec);
    return picture;
}

}  // namespace pipa
