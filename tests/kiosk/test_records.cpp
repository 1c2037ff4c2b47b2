// The records behind certificates: asked for, taken into account, and what is said when they cannot be had.
#include <algorithm>
#include <cctype>

#include "behaviour.hpp"
#include "demo_samples.hpp"
#include "record/lots_file.hpp"

namespace pipa::kiosk::test {
namespace {

Kiosk with_records() {
    Kiosk kiosk({.has_records = true}, demo_now(), demo_trust());
    kiosk.give(event::Begin{Language::English});
    static_cast<void>(kiosk.effects());
    return kiosk;
}

// A number typed, and what comes for it.
ScreenView looked_up(const std::string& number, Delivery delivery, Bytes content) {
    Kiosk kiosk = with_records();
    kiosk.type(number);
    kiosk.give(event::RecordArrived{kiosk.state().lookup.file, delivery, std::move(content)});
    return kiosk.view();
}

Bytes lots_of(std::string number, const Bytes& certificate, Bytes dossier) {
    return encode_lots_file({{.number = std::move(number), .certificate = certificate, .dossier = std::move(dossier)}}).value();
}

}  // namespace

TEST_CASE("records: each case of the demo gets the verdict its author expects, with its record") {
    for (const DemoCase& one : demo().cases) {
        if (one.older_pack) continue;
        INFO(one.id);
        Kiosk kiosk = with_records();
        kiosk.give(event::Pasted{one.text});
        if (kiosk.view().screen == Screen::Waiting) {
            CHECK(kiosk.effects() == std::vector{Effect::CloseCamera, Effect::FetchRecord});
            kiosk.give(event::RecordArrived{kiosk.state().lookup.file, Delivery::Whole, lots_file_with(one.number)});
        }
        REQUIRE(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.code == one.verdict);
        CHECK(kiosk.view().page->verdict.reason_code == one.reason);
    }
}

TEST_CASE("records: a recall is known without the record, and with it there are all its sections") {
    const DemoCase& recalled = demo_case("C11");
    Kiosk kiosk = with_records();
    kiosk.give(event::Pasted{recalled.text});
    kiosk.give(no_record_of(recalled.number, Delivery::Missing));
    CHECK(kiosk.view().page->verdict.reason_code == "notice.recalled");
    const std::size_t alone = kiosk.view().page->sections.size();
    kiosk.give(event::Pasted{recalled.text});
    kiosk.give(record_of("C11"));
    CHECK(kiosk.view().page->verdict.reason_code == "notice.recalled");
    CHECK(kiosk.view().page->sections.size() > alone);
}

TEST_CASE("records: a status list that withdraws a certificate withdraws it here") {
    for (const auto& [status, reason] : {std::pair{Status::Invalid, "status.withdrawn"}, {Status::Suspended, "status.suspended"}, {Status::Recalled, "status.recalled"}}) {
        Kiosk kiosk({}, demo_now(), demo_trust({"C04", status}));
        kiosk.give(event::Pasted{demo_case("C04").text});
        CHECK(kiosk.view().page->verdict.code == "revoked");
        CHECK(kiosk.view().page->verdict.reason_code == reason);
        kiosk.give(event::Pasted{demo_case("C05").text});
        CHECK(kiosk.view().page->verdict.code == "genuine");
    }
    Kiosk kiosk({}, demo_now(), demo_trust_without_status());
    kiosk.give(event::Pasted{demo_case("C04").text});
    CHECK(kiosk.view().page->verdict.reason_code == "status.not_checked");
}

TEST_CASE("records: one that cannot be had or read takes no verdict away, and is remarked on") {
    const DemoCase& good = demo_case("C04");
    Bytes broken = lots_file_with(good.number);
    broken.resize(broken.size() / 2);
    struct Row { Delivery delivery; Bytes content; const char* remark; };
    for (const Row& row : {Row{Delivery::Missing, {}, "record.not_fetched"}, Row{Delivery::TooLarge, {}, "record.unreadable"},
                           Row{Delivery::Whole, broken, "record.unreadable"}, Row{Delivery::Whole, lots_of("OTHER-1", good.certificate, {}), "record.not_published"},
                           Row{Delivery::Whole, lots_of(good.number, good.certificate, {}), "record.not_published"},
                           Row{Delivery::Whole, lots_of(good.number, good.certificate, Bytes(100, 7)), "record.unreadable"}}) {
        Kiosk kiosk = with_records();
        kiosk.give(event::Pasted{good.text});
        kiosk.give(event::RecordArrived{kiosk.state().lookup.file, row.delivery, row.content});
        REQUIRE(kiosk.view().screen == Screen::Result);
        const pipa::View page = *kiosk.view().page;
        INFO(row.remark);
        CHECK(page.verdict.code == "genuine");
        CHECK((page.verdict.reason_code == row.remark || std::ranges::find(page.remarks, row.remark, &RemarkView::code) != page.remarks.end()));
    }
}

TEST_CASE("records: a typed number leads to its certificate, in either case of letters") {
    Kiosk kiosk = with_records();
    std::string number = demo_case("C04").number;
    for (char& c : number) c = static_cast<char>(std::tolower(c));
    kiosk.type(number);
    REQUIRE(kiosk.view().screen == Screen::Waiting);
    CHECK(kiosk.view().number == demo_case("C04").number);
    kiosk.give(record_of("C04"));
    CHECK(kiosk.view().page->verdict.code == "genuine");
    CHECK(kiosk.view().page->sections.size() > 2);
}

TEST_CASE("records: a number that a hand scanner sends is looked up too") {
    Kiosk kiosk = with_records();
    kiosk.pass(500);
    kiosk.scan(demo_case("C04").number);
    REQUIRE(kiosk.view().screen == Screen::Waiting);
    kiosk.give(record_of("C04"));
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("records: why a number leads nowhere is said, each in its own words") {
    const std::string& number = demo_case("C04").number;
    Bytes broken = lots_file_with(number);
    broken.pop_back();
    CHECK(looked_up(number, Delivery::Missing, {}).number_problem == NumberProblem::Missing);
    CHECK(looked_up(number, Delivery::TooLarge, {}).number_problem == NumberProblem::TooLarge);
    CHECK(looked_up(number, Delivery::Whole, broken).number_problem == NumberProblem::Broken);
    CHECK(looked_up(number, Delivery::Whole, Bytes(max_lots_file_bytes + 1)).number_problem == NumberProblem::TooLarge);
    CHECK(looked_up(number, Delivery::Whole, lots_of("OTHER-1", demo_case("C04").certificate, {})).number_problem == NumberProblem::Unknown);
    // Nobody signs a lots file: another certificate under this number is not passed off as it.
    CHECK(looked_up(number, Delivery::Whole, lots_of(number, demo_case("C05").certificate, {})).number_problem == NumberProblem::Broken);
    for (const NumberProblem problem : {NumberProblem::Malformed, NumberProblem::NoRecords, NumberProblem::Unknown, NumberProblem::Missing, NumberProblem::Broken, NumberProblem::TooLarge})
        for (const Language language : {Language::Chinese, Language::English})
            for (const char* part : {".word", ".reason"})
                CHECK(texts_in(language).entries().contains("kiosk.number." + std::string{problem_name(problem)} + part));
}

TEST_CASE("records: one that never comes is waited for no longer than promised") {
    Kiosk kiosk = with_records();
    kiosk.give(event::Pasted{demo_case("C04").text});
    CHECK(next_wake_ms(kiosk.state()) == kiosk.state().now.ms + record_patience_ms);
    kiosk.pass(record_patience_ms);
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("records: what comes for another code, or after the visitor went on, is not bearings") {
    Kiosk kiosk = with_records();
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.give(event::RecordArrived{"zz", Delivery::Whole, {}});
    CHECK(kiosk.view().screen == Screen::Waiting);
    kiosk.give(event::GoTo{Screen::Scan});
    kiosk.give(record_of("C04"));
    CHECK(kiosk.view().screen == Screen::Scan);
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.give(event::EndVisit{});
    kiosk.give(record_of("C04"));
    CHECK(kiosk.view().screen == Screen::Attract);
    CHECK(kiosk.state().lookup.number.empty());
}

TEST_CASE("result: an article is read and left again where the result was left") {
    Kiosk kiosk = with_records();
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.give(record_of("C04"));
    CHECK(kiosk.view().page->lessons.empty());  // without a pack there is no way to any
    auto pack = std::make_shared<learn::EducationPack>();
    pack->topics.push_back({.id = "labels"});
    pack->articles.push_back({.id = "copy"});
    kiosk.give(event::LessonsArrived{pack});
    REQUIRE(kiosk.view().page->lessons.size() == 1);  // those that the pack has
    kiosk.give(event::ScrollMeasured{4000, 1000});
    kiosk.give(event::ScrollJumped{900});
    kiosk.give(event::Unfold{"evidence"});
    kiosk.give(event::Learn{{.wish = LearnWish::Article, .article = kiosk.view().page->lessons[0].id}});
    CHECK(kiosk.view().screen == Screen::Learn);
    CHECK(kiosk.view().has_answer);
    kiosk.give(event::GoTo{Screen::Result});
    CHECK(kiosk.view().screen == Screen::Result);
    CHECK(kiosk.view().scroll.offset == 900);
    CHECK(kiosk.view().unfolded.contains("evidence"));
    kiosk.give(event::Unfold{"evidence"});
    CHECK(kiosk.view().unfolded.empty());
    kiosk.give(event::GoTo{Screen::Scan});
    kiosk.give(event::GoTo{Screen::Result});  // there is none to go back to any more
    CHECK(kiosk.view().screen == Screen::Scan);
}

TEST_CASE("trust: what became of a newer list is said beside the one that serves") {
    Kiosk kiosk({}, demo_now(), demo_trust());
    Trust kept = demo_trust();
    kept.trouble = "kiosk.trouble.trust_rolled_back";
    kept.problem = "tuf.rollback";
    kiosk.give(event::TrustArrived{kept});
    CHECK(kiosk.view().troubles.at(0).key == "kiosk.trouble.trust_rolled_back");
    kiosk.give(event::Pasted{demo_case("C04").text});
    CHECK(kiosk.view().page->verdict.code == "genuine");
    CHECK(kiosk.view().freshness.grade == "fresh");
}

}  // namespace pipa::kiosk::test
