#include "support/golden.hpp"

#include "page/view_json.hpp"
#include "support/project_files.hpp"

namespace pipa::test {

std::vector<std::filesystem::path> golden_files() {
    const std::filesystem::path folder = project_file("tests/golden");
    std::vector<std::filesystem::path> files = files_below("tests/golden", {".json"});
    std::erase_if(files, [&](const std::filesystem::path& path) { return path.parent_path() != folder; });
    return files;
}

std::string golden_file_name(const Scene& scene, const Catalogue& catalogue) {
    std::string name;
    for (const char c : scene.name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) name += c;
        else if (!name.empty() && name.back() != '_') name += '_';
    }
    return name + "." + catalogue.language() + ".json";
}

std::string golden_content(const Scene& scene, const Catalogue& catalogue) {
    const TrustStore& trust = trust_of(scene);
    const Judgement judgement = judge(scene.text, trust, scene.now);
    Json both = Json::parse(to_json(judgement, make_view(judgement, trust, catalogue)));
    both.erase("version");
    return both.dump(1) + "\n";
}

}  // namespace pipa::test
