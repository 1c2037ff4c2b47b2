// Articles in Markdown: whatever comes without a problem fits into a pack, and nothing of HTML or links gets through.
#include "fuzz/fuzz.hpp"
#include "education/markdown.hpp"

using namespace pipa;
using namespace pipa::learn;
using fuzz::must;

void fuzz_one(ByteView input) {
    static const Names names{.sources = {{"law", 0}}, .terms = {{"term", 0}}, .drawings = {{"d", 0}}};
    Problems problems;
    const MarkdownArticle article = parse_markdown(as_text(input), names, "f.md", problems);
    must(problems.size() <= max_problems, "no more problems than are kept");
    if (!problems.empty()) return;
    Drawing drawing{.id = "d", .width = 4, .height = 4};
    drawing.shapes.push_back({.fill = Colour::Ink, .path = {{Segment::Line}, {{0, 0}, {4, 4}}, false}});
    EducationPack pack{.version = 1, .issued_unix_s = 1'790'000'000, .title = {"t", "t"}};
    pack.topics.push_back({"t", {"t", "t"}});
    pack.sources.push_back({"law", {"s", "s"}, 20'000, "R1", Standing::Read});
    pack.terms.push_back({"term", {"t", "t"}, {"m", "m"}});
    pack.drawings.push_back(drawing);
    pack.articles.push_back({"a", 0, {article.title, article.title}, {article.summary, article.summary}, article.body, article.body});
    const auto payload = encode_education_pack(pack);
    // Titles and pictures' descriptions have limits of their own, which the pack reports.
    must(payload || payload.error().code == ErrorCode::LearnBadField, "what has no problem is a pack, or says which field is too long");
}
