#include "support/project_files.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace pipa::test {

namespace fs = std::filesystem;

fs::path project_file(std::string_view path) { return fs::path{PIPA_PROJECT_FOLDER} / path; }

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

void write_file(const fs::path& path, std::string_view content) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::vector<fs::path> files_below(std::string_view folder, const std::vector<std::string>& endings) {
    std::vector<fs::path> found;
    const fs::path top = project_file(folder);
    if (!fs::exists(top)) return found;
    for (auto at = fs::recursive_directory_iterator(top); at != fs::recursive_directory_iterator(); ++at) {
        const std::string name = at->path().filename().string();
        if (at->is_directory() && (name == "node_modules" || name == "build")) at.disable_recursion_pending();
        const auto ends = [&](const std::string& ending) { return name.ends_with(ending); };
        if (at->is_regular_file() && std::ranges::any_of(endings, ends)) found.push_back(at->path());
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace pipa::test
