// The records behind certificates: asked for as the core says, taken into account, and what is said when they cannot be had.
#include <algorithm>
#include <cctype>
#include <functional>

#include "behaviour.hpp"
#include "demo_samples.hpp"

namespace pipa::kiosk::test {
namespace {

const DemoSite& site() {
    static const DemoSite made = demo_site({.edition = 2});
    return made;
}

// At the viewfinder, with the trust of this site.
Kiosk with_trust_of(const DemoSite& from) {
    Kiosk kiosk({}, demo_now(), from.session());
    kiosk.serve(from.files);
    kiosk.give(event::Begin{Language::English});
    static_cast<void>(kiosk.effects());
    return kiosk;
}

bool says(const pipa::View& page, std::string_view code) {
    return page.verdict.reason_code == code || std::ranges::find(page.remarks, code, &RemarkView::code) != page.remarks.end();
}

int gravity(const pipa::View& page) {
    constexpr std::array levels = {"ok", "caution", "unknown", "stop"};
    return static_cast<int>(std::ranges::find(levels, page.verdict.level) - levels.begin());
}

bool says_what_is_missing(const pipa::View& page) {
    constexpr std::array codes = {"check.no_trust", "trust.offline", "trust.refused", "trust.rolled_back", "status.not_checked", "notice.not_checked",
                                  "record.not_fetched", "record.unreadable", "upstream.not_checked", "number.not_fetched", "number.unreadable"};
    return std::ranges::any_of(codes, [&](const char* code) { return says(page, code); }) && page.verdict.level != "ok";
}

}  // namespace

TEST_CASE("records: each case of the demo gets the verdict its author expects, with its record") {
    for (const DemoCase& one : demo().cases) {
        if (one.older_pack) continue;
        INFO(one.id);
        Kiosk kiosk = with_trust_of(site());
        kiosk.give(event::Pasted{one.text});
        kiosk.serve(site().files);
        REQUIRE(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.code == one.verdict);
        CHECK(kiosk.view().page->verdict.reason_code == one.reason);
    }
}

TEST_CASE("records: what a code wants is fetched, and a recall is known without it") {
    const DemoCase& recalled = demo_case("C11");
    Kiosk kiosk = with_trust_of(site());
    kiosk.give(event::Pasted{recalled.text});
    CHECK(kiosk.view().screen == Screen::Waiting);
    CHECK(kiosk.view().number.empty());
    CHECK(kiosk.effects() == std::vector{Effect::CloseCamera, Effect::FetchFiles});
    REQUIRE(wanted_files(kiosk.state()).size() >= 1);
    kiosk.serve({});
    CHECK(kiosk.view().page->verdict.reason_code == "notice.recalled");
    const std::size_t alone = kiosk.view().page->sections.size();
    kiosk.give(event::Pasted{recalled.text});
    kiosk.serve(site().files);
    CHECK(kiosk.view().page->verdict.reason_code == "notice.recalled");
    CHECK(kiosk.view().page->sections.size() > alone);
}

TEST_CASE("records: a status list that withdraws a certificate withdraws it here") {
    for (const auto& [status, reason] : {std::pair{Status::Invalid, "status.withdrawn"}, {Status::Suspended, "status.suspended"}, {Status::Recalled, "status.recalled"}}) {
        const DemoSite withdrawn = demo_site({.status_of = "C04", .status = status});
        Kiosk kiosk = with_trust_of(withdrawn);
        kiosk.give(event::Pasted{demo_case("C04").text});
        kiosk.serve(withdrawn.files);
        CHECK(kiosk.view().page->verdict.code == "revoked");
        CHECK(kiosk.view().page->verdict.reason_code == reason);
    }
    const DemoSite silent = demo_site({.without_status = true});
    Kiosk kiosk = with_trust_of(silent);
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.serve(silent.files);
    CHECK(kiosk.view().page->verdict.reason_code == "status.not_checked");
}

TEST_CASE("records: whatever becomes of a record file, no answer is milder unless it says what is missing") {
    const DemoSite older = demo_site({.without_dossiers = true, .edition = 1});
    struct Row {
        const char* name;
        std::function<void(Files& files, const std::string& name)> spoil;
    };
    const std::vector<Row> rows = {{"missing", [](Files& files, const std::string& name) { files.erase(name); }},
                                   {"empty", [](Files& files, const std::string& name) { files[name].clear(); }},
                                   {"cut", [](Files& files, const std::string& name) { files[name].resize(files[name].size() / 2); }},
                                   {"of an older day", [&](Files& files, const std::string& name) {
                                        for (const auto& [before, content] : older.files)
                                            if (before.starts_with(records_folder) && before.substr(before.rfind('/')) == name.substr(name.rfind('/'))) files[name] = content;
                                    }},
                                   {"another's", [](Files& files, const std::string& name) {
                                        for (const auto& [other, content] : Files{files})
                                            if (other != name && other.starts_with(records_folder)) files[name] = content;
                                    }}};
    for (const DemoCase& one : demo().cases) {
        if (one.older_pack || one.dossier.empty()) continue;
        for (const std::string& text : {one.text, one.number}) {
            const auto asked = [&](const Files& files) {
                Kiosk kiosk = with_trust_of(site());
                kiosk.give(event::Pasted{text});
                kiosk.serve(files);
                return *kiosk.view().page;
            };
            const pipa::View whole = asked(site().files);
            for (const Row& row : rows) {
                INFO(one.id << ": " << row.name);
                Files files = site().files;
                row.spoil(files, record_file_of(site(), one.number));
                REQUIRE(files != site().files);
                const pipa::View page = asked(files);
                CHECK((gravity(page) >= gravity(whole) || says_what_is_missing(page)));
                if (gravity(whole) < 2) CHECK((says(page, "record.not_fetched") || says(page, "record.unreadable") || says(page, "number.not_fetched") || says(page, "number.unreadable")));
            }
        }
    }
}

TEST_CASE("records: a typed number leads to its certificate, in either case of letters") {
    Kiosk kiosk = with_trust_of(site());
    std::string number = demo_case("C04").number;
    for (char& c : number) c = static_cast<char>(std::tolower(c));
    kiosk.type(number);
    REQUIRE(kiosk.view().screen == Screen::Waiting);
    CHECK(kiosk.view().number == demo_case("C04").number);
    kiosk.serve(site().files);
    CHECK(kiosk.view().page->verdict.code == "genuine");
    CHECK(kiosk.view().page->sections.size() > 2);
    CHECK_FALSE(kiosk.view().number_failed);
}

TEST_CASE("records: a number that a hand scanner sends is looked up too") {
    Kiosk kiosk = with_trust_of(site());
    kiosk.pass(500);
    kiosk.scan(demo_case("C04").number);
    REQUIRE(kiosk.view().screen == Screen::Waiting);
    kiosk.serve(site().files);
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("records: why a number leads nowhere is the core's to say, with a way to type it again") {
    const auto asked = [](const std::string& number, const Files& files) {
        Kiosk kiosk = with_trust_of(site());
        kiosk.type(number);
        kiosk.serve(files);
        return kiosk.view();
    };
    const std::string& number = demo_case("C04").number;
    Files broken = site().files;
    broken[record_file_of(site(), number)].pop_back();
    for (const auto& [view, code] : {std::pair{asked(number, {}), "number.not_fetched"}, {asked(number, broken), "number.unreadable"}, {asked("DEMO-330113-261112-C99", site().files), "number.unknown"}}) {
        INFO(code);
        REQUIRE(view.screen == Screen::Result);
        CHECK(view.page->verdict.reason_code == code);
        CHECK(view.number_failed);
    }
}

TEST_CASE("records: what comes for another code, or after the visitor went on, is let pass") {
    Kiosk kiosk = with_trust_of(site());
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.give(event::FileArrived{"records/zz", {inquiry::Arrival::Here, {}}});
    CHECK(kiosk.view().screen == Screen::Waiting);
    const inquiry::Wanted late = wanted_files(kiosk.state()).front();
    kiosk.give(event::GoTo{Screen::Scan});
    CHECK(wanted_files(kiosk.state()).empty());
    kiosk.give(arrival_of(site().files, late));
    CHECK(kiosk.view().screen == Screen::Scan);
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.give(event::EndVisit{});
    kiosk.give(arrival_of(site().files, late));
    CHECK(kiosk.view().screen == Screen::Attract);
    CHECK(kiosk.state().inquiries.empty());
    CHECK(kiosk.state().asked.empty());
}

TEST_CASE("result: an article is read and left again where the result was left") {
    Kiosk kiosk = with_trust_of(site());
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.serve(site().files);
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

}  // namespace pipa::kiosk::test
