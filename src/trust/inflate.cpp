#include "trust/inflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <span>

namespace pipa {
namespace {

// A stream whose memory is given back however the function ends.
class Inflater {
public:
    explicit Inflater(ByteView input) noexcept {
        m_stream.next_in = const_cast<Bytef*>(input.data());  // zlib's interface predates const; it only reads
        m_stream.avail_in = static_cast<uInt>(input.size());
        m_ready = inflateInit(&m_stream) == Z_OK;
    }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    [[nodiscard]] bool ready() const noexcept { return m_ready; }
    [[nodiscard]] std::size_t unread() const noexcept { return m_stream.avail_in; }
    // Fills as much of `block` as it can; `got` says how much that was.
    [[nodiscard]] int next(std::span<std::uint8_t> block, std::size_t& got) noexcept {
        m_stream.next_out = block.data();
        m_stream.avail_out = static_cast<uInt>(block.size());
        const int outcome = inflate(&m_stream, Z_NO_FLUSH);
        got = block.size() - m_stream.avail_out;
        return outcome;
    }

private:
    z_stream m_stream{};
    bool m_ready{};
};

}  // namespace

Result<Bytes> inflate_whole(ByteView zlib_stream, std::size_t max_bytes, InflateCodes codes) {
    // What cannot be compressed is a little larger than it was: zlib stores it, in blocks with 5 bytes before each.
    const std::size_t max_input = max_bytes + max_bytes / 1024 + 64;
    if (zlib_stream.size() > max_input) return fail(codes.too_large, max_input);
    Inflater inflater(zlib_stream);
    if (!inflater.ready()) return fail(ErrorCode::CryptoUnavailable, {}, "zlib");
    Bytes output;
    std::array<std::uint8_t, 16'384> block{};
    for (;;) {
        std::size_t got = 0;
        const int outcome = inflater.next(block, got);
        if (got > max_bytes - output.size()) return fail(codes.too_large, {}, "unpacked");
        output.insert(output.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(got));
        if (outcome == Z_STREAM_END) break;
        if (outcome != Z_OK) return fail(codes.bad_zlib, {}, outcome == Z_BUF_ERROR ? "it ends too early" : "it is damaged");
    }
    if (inflater.unread() > 0) return fail(codes.bad_zlib, {}, "bytes follow its end");
    return output;
}

}  // namespace pipa
