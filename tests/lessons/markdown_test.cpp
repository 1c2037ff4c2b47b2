// Articles in Markdown: what is accepted, and that everything else is a problem on its own line.
#include <catch2/catch_test_macros.hpp>

#include "education/markdown.hpp"
#include "sample_pack.hpp"
#include "support/table.hpp"

namespace {

using namespace pipa;
using namespace pipa::learn;

const Names names{.sources = {{"law", 0}, {"talk", 1}}, .terms = {{"合格证", 0}, {"limit", 1}}, .drawings = {{"crate", 0}}};

struct Read {
    MarkdownArticle article{};
    Problems problems{};
};

Read read(std::string_view text) {
    Read out;
    // An exact copy without room behind it, so that reading too far shows under the sanitizers.
    const std::vector<char> exact(text.begin(), text.end());
    out.article = parse_markdown({exact.data(), exact.size()}, names, "a.md", out.problems);
    return out;
}

constexpr std::string_view good =
    "# 标题\n\n一句话。\n\n![一只筐](crate.svg)\n\n头一段，\n接着说*合格证*。 {law} {talk}\n\n## 小标题\n\n- **粗**体 {law}\n- 第二 {-}\n\n1. 甲 {-}\n\n> 去问一句。\n";

}  // namespace

TEST_CASE("markdown: reads every kind of block that articles have", "[learn]") {
    const Read got = read(good);
    INFO(test::listed(got.problems));
    REQUIRE(got.problems.empty());
    CHECK(got.article.title == "标题");
    CHECK(got.article.summary == "一句话。");
    std::vector<BlockKind> kinds;
    for (const Block& block : got.article.body) kinds.push_back(block.kind);
    CHECK(kinds == std::vector{BlockKind::Picture, BlockKind::Paragraph, BlockKind::Heading, BlockKind::Bullets, BlockKind::Steps, BlockKind::Action});
    CHECK(got.article.body[0].description == "一只筐");
    CHECK(got.article.body[3].lines.size() == 2);
}

TEST_CASE("markdown: joins Chinese lines without a blank and English ones with it", "[learn]") {
    const Read got = read(good);
    CHECK(got.article.body[1].lines[0][0].text == "头一段，接着说");
    const Read english = read("# T\n\nOne\ntwo.\n\n![x](crate.svg)\n\na\nb {-}\n\n> c\n");
    CHECK(english.article.summary == "One two.");
    CHECK(english.article.body[1].lines[0][0].text == "a b");
}

TEST_CASE("markdown: keeps terms and sources as references, in their places", "[learn]") {
    const Line line = read(good).article.body[1].lines[0];
    REQUIRE(line.size() == 5);
    CHECK(line[1].kind == SpanKind::Term);
    CHECK(line[1].reference == 0);
    CHECK(line[3].kind == SpanKind::Source);
    CHECK(line[4].reference == 1);
}

TEST_CASE("markdown: refuses everything else, with the line it stands on", "[learn]") {
    test::for_each_row("learn_markdown.json", [](test::Row& row) {
        INFO(row.where());
        const Read got = read(row.text("text"));
        CHECK(test::listed(got.problems) == row.text("problems"));
    });
}

TEST_CASE("markdown: reports no more problems than anyone can read", "[learn]") {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "<b>\n\n";
    CHECK(read(text).problems.size() <= max_problems);
}
