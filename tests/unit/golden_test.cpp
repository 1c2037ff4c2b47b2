#include <catch2/catch_test_macros.hpp>

#include "support/catalogues.hpp"
#include "support/golden.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("golden: every golden scene looks as approved, in both languages", "[golden]") {
    for (const Scene& scene : load_scenes()) {
        if (!scene.golden) continue;
        for (const Catalogue* catalogue : {&chinese(), &english()}) {
            const std::string name = golden_file_name(scene, *catalogue);
            INFO("tests/golden/" << name << " (tools/approve writes it anew)");
            const auto path = project_file("tests/golden/" + name);
            REQUIRE(std::filesystem::exists(path));
            CHECK(golden_content(scene, *catalogue) == read_file(path));
        }
    }
}

TEST_CASE("golden: no approved file is left without a scene", "[golden]") {
    std::set<std::string> expected{"district.json"};
    for (const Scene& scene : load_scenes())
        for (const Catalogue* catalogue : {&chinese(), &english()})
            if (scene.golden) expected.insert(golden_file_name(scene, *catalogue));
    for (const auto& path : golden_files()) {
        INFO(path.string());
        CHECK(expected.contains(path.filename().string()));
    }
}
