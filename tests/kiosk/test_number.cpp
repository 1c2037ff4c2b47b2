// Numbers, typed or scanned, and the records behind certificates.
#include "behaviour.hpp"

namespace pipa::kiosk::test {

TEST_CASE("keypad: takes what a number is made of, in upper case, and no more than fits") {
    Kiosk kiosk = scanning();
    kiosk.give(event::GoTo{Screen::Type});
    for (const char c : std::string{"lp2026-0522 _#"}) kiosk.give(event::KeypadKey{c});
    CHECK(kiosk.view().typed == "LP2026-0522");
    kiosk.give(event::KeypadErase{});
    CHECK(kiosk.view().typed == "LP2026-052");
    for (int i = 0; i < 100; ++i) kiosk.give(event::KeypadKey{'1'});
    CHECK(kiosk.view().typed.size() == max_typed);
    kiosk.give(event::KeypadClear{});
    kiosk.give(event::KeypadErase{});
    kiosk.give(event::KeypadDone{});
    CHECK(kiosk.view().typed.empty());
    CHECK(kiosk.view().screen == Screen::Type);
}

TEST_CASE("keypad: its keys count on its own screen alone, and leave nothing behind on the attract screen") {
    Kiosk kiosk;
    kiosk.give(event::KeypadKey{'7'});
    CHECK(kiosk.view().screen == Screen::Attract);
    CHECK(kiosk.state().typed.empty());
}

TEST_CASE("keypad: what is typed is looked up, whatever it is") {
    const auto entered = [](std::string_view text) {
        Kiosk kiosk = scanning();
        kiosk.type(text);
        return kiosk.view();
    };
    REQUIRE(entered("LP2026-0522-0117").screen == Screen::Result);
    CHECK(entered("LP2026-0522-0117").number == "LP2026-0522-0117");
    CHECK(entered("LP2026-0522-0117").number_failed);
    CHECK(entered("LP2026-0522-0117").page->verdict.reason_code == "number.no_records");
    CHECK(entered("6901234567892").page->verdict.reason_code == "check.foreign_code");
    CHECK(entered("SC12345678901234").screen == Screen::Result);
}

TEST_CASE("keypad: keys pressed by hand on a keyboard open it from the viewfinder") {
    Kiosk kiosk = scanning();
    for (const char c : std::string{"lp20"}) {
        kiosk.pass(200);
        kiosk.give(event::Character{std::string(1, c)});
    }
    kiosk.pass(200);
    CHECK(kiosk.view().screen == Screen::Type);
    CHECK(kiosk.view().typed == "LP20");
    kiosk.give(event::Enter{});
    CHECK(kiosk.view().screen == Screen::Result);
    CHECK(kiosk.view().number == "LP20");
}

}  // namespace pipa::kiosk::test
