// Standard Base64 (RFC 4648 section 4) with padding, through libsodium: PEM files, signed notes.
// One text for one sequence of bytes: wrong padding and stray bits at the end are refused. Errors: base64.invalid.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::crypto {

enum class LineBreaks : std::uint8_t { Refuse, Ignore };

[[nodiscard]] Result<Bytes> from_base64(std::string_view text, LineBreaks line_breaks = LineBreaks::Refuse);
[[nodiscard]] std::string to_base64(ByteView bytes);

}  // namespace pipa::crypto
