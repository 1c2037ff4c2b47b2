// YUV4MPEG2, the simplest of video files: one line of text, then frames of raw planes. 8 bits, 4:2:0 or grey.
// Format: mjpegtools' yuv4mpeg(5). Errors are sentences for the operator.
#pragma once

#include <cstdio>
#include <expected>
#include <filesystem>
#include <memory>

#include "platform/frame.hpp"

namespace pipa::kiosk {

class Y4mFile {
public:
    [[nodiscard]] static std::expected<Y4mFile, std::string> open(const std::filesystem::path& path);

    // The next frame, after the last the first again; false when the file can no longer be read.
    [[nodiscard]] bool next(Frame& frame);
    [[nodiscard]] std::int64_t frame_ms() const { return m_frame_ms; }

private:
    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    [[nodiscard]] std::expected<void, std::string> read_header();
    [[nodiscard]] bool read_frame(Frame& frame);
    [[nodiscard]] bool read_plane(Bytes& plane, std::size_t size);

    std::unique_ptr<std::FILE, Close> m_file{};
    long m_first_frame{};
    int m_width{};
    int m_height{};
    bool m_grey{};
    std::int64_t m_frame_ms{33};
};

}  // namespace pipa::kiosk
