// Which lots file a certificate number is in (record/lots_file.hpp).
#pragma once

#include "record/lots_file.hpp"

namespace pipa {

[[nodiscard]] std::uint8_t lots_share_of(std::string_view certificate_number) noexcept;  // first byte of SHA-256
[[nodiscard]] std::string lots_file_name(std::uint8_t share);                            // "3f"

}  // namespace pipa
