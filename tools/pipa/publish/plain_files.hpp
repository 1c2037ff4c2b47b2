// Writing into a folder that nobody sees yet: everything in it is flushed at once before it is shown, so single files need not be.
// Errors: file.*.
#pragma once

#include <filesystem>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::publish {

// Takes the place of a file that is there.
[[nodiscard]] Result<void> write_plainly(const std::filesystem::path& path, ByteView content);
// The same file under a second name; a copy on file systems without hard links. file.unreadable where there is no `source`.
[[nodiscard]] Result<void> link_or_copy(const std::filesystem::path& source, const std::filesystem::path& target);
[[nodiscard]] Result<void> flush_file_system_of(const std::filesystem::path& folder);

}  // namespace pipa::publish
