#include "trust/status_list.hpp"

#include "trust/inflate.hpp"

namespace pipa {

Result<StatusList> StatusList::unpack(ByteView zlib_stream, unsigned bits, std::size_t max_bytes) {
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8) return fail(ErrorCode::StatusListBadBits, {}, std::to_string(bits));
    auto bytes = inflate_whole(zlib_stream, max_bytes, {ErrorCode::StatusListTooLarge, ErrorCode::StatusListBadZlib});
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
