#include "sample_pack.hpp"

#include <algorithm>
#include <stdexcept>

namespace pipa::test {

const learn::EducationPack& published_pack() {
    static const learn::EducationPack pack = [] {
        learn::CompiledPack compiled = learn::compile_pack(learn::embedded_sources());
        if (!compiled.problems.empty()) throw std::runtime_error(listed(compiled.problems));
        compiled.pack.lesson_certificate = genuine_certificate();
        return std::move(compiled.pack);
    }();
    return pack;
}

const Scene& genuine_scene() {
    static const std::vector<Scene> scenes = load_scenes();
    const auto found = std::ranges::find_if(scenes, [](const Scene& scene) { return scene.verdict == "genuine" && scene.level == "ok" && !scene.without_trust; });
    if (found == scenes.end()) throw std::runtime_error("judge.json has no genuine scene");
    return *found;
}

Bytes genuine_certificate() {
    const auto qr = parse_qr_text(genuine_scene().text);
    if (!qr) throw std::runtime_error("the genuine scene is no code of ours");
    return qr->certificate;
}

std::string listed(const learn::Problems& problems) {
    std::string out;
    for (const learn::Problem& problem : problems) {
        out += problem.file + ":" + std::to_string(problem.line) + " " + std::string{code_name(problem.code)};
        if (!problem.detail.empty()) out += " " + problem.detail;
        out += '\n';
    }
    return out;
}

}  // namespace pipa::test
