// Files of the source tree, for tests that read tables, catalogues or the code itself.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pipa::test {

[[nodiscard]] std::filesystem::path project_file(std::string_view path);  // "assets/i18n/en.json"
[[nodiscard]] std::string read_file(const std::filesystem::path& path);   // throws std::runtime_error
void write_file(const std::filesystem::path& path, std::string_view content);

// Every file below a folder of the source tree whose name ends in one of `endings`, in alphabetical order. A folder
// that is not there has none.
[[nodiscard]] std::vector<std::filesystem::path> files_below(std::string_view folder, const std::vector<std::string>& endings);

}  // namespace pipa::test
