// Unpacking one whole zlib stream (RFC 1950) that must end where the bytes end. Memory follows what really comes out, so that a small
// stream that promises gigabytes costs 16 KB too many at most. Errors: those given, with 'unpacked' as detail where it is the output that is
// too large; crypto.unavailable for want of memory.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

struct InflateCodes {  // what this kind of file reports
    ErrorCode too_large;
    ErrorCode bad_zlib;
};
[[nodiscard]] Result<Bytes> inflate_whole(ByteView zlib_stream, std::size_t max_bytes, InflateCodes codes);

}  // namespace pipa
