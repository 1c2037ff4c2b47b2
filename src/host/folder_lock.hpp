// Held while a process works on a folder; the system lets go of it when the process ends, however it ends.
// Errors: file.unreadable.
#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "host/file_descriptor.hpp"

namespace pipa {

// Waits for whoever holds it.
[[nodiscard]] Result<FileDescriptor> lock_folder(const std::filesystem::path& folder);

}  // namespace pipa
