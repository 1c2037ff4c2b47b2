// Every certificate and hostile payload of the demo district: the answers that its author expects, and approved views.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "demo/demo_district.hpp"
#include "judge/judge.hpp"
#include "page/view_json.hpp"
#include "pipa/demo/demo_files.hpp"
#include "support/catalogues.hpp"
#include "support/golden.hpp"
#include "support/project_files.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string view_of(const DemoCase& demo_case, const Catalogue& catalogue) {
    const Evidence evidence = demo_case.dossier.empty() ? Evidence{} : Evidence::open(demo_case.dossier, demo_trust());
    const Judgement judgement = judge(demo_case.text, demo_trust(), demo_district().now, evidence);
    Json both = Json::parse(to_json(judgement, make_view(judgement, demo_trust(), catalogue)));
    both.erase("version");
    return both.dump(1) + "\n";
}

std::filesystem::path golden_path(const DemoCase& demo_case, const Catalogue& catalogue) {
    return project_file("tests/golden/demo/" + demo_case.id + "." + catalogue.language() + ".json");
}

template <typename Visit>
void for_each_golden(Visit visit) {
    for (const DemoCase& demo_case : demo_district().cases)
        for (const Catalogue* catalogue : {&chinese(), &english()})
            if (!demo_case.dossier.empty()) visit(demo_case, *catalogue);
}

}  // namespace

TEST_CASE("demo: every case is judged as its author expects", "[demo]") { CHECK(check_demo(demo_district()) == std::vector<std::string>{}); }

TEST_CASE("demo: there are the 18 certificates with a dossier, and ten kinds of hostile payload", "[demo]") {
    std::size_t with_dossier = 0;
    std::set<std::string> hostile;
    for (const DemoCase& demo_case : demo_district().cases) {
        with_dossier += demo_case.dossier.empty() ? 0 : 1;
        if (demo_case.id.starts_with('X')) hostile.insert(demo_case.id.substr(0, demo_case.id.find_last_of("0123456789") + 1));
    }
    CHECK(with_dossier == 18);
    CHECK(hostile.size() == 10);
}

TEST_CASE("demo: every certificate looks as approved, in both languages", "[demo][golden]") {
    for_each_golden([](const DemoCase& demo_case, const Catalogue& catalogue) {
        const auto path = golden_path(demo_case, catalogue);
        INFO(path.filename().string() << " (tools/approve writes it anew)");
        REQUIRE(std::filesystem::exists(path));
        CHECK(view_of(demo_case, catalogue) == read_file(path));
    });
}

TEST_CASE("demo: personal data leaves the core masked", "[demo][privacy]") {
    for_each_golden([](const DemoCase& demo_case, const Catalogue& catalogue) {
        INFO(demo_case.id);
        const std::string view = view_of(demo_case, catalogue);
        CHECK(view.find("陈示例") == std::string::npos);
        // The number of a business is public; that of a household and of an inspector is not.
        CHECK((demo_case.id != "C15" || view.find("0571-0000-0000") == std::string::npos));
    });
}

TEST_CASE("demo: written anew", "[.approve]") {
    for_each_golden([](const DemoCase& demo_case, const Catalogue& catalogue) {
        const auto path = golden_path(demo_case, catalogue);
        std::filesystem::create_directories(path.parent_path());
        write_file(path, view_of(demo_case, catalogue));
    });
}
