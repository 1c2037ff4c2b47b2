// Reading files whole, with a limit. Errors: file.unreadable (with the system's reason), file.too_large.
#pragma once

#include <filesystem>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

inline constexpr std::size_t max_input_bytes = std::size_t{64} << 20;

// The limit is kept while reading, so that a device or a growing file cannot take more memory than that.
[[nodiscard]] Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes = max_input_bytes);
[[nodiscard]] Result<Bytes> read_standard_input(std::size_t max_bytes = max_input_bytes);

// "No such file or directory: labels/c01.png", as the detail of a file error.
[[nodiscard]] std::string system_reason(int error_number, const std::filesystem::path& path);

}  // namespace pipa
