// Writes the golden files anew, and removes those that no scene has any more. Only tools/approve runs this.
#include <iostream>

#include "support/catalogues.hpp"
#include "support/golden.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

// True where the file had to be changed.
bool put(const std::filesystem::path& path, const std::string& content) {
    if (std::filesystem::exists(path) && read_file(path) == content) return false;
    write_file(path, content);
    std::cout << "written  " << path.filename().string() << '\n';
    return true;
}

}  // namespace

int main() {
    std::set<std::string> kept{"district.json"};
    int changed = 0;
    for (const Scene& scene : load_scenes()) {
        if (!scene.golden) continue;
        for (const Catalogue* catalogue : {&chinese(), &english()}) {
            const std::string name = golden_file_name(scene, *catalogue);
            kept.insert(name);
            changed += put(project_file("tests/golden/" + name), golden_content(scene, *catalogue)) ? 1 : 0;
        }
    }
    for (const auto& path : golden_files()) {
        if (kept.contains(path.filename().string())) continue;
        std::filesystem::remove(path);
        std::cout << "removed  " << path.filename().string() << '\n';
        ++changed;
    }
    std::cout << kept.size() - 1 << " golden files, " << changed << " changed\n";
    return 0;
}
