// From the editors' folder to a pack: the published folder has no problem, and every kind of slip is found.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "sample_pack.hpp"
#include "support/table.hpp"

namespace {

using namespace pipa;
using namespace pipa::learn;

std::string problems_after(const std::string& file, const std::string& find, const std::string& replace) {
    std::vector<SourceFile> files = embedded_sources();
    const auto found = std::ranges::find(files, file, &SourceFile::name);
    if (found == files.end()) files.push_back({file, replace});
    else if (find.empty()) files.erase(found);
    else {
        const std::size_t at = found->text.find(find);
        REQUIRE(at != std::string::npos);
        found->text.replace(at, find.size(), replace);
    }
    return test::listed(compile_pack(files).problems);
}

}  // namespace

TEST_CASE("pack: the published folder has no problem", "[learn]") { CHECK(test::listed(compile_pack(embedded_sources()).problems) == ""); }

TEST_CASE("pack: has what the issue asks for", "[learn]") {
    const EducationPack& pack = test::published_pack();
    CHECK(pack.topics.size() == 5);
    CHECK(pack.articles.size() == 20);
    CHECK(pack.questions.size() == 30);
    CHECK(pack.drawings.size() >= pack.articles.size());
    // Each has a drawing of its own, and a question that it answers.
    for (std::size_t i = 0; i < pack.articles.size(); ++i) {
        INFO(pack.articles[i].id);
        const auto picture = std::ranges::find(pack.articles[i].zh_hans, BlockKind::Picture, &Block::kind);
        REQUIRE(picture != pack.articles[i].zh_hans.end());
        CHECK(pack.drawings[picture->drawing].id == pack.articles[i].id);
        CHECK(std::ranges::count(pack.questions, static_cast<std::uint32_t>(i), &Question::article) > 0);
    }
    for (const learn::Source& source : pack.sources) CHECK(!source.reference.empty());
}

TEST_CASE("pack: finds an editor's slip, in its file and on its line", "[learn]") {
    test::for_each_row("learn_pack.json", [](test::Row& row) {
        INFO(row.where());
        const std::string got = problems_after(row.text("file"), row.text_or("find", ""), row.text_or("replace", ""));
        // One slip may have several consequences; the one that names it comes first or is among the others.
        CHECK(got.find(row.text("problem")) != std::string::npos);
        if (got.find(row.text("problem")) == std::string::npos) UNSCOPED_INFO(got);
    });
}

TEST_CASE("pack: a missing translation is one problem, not one for each source it would have named", "[learn]") {
    CHECK(problems_after("articles/limit.zh-Hans.md", "", "") == "articles/limit.zh-Hans.md:0 learn.missing_translation limit\n");
}

TEST_CASE("pack: what no document was compared for is marked so", "[learn]") {
    for (const learn::Source& source : test::published_pack().sources) {
        INFO(source.id);
        if (source.reference == "K") CHECK(source.standing == learn::Standing::Known);
        else CHECK((source.reference.starts_with('R') && source.reference.find_first_not_of("R0123456789 ") == std::string::npos));
    }
}

TEST_CASE("pack: an empty folder and a folder of nonsense are refused, not crashed on", "[learn]") {
    CHECK(!compile_pack({}).problems.empty());
    const std::vector<SourceFile> nonsense = {{"pack.json", "[1,2"}, {"sources.json", "{}"}, {"articles/x.en.md", "<script>"}, {"drawings/x.svg", "<svg"}};
    CHECK(!compile_pack(nonsense).problems.empty());
}
