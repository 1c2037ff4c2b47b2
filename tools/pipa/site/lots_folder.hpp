// The folder lots/ of a site: all 256 lots files (record/lots_file.hpp). Errors: lots.*, file.*.
#pragma once

#include <filesystem>

#include "record/lots_file.hpp"

namespace pipa {

// Writes every file, empty ones too. `site` exists.
[[nodiscard]] Result<void> write_lots_folder(const std::filesystem::path& site, std::vector<LotEntry> entries);

}  // namespace pipa
