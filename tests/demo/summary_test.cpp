// What stands on the first screen, held against the whole view: it may be shorter, and never milder.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "demo/demo_district.hpp"
#include "judge/judge.hpp"
#include "page/view.hpp"
#include "support/catalogues.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

struct Shown {
    Judgement judgement{};
    View view{};
};

Shown show(std::string_view id, const Catalogue& catalogue) {
    const auto& cases = demo_district().cases;
    const auto found = std::ranges::find(cases, id, &DemoCase::id);
    REQUIRE(found != cases.end());
    const Evidence evidence = found->dossier.empty() ? Evidence{} : Evidence::open(found->dossier, demo_trust());
    Shown out;
    out.judgement = judge(found->text, demo_trust(), demo_district().now, evidence);
    out.view = make_view(out.judgement, demo_trust(), catalogue);
    return out;
}

std::string row(const View& view, std::string_view id) {
    const auto found = std::ranges::find(view.summary.rows, id, &RowView::id);
    return found == view.summary.rows.end() ? std::string{} : found->value + (found->level.empty() ? "" : " !" + found->level);
}

}  // namespace

TEST_CASE("summary: tests in a word", "[demo][summary]") {
    CHECK(row(show("C01", english()).view, "tests") == "1 laboratory, and self-tests, 2 substances, none above 2 % of its limit");
    CHECK(row(show("C01", chinese()).view, "tests") == "1 家实验室，加生产者自检，测了 2 项，都不超过限量的 2%");
    CHECK(row(show("C06", english()).view, "tests").ends_with("above the limit !stop"));
    CHECK(row(show("C15", english()).view, "tests").starts_with("There is no test"));
}

TEST_CASE("summary: no test is called within its limit while the judge has something against one", "[demo][summary]") {
    int spoken_against = 0;
    for (const DemoCase& one : demo_district().cases) {
        const Shown shown = show(one.id, english());
        const auto is_grave = [](const Reason& reason) { return rule_of(reason.id).code.starts_with("test.") && rule_of(reason.id).level != Level::Ok; };
        if (std::ranges::none_of(shown.judgement.reasons, is_grave)) continue;
        ++spoken_against;
        INFO(one.id << ": " << row(shown.view, "tests"));
        CHECK(row(shown.view, "tests").find(" !") != std::string::npos);
        CHECK(row(shown.view, "tests").find("none") == std::string::npos);
        CHECK(row(shown.view, "tests").find("nothing") == std::string::npos);
    }
    CHECK(spoken_against >= 2);
}

TEST_CASE("summary: of what weighs beside the gravest reason there is always word on the first screen", "[demo][summary]") {
    for (const DemoCase& one : demo_district().cases) {
        const View view = show(one.id, english()).view;
        INFO(one.id);
        const auto weighs = [](const RemarkView& remark) { return remark.level != "ok"; };
        CHECK(view.summary.further.text.empty() == std::ranges::none_of(view.remarks, weighs));
        const auto first = std::ranges::find_if(view.remarks, weighs);
        if (first != view.remarks.end()) CHECK(view.summary.further.text.starts_with(first->text));
    }
}

TEST_CASE("summary: a label that does not simply hold says so on its badge", "[demo][summary]") {
    const auto badges = [](std::string_view id) {
        std::string out;
        for (const RowView& badge : show(id, english()).view.summary.badges) out += badge.label + ":" + badge.value + " ";
        return out;
    };
    CHECK(badges("C01") == "green food: geographical indication: ");
    CHECK(badges("C04") == "pollution-free:scheme ended ");
    CHECK(badges("C05").find(":expired") != std::string::npos);
    CHECK(badges("C10").find(":questioned") != std::string::npos);
    CHECK(badges("C18").find(":does not apply") != std::string::npos);
}

TEST_CASE("summary: an answer alone says what is still to come, and the whole view has it", "[demo][summary]") {
    for (const DemoCase& one : demo_district().cases) {
        INFO(one.id);
        const Shown shown = show(one.id, english());
        const AnswerView answer = make_answer(shown.judgement, demo_trust(), english());
        const auto comes = [&](std::string_view what) { return std::ranges::find(answer.summary.to_come, what) != answer.summary.to_come.end(); };
        CHECK(comes("tests") == !row(shown.view, "tests").empty());
        CHECK(comes("badges") == !shown.view.summary.badges.empty());
        CHECK(shown.view.summary.to_come.empty());
        CHECK(answer.summary.further.text == shown.view.summary.further.text);
    }
}

TEST_CASE("summary: what weighs is not folded away", "[demo][summary]") {
    for (const DemoCase& one : demo_district().cases)
        for (const SectionView& section : show(one.id, english()).view.sections) {
            INFO(one.id << " " << section.id);
            const auto weighs = [](const RowView& line) { return line.level == "stop" || line.level == "caution"; };
            CHECK_FALSE((section.folded && std::ranges::any_of(section.rows, weighs)));
            CHECK((!section.folded || !section.hint.empty()));
            for (const DrawingView& drawing : section.drawings) CHECK((drawing.row >= 0 && static_cast<std::size_t>(drawing.row) < section.rows.size()));
        }
}
