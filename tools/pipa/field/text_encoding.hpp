// Tables from older platforms come in GB 18030; everything here is UTF-8. The C library's iconv does the work.
// Errors: import.bad_encoding with the byte, utf8.invalid.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

[[nodiscard]] bool is_known_encoding(std::string_view name) noexcept;  // "utf-8", "gb18030"
[[nodiscard]] Result<std::string> to_utf8(ByteView content, std::string_view encoding);

}  // namespace pipa
