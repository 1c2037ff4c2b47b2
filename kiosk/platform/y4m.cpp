#include "platform/y4m.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>

namespace pipa::kiosk {
namespace {

constexpr int max_edge = 8192;
constexpr std::size_t max_line = 256;

bool read_line(std::FILE* file, std::string& line) {
    line.clear();
    for (int c = std::fgetc(file); c != '\n'; c = std::fgetc(file)) {
        if (c == EOF || line.size() >= max_line) return false;
        line += static_cast<char>(c);
    }
    return true;
}

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

std::expected<Y4mFile, std::string> Y4mFile::open(const std::filesystem::path& path) {
    Y4mFile out;
    out.m_file.reset(std::fopen(path.c_str(), "rb"));
    if (!out.m_file) return std::unexpected(std::string{std::strerror(errno)});
    if (const auto ok = out.read_header(); !ok) return std::unexpected(ok.error());
    return out;
}

std::expected<void, std::string> Y4mFile::read_header() {
    std::string line;
    if (!read_line(m_file.get(), line) || !line.starts_with("YUV4MPEG2")) return std::unexpected("not a YUV4MPEG2 file");
    for (std::size_t at = line.find(' '); at != std::string::npos; at = line.find(' ', at + 1)) {
        const std::string_view word = std::string_view{line}.substr(at + 1, line.find(' ', at + 1) - at - 1);
        if (word.starts_with('W')) m_width = number(word.substr(1));
        if (word.starts_with('H')) m_height = number(word.substr(1));
        if (word == "Cmono") m_grey = true;
        else if (word.starts_with('C') && (!word.starts_with("C420") || word.starts_with("C420p1"))) return std::unexpected("not 8 bits of 4:2:0 or grey");
        if (!word.starts_with('F')) continue;
        const std::size_t colon = word.find(':');
        const int frames = number(word.substr(1)), seconds = colon == std::string_view::npos ? 1 : number(word.substr(colon + 1));
        if (frames > 0 && seconds > 0) m_frame_ms = std::clamp<std::int64_t>(1000LL * seconds / frames, 1, 60'000);
    }
    if (m_width < 1 || m_height < 1 || m_width > max_edge || m_height > max_edge) return std::unexpected("no usable width and height");
    m_first_frame = std::ftell(m_file.get());
    return {};
}

bool Y4mFile::next(Frame& frame) {
    if (read_frame(frame)) return true;
    return std::fseek(m_file.get(), m_first_frame, SEEK_SET) == 0 && read_frame(frame);
}

bool Y4mFile::read_frame(Frame& frame) {
    std::string line;
    if (!read_line(m_file.get(), line) || !line.starts_with("FRAME")) return false;
    frame.width = m_width;
    frame.height = m_height;
    const auto half = static_cast<std::size_t>(frame.half_width()) * static_cast<std::size_t>(frame.half_height());
    if (!read_plane(frame.luma, static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height))) return false;
    return read_plane(frame.blue, m_grey ? 0 : half) && read_plane(frame.red, m_grey ? 0 : half);
}

bool Y4mFile::read_plane(Bytes& plane, std::size_t size) {
    plane.resize(size);
    return std::fread(plane.data(), 1, size, m_file.get()) == size;
}

}  // namespace pipa::kiosk
