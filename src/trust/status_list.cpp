#include "trust/status_list.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace pipa {
namespace {

std::unexpected<Error> bad_zlib(std::string why) { return fail(ErrorCode::StatusListBadZlib, {}, std::move(why)); }

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

// Grows with what really comes out, so that a small stream that promises gigabytes costs one block too many at most.
Result<Bytes> inflate_bounded(ByteView input, std::size_t max_bytes) {
    // What cannot be compressed is a little larger than it was: zlib stores it, in blocks with 5 bytes before each.
    const std::size_t max_input = max_bytes + max_bytes / 1024 + 64;
    if (input.size() > max_input) return fail(ErrorCode::StatusListTooLarge, max_input);
    Inflater inflater(input);
    if (!inflater.ready()) return fail(ErrorCode::CryptoUnavailable, {}, "zlib");
    Bytes output;
    std::array<std::uint8_t, 16'384> block{};
    for (;;) {
        std::size_t got = 0;
        const int outcome = inflater.next(block, got);
        if (got > max_bytes - output.size()) return fail(ErrorCode::StatusListTooLarge, {}, "unpacked");
        output.insert(output.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(got));
        if (outcome == Z_STREAM_END) break;
        if (outcome != Z_OK) return bad_zlib(outcome == Z_BUF_ERROR ? "it ends too early" : "it is damaged");
    }
    if (inflater.unread() > 0) return bad_zlib("bytes follow its end");
    return output;
}

}  // namespace

Result<StatusList> StatusList::unpack(ByteView zlib_stream, unsigned bits, std::size_t max_bytes) {
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8) return fail(ErrorCode::StatusListBadBits, {}, std::to_string(bits));
    auto bytes = inflate_bounded(zlib_stream, max_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    return StatusList(std::move(*bytes), bits);
}

Result<std::uint8_t> StatusList::status(std::uint64_t index) const {
    if (index >= size()) return fail(ErrorCode::StatusListOutOfRange, {}, std::to_string(index));
    // Section 4.1: "packed into bytes from the least significant bit ('0') to the most significant bit ('7')".
    const unsigned per_byte = 8 / m_bits;
    const std::uint8_t byte = m_bytes[static_cast<std::size_t>(index / per_byte)];
    const auto shift = static_cast<unsigned>(index % per_byte) * m_bits;
    return static_cast<std::uint8_t>((byte >> shift) & ((1U << m_bits) - 1U));
}

}  // namespace pipa
