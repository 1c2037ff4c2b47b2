// PGM, binary (P5) and plain (P2); netpbm's manual page pgm(5).
// No library: Debian's libnetpbm reads only from open FILEs and ends the program on a damaged file.
#include <algorithm>
#include <charconv>

#include "host/picture_formats.hpp"

namespace pipa {
namespace {

class PgmReader {
public:
    explicit PgmReader(ByteView file) : m_text(as_text(file)) {}

    // The next decimal number, over blanks and comments; empty at the end or where no digit stands.
    std::optional<std::uint32_t> number() {
        skip_blanks();
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), value);
        if (error != std::errc{}) return {};
        m_at = static_cast<std::size_t>(end - m_text.data());
        return value;
    }
    void skip(std::size_t bytes) { m_at = std::min(m_at + bytes, m_text.size()); }
    [[nodiscard]] std::size_t at() const noexcept { return m_at; }
    [[nodiscard]] ByteView rest() const noexcept { return as_bytes(m_text.substr(m_at)); }

private:
    void skip_blanks() {
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '#') m_at = std::min(m_text.find('\n', m_at), m_text.size() - 1);
            else if (std::string_view{" \t\r\n\v\f"}.find(m_text[m_at]) == std::string_view::npos) return;
        }
    }

    std::string_view m_text;
    std::size_t m_at{};
};

std::uint8_t to_grey(std::uint32_t sample, std::uint32_t highest) noexcept {
    return static_cast<std::uint8_t>(std::min(sample, highest) * 255 / highest);
}

bool read_binary(PgmReader& reader, std::uint32_t highest, Bytes& pixels) {
    reader.skip(1);  // exactly one blank parts header and samples
    const std::size_t sample_bytes = highest > 255 ? 2 : 1;
    const ByteView samples = reader.rest();
    if (samples.size() / sample_bytes < pixels.size()) return false;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const ByteView sample = samples.subspan(i * sample_bytes, sample_bytes);
        pixels[i] = to_grey(sample_bytes == 1 ? sample[0] : sample[0] * 256u + sample[1], highest);
    }
    return true;
}

bool read_plain(PgmReader& reader, std::uint32_t highest, Bytes& pixels) {
    for (std::uint8_t& pixel : pixels) {
        const auto sample = reader.number();
        if (!sample) return false;
        pixel = to_grey(*sample, highest);
    }
    return true;
}

}  // namespace

Result<Picture> decode_pgm(ByteView file, std::size_t max_pixels) {
    PgmReader reader(file);
    const auto unreadable = [&] { return fail(ErrorCode::ImageUnreadable, reader.at(), "PGM"); };
    const bool binary = file[1] == '5';
    reader.skip(2);
    const auto width = reader.number();
    const auto height = width ? reader.number() : std::nullopt;
    const auto highest = height ? reader.number() : std::nullopt;
    if (!highest || *highest == 0 || *highest > 65'535) return unreadable();
    auto picture = make_picture(*width, *height, max_pixels);
    if (!picture) return picture;
    const bool whole = binary ? read_binary(reader, *highest, picture->pixels) : read_plain(reader, *highest, picture->pixels);
    return whole ? std::move(picture) : unreadable();
}

}  // namespace pipa
