// The trust: asked for at the beginning and again and again, and an open answer follows it.
#include <algorithm>

#include "behaviour.hpp"
#include "demo_samples.hpp"

namespace pipa::kiosk::test {
namespace {

const DemoSite& before() {
    static const DemoSite made = demo_site({.edition = 1});
    return made;
}
const DemoSite& with_withdrawal() {
    static const DemoSite made = demo_site({.status_of = "C04", .status = Status::Recalled, .edition = 2});
    return made;
}

// With this answer open.
Kiosk reading(std::string_view id) {
    Kiosk kiosk({}, demo_now(), before().session());
    kiosk.serve(before().files);
    kiosk.give(event::Begin{Language::English});
    kiosk.give(event::Pasted{demo_case(id).text});
    kiosk.serve(before().files);
    return kiosk;
}

}  // namespace

TEST_CASE("trust: is asked for at once, and a visitor who is faster waits for it") {
    Kiosk kiosk({}, demo_now(), before().session());
    CHECK(kiosk.effects() == std::vector{Effect::FetchFiles});
    REQUIRE(wanted_files(kiosk.state()).size() == 1);
    CHECK(wanted_files(kiosk.state())[0].name == "bundle.cbor");
    CHECK(kiosk.view().troubles.empty());  // nothing is wrong yet
    kiosk.give(event::Begin{Language::English});
    kiosk.give(event::Pasted{demo_case("C06").text});
    CHECK(kiosk.view().screen == Screen::Waiting);
    kiosk.serve(before().files);
    CHECK(kiosk.view().page->verdict.reason_code == "notice.recalled");
}

TEST_CASE("trust: none at all is told, and every certificate cannot be checked") {
    Kiosk kiosk({}, demo_now(), before().session());
    kiosk.serve({});
    REQUIRE(kiosk.view().troubles.size() == 1);
    CHECK(kiosk.view().troubles[0].key == "kiosk.trouble.no_trust");
    CHECK(kiosk.view().troubles[0].code == "file.unreadable");
    kiosk.give(event::Pasted{demo_case("C04").text});
    CHECK(kiosk.view().page->verdict.reason_code == "check.no_trust");
}

TEST_CASE("trust: what proves it cannot be read, and nothing else is taken in its place") {
    Kiosk kiosk;
    kiosk.give(event::SessionGiven{std::make_shared<inquiry::Session>(inquiry::Anchor{}), "file.unreadable"});
    CHECK(wanted_files(kiosk.state()).empty());
    CHECK(kiosk.view().troubles.at(0).key == "kiosk.trouble.no_trust");
    CHECK(kiosk.view().troubles.at(0).code == "file.unreadable");
    kiosk.give(event::Pasted{text_of("genuine")});
    CHECK(kiosk.view().page->verdict.reason_code == "check.no_trust");
    CHECK(next_wake_ms(kiosk.state()) == kiosk.state().now.ms + 60'000);  // and nothing is asked for again
}

TEST_CASE("trust: what proves it comes late, and an answer that is open follows") {
    for (const bool open : {true, false}) {
        INFO(open);
        Kiosk kiosk({}, demo_now(), std::make_shared<inquiry::Session>(inquiry::Anchor{}));
        kiosk.give(event::SessionGiven{std::make_shared<inquiry::Session>(inquiry::Anchor{}), "file.unreadable"});
        kiosk.give(event::Begin{Language::English});
        if (open) {
            kiosk.give(event::Pasted{demo_case("C06").text});
            REQUIRE(kiosk.view().page->verdict.reason_code == "check.no_trust");
        }
        kiosk.give(event::SessionGiven{before().session(), {}});
        if (!open) kiosk.give(event::Pasted{demo_case("C06").text});
        kiosk.serve(before().files);
        CHECK(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.reason_code == "notice.recalled");
        CHECK(kiosk.view().troubles.empty());
    }
}

TEST_CASE("trust: a newer one that could not be taken is said, by the answer itself where there is one") {
    struct Row { Files files; const char* code; };
    Files cut = before().files;
    cut["bundle.cbor"].resize(5000);
    for (const Row& row : {Row{{}, "trust.offline"}, Row{cut, "trust.refused"}}) {
        INFO(row.code);
        Kiosk kiosk = reading("C05");
        kiosk.give(event::TrustMayBeNew{});
        kiosk.serve(row.files);
        REQUIRE(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().troubles.empty());
        const pipa::View page = *kiosk.view().page;
        CHECK((page.verdict.reason_code == row.code || std::ranges::find(page.remarks, row.code, &RemarkView::code) != page.remarks.end()));
        CHECK(page.verdict.level != "ok");
        kiosk.give(event::GoTo{Screen::Scan});
        REQUIRE(kiosk.view().troubles.size() == 1);
        CHECK(kiosk.view().troubles[0].key == row.code);
        CHECK_FALSE(kiosk.view().troubles[0].text.empty());
        kiosk.pass(trust_retry_ms);  // sooner than otherwise
        CHECK_FALSE(wanted_files(kiosk.state()).empty());
    }
}

TEST_CASE("trust: one that is older than was seen is said too") {
    Kiosk kiosk({}, demo_now(), before().session());
    kiosk.serve(with_withdrawal().files);
    kiosk.give(event::TrustMayBeNew{});
    kiosk.serve(before().files);
    CHECK(kiosk.view().troubles.at(0).key == "trust.rolled_back");
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.serve(with_withdrawal().files);
    CHECK(kiosk.view().page->verdict.reason_code == "status.recalled");
}

TEST_CASE("trust: a recall that is published while somebody reads reaches the open answer") {
    for (const bool told : {true, false}) {
        Kiosk kiosk = reading("C04");
        REQUIRE(kiosk.view().page->verdict.code == "genuine");
        kiosk.give(event::ScrollMeasured{4000, 1000});
        kiosk.give(event::ScrollJumped{500});
        if (told) kiosk.give(event::TrustMayBeNew{});
        for (std::int64_t passed = 0; !told && passed < trust_every_ms; passed += 30'000) {
            kiosk.pass(30'000);
            kiosk.give(event::Touched{});
        }
        kiosk.serve(with_withdrawal().files);
        CHECK(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.reason_code == "status.recalled");
        CHECK(kiosk.view().scroll.offset == 500);
    }
}

TEST_CASE("trust: the answer behind an article follows too") {
    Kiosk kiosk = reading("C04");
    kiosk.give(event::LessonsArrived{std::make_shared<learn::EducationPack>()});
    kiosk.give(event::Learn{{.wish = LearnWish::List}});
    kiosk.give(event::TrustMayBeNew{});
    kiosk.serve(with_withdrawal().files);
    CHECK(kiosk.view().screen == Screen::Learn);
    kiosk.give(event::GoTo{Screen::Result});
    CHECK(kiosk.view().page->verdict.reason_code == "status.recalled");
}

TEST_CASE("trust: is not asked for while something is looked up") {
    Kiosk kiosk({}, demo_now(), before().session());
    kiosk.serve(before().files);
    kiosk.give(event::Begin{Language::English});
    kiosk.give(event::Pasted{demo_case("C04").text});
    kiosk.give(event::TrustMayBeNew{});
    for (const inquiry::Wanted& wanted : wanted_files(kiosk.state())) CHECK(wanted.name != "bundle.cbor");
    kiosk.serve(before().files);
    CHECK(kiosk.view().page->verdict.code == "genuine");
    kiosk.pass(1);
    kiosk.serve(with_withdrawal().files);
    CHECK(kiosk.view().page->verdict.reason_code == "status.recalled");
}

TEST_CASE("trust: one that comes after its patience is taken all the same, and what is open or looked up follows") {
    const event::FileArrived late{"bundle.cbor", {inquiry::Arrival::Here, with_withdrawal().files.at("bundle.cbor")}};
    for (const bool answered : {true, false}) {
        INFO(answered);
        Kiosk kiosk({}, demo_now(), before().session());
        kiosk.give(event::Begin{Language::English});
        kiosk.give(event::Pasted{demo_case("C04").text});
        kiosk.give(event::FileArrived{"bundle.cbor", {inquiry::Arrival::Failed, {}}});
        REQUIRE(kiosk.view().page->verdict.reason_code == "check.no_trust");
        if (!answered) {
            kiosk.give(event::TrustMayBeNew{});
            kiosk.give(arrival_of(before().files, wanted_files(kiosk.state()).front()));
            REQUIRE_FALSE(wanted_files(kiosk.state()).empty());  // its record
        }
        kiosk.give(late);
        kiosk.serve(with_withdrawal().files);
        CHECK(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.reason_code == "status.recalled");
        kiosk.give(event::FileArrived{"bundle.cbor", {inquiry::Arrival::Failed, {}}});  // of a request before
        CHECK(kiosk.view().page->verdict.reason_code == "status.recalled");
    }
}

TEST_CASE("trust: what is kept serves a machine that starts without its site") {
    auto session = before().session();
    Kiosk first({}, demo_now(), session);
    first.serve(before().files);
    const auto kept = session->take_state();
    REQUIRE(kept);
    auto restored = before().session();
    restored->restore(*kept);
    Kiosk second({}, demo_now(), restored);
    second.serve({});
    CHECK(second.view().troubles.at(0).key == "trust.offline");
    second.give(event::Pasted{demo_case("C06").text});
    second.serve({});
    CHECK(second.view().page->verdict.reason_code == "notice.recalled");
}

TEST_CASE("clock: only data that calls itself a demo stands still, and a clock that is behind is said") {
    auto session = before().session();
    Kiosk kiosk({}, {.ms = 0, .unix_s = demo().now + 400 * seconds_per_day}, session);
    kiosk.serve(before().files);
    CHECK(kiosk.view().freshness.grade == "fresh");
    for (const int days : {30, 2'500}) {  // the battery of the clock is empty: 2020
        INFO(days);
        session = std::make_shared<inquiry::Session>(inquiry::Anchor::repository(before().pin));
        Kiosk slow({}, {.ms = 0, .unix_s = demo().now - days * seconds_per_day}, session);
        slow.serve(before().files);
        CHECK(slow.view().troubles.at(0).key == "trust.clock_behind");
        slow.give(event::Pasted{demo_case("C06").text});
        slow.serve(before().files);
        CHECK(slow.view().page->verdict.reason_code == "notice.recalled");
        for (const DemoCase& each : demo().cases) {  // whoever sells is not to blame for it
            INFO(each.id);
            slow.give(event::Pasted{each.text});
            slow.serve(before().files);
            const pipa::View page = *slow.view().page;
            CHECK(page.verdict.reason_code != "date.in_future");
            CHECK(std::ranges::find(page.remarks, "date.in_future", &RemarkView::code) == page.remarks.end());
        }
    }
}

}  // namespace pipa::kiosk::test
