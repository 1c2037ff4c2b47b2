// Golden files: what a scene's judgement and view look like, as JSON, in one language. tests/golden/<scene>.<tag>.json;
// only tools/approve changes them.
#pragma once

#include <filesystem>

#include "page/catalogue.hpp"
#include "support/district.hpp"

namespace pipa::test {

// The approved files there are, and district.json; other golden files have folders of their own.
[[nodiscard]] std::vector<std::filesystem::path> golden_files();
[[nodiscard]] std::string golden_file_name(const Scene& scene, const Catalogue& catalogue);  // "half_a_label.en.json"
[[nodiscard]] std::string golden_content(const Scene& scene, const Catalogue& catalogue);

}  // namespace pipa::test
