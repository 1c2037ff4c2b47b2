// Status lists (Token Status List, draft-ietf-oauth-status-list section 4): one small number for each certificate, packed into
// bytes from the least significant bit on and compressed with zlib. What the numbers mean is said where they are used.
// Errors: tsl.*.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

// A list may not unpack to more than this, whatever its compressed form promises: 8 bits for 8 million certificates.
inline constexpr std::size_t max_status_list_bytes = std::size_t{8} << 20;

class StatusList {
public:
    // `bits` of one status: 1, 2, 4 or 8. The zlib stream (RFC 1950) must end where the bytes end.
    [[nodiscard]] static Result<StatusList> unpack(ByteView zlib_stream, unsigned bits,
                                                   std::size_t max_bytes = max_status_list_bytes);

    [[nodiscard]] Result<std::uint8_t> status(std::uint64_t index) const;
    // How many entries there are; the last few may only fill up the last byte.
    [[nodiscard]] std::uint64_t size() const noexcept { return std::uint64_t{m_bytes.size()} * (8 / m_bits); }
    [[nodiscard]] unsigned bits() const noexcept { return m_bits; }

private:
    StatusList(Bytes bytes, unsigned bits) noexcept : m_bytes(std::move(bytes)), m_bits(bits) {}
    Bytes m_bytes;
    unsigned m_bits;
};

}  // namespace pipa
