// scan.wasm: the code reader behind flat functions (README.md beside this file). A picture in, packed JSON out:
// {"ok":true,"codes":[{"text":"...","corners":[[x,y],[x,y],[x,y],[x,y]]}]}. Bytes that are no UTF-8 come as "hex"
// in place of "text"; a text with parts filled in begins with base/filled_in.hpp's mark. No globals, no state between pictures.
#include <array>

#include "base/utf8.hpp"
#include "packed_response.hpp"
#include "scan/advice.hpp"
#include "scan/read_codes.hpp"

namespace {

using namespace pipa;

constexpr std::uint32_t interface_version = 1;

void append_json_string(std::string& out, std::string_view utf8) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

std::string json_of(const ScannedCode& code) {
    const std::string text = text_of(code);
    std::string out = "{";
    if (is_utf8(text)) {
        out += R"("text":)";
        append_json_string(out, text);
    } else {
        out += R"("hex":")" + to_hex(code.content) + '"';
    }
    out += R"(,"corners":[)";
    for (std::size_t i = 0; i < code.corners.size(); ++i)
        out += (i > 0 ? ",[" : "[") + std::to_string(code.corners[i].x) + ',' + std::to_string(code.corners[i].y) + ']';
    return out + "]}";
}

std::uint8_t* read(const GreyImage& image, std::uint32_t thorough) {
    const auto codes = read_codes(image, thorough != 0 ? Effort::Thorough : Effort::Frame);
    if (!codes) return bridge::pack_error(codes.error());
    std::string json = R"({"ok":true,"codes":[)";
    for (std::size_t i = 0; i < codes->size(); ++i) json += (i > 0 ? "," : "") + json_of((*codes)[i]);
    return bridge::pack(json + "]}");
}

// ITU-R BT.601 luma in 8-bit fixed point. Written over the picture itself: grey is never behind what is still to be read.
void rgba_to_grey(std::uint8_t* pixels, std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i)
        pixels[i] = static_cast<std::uint8_t>((77U * pixels[4 * i] + 150U * pixels[4 * i + 1] + 29U * pixels[4 * i + 2]) >> 8);
}

}  // namespace

extern "C" {

std::uint32_t pipa_interface_version() { return interface_version; }
void* pipa_allocate(std::size_t size) { return std::malloc(size); }
void pipa_free(void* block) { std::free(block); }

// `size` is what was handed over and must be width * height bytes. `thorough` is 0 for a frame of a live camera.
std::uint8_t* pipa_scan_grey(const std::uint8_t* pixels, std::size_t size, std::size_t width, std::size_t height,
                             std::uint32_t thorough) {
    if (width == 0 || height == 0 || width > max_image_pixels / height) return bridge::pack_error({ErrorCode::ImageTooLarge});
    if (size != width * height) return bridge::pack_error({ErrorCode::ImageUnreadable});
    return read({.pixels = pixels, .width = width, .height = height, .row_stride = width}, thorough);
}

// The same for 4 * width * height bytes of red, green, blue, alpha, as a canvas gives them. Overwrites the pixels.
std::uint8_t* pipa_scan_rgba(std::uint8_t* pixels, std::size_t size, std::size_t width, std::size_t height,
                             std::uint32_t thorough) {
    if (width == 0 || height == 0 || width > max_image_pixels / height) return bridge::pack_error({ErrorCode::ImageTooLarge});
    if (size != 4 * width * height) return bridge::pack_error({ErrorCode::ImageUnreadable});
    rgba_to_grey(pixels, width * height);
    return read({.pixels = pixels, .width = width, .height = height, .row_stride = width}, thorough);
}

// {"ok":true,"advice":"closer"}: what would help with a code that is seen in it and not read; "" where nothing can be told. Overwrites the pixels.
std::uint8_t* pipa_scan_advice(std::uint8_t* pixels, std::size_t size, std::size_t width, std::size_t height) {
    if (width == 0 || height == 0 || width > max_image_pixels / height) return bridge::pack_error({ErrorCode::ImageTooLarge});
    if (size != 4 * width * height) return bridge::pack_error({ErrorCode::ImageUnreadable});
    rgba_to_grey(pixels, width * height);
    const Advice advice = advice_for({.pixels = pixels, .width = width, .height = height, .row_stride = width});
    return bridge::pack(R"({"ok":true,"advice":")" + std::string{advice_name(advice)} + R"("})");
}

}  // extern "C"
