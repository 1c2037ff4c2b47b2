// Tables come as spreadsheets and older platforms write them; everything here is UTF-8. The C library's iconv does the work.
// Errors: import.bad_encoding with the byte.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

[[nodiscard]] bool is_known_encoding(std::string_view name) noexcept;  // "utf-8", "gb18030", "utf-16"
// Without a name the encoding is recognised: by its byte order mark, as UTF-8, or else as GB 18030 where nothing speaks for a UTF-8 that was
// damaged on the way.
[[nodiscard]] Result<std::string> to_utf8(ByteView content, std::string_view encoding);
// The same of a table: a workbook or a web page under another name is said to be one, with what makes a table of it.
[[nodiscard]] Result<std::string> table_text(ByteView content, std::string_view encoding);

}  // namespace pipa
