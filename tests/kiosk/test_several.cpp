// Several codes before the camera at once.
#include "behaviour.hpp"

namespace pipa::kiosk::test {

TEST_CASE("several: each is judged, the gravest first, and a button leads to each") {
    for (const auto& texts : {std::vector{text_of("genuine"), text_of("altered")}, {text_of("altered"), text_of("genuine")}}) {
        Kiosk kiosk = scanning();
        kiosk.see(texts);
        REQUIRE(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.code == "altered");
        REQUIRE(kiosk.view().choices.size() == 2);
        CHECK(kiosk.view().choices[1].verdict == "genuine");
        CHECK(kiosk.view().choices[1].about == "LP2026-0522-0117");
        kiosk.give(event::ChooseAnswer{1});
        CHECK(kiosk.view().page->verdict.code == "genuine");
        CHECK(kiosk.view().chosen == 1);
        kiosk.give(event::ChooseAnswer{7});
        CHECK(kiosk.view().chosen == 1);
    }
}

TEST_CASE("several: a damaged one of ours comes before one in order") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("household"), text_of("unreadable")});
    CHECK(kiosk.view().page->verdict.code == "could_not_check");
    CHECK(kiosk.view().choices.size() == 2);
}

TEST_CASE("several: beside one of ours somebody else's code does not count") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("web_address"), text_of("unreadable"), text_of("retail_barcode")});
    CHECK(kiosk.view().page->verdict.code == "could_not_check");
    CHECK(kiosk.view().page->verdict.reason_code != "check.foreign_code");
    CHECK(kiosk.view().choices.empty());
}

TEST_CASE("several: the same code twice is one, and no more than fit are looked up") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine"), "  " + text_of("genuine")});
    CHECK(kiosk.view().choices.empty());
    kiosk.give(event::GoTo{Screen::Type});
    std::string line;
    for (int i = 0; i < 9; ++i) line += "HTTPS://LINPING.EXAMPLE/C#0169436464873497600" + std::to_string(591879 + i) + " ";
    kiosk.give(event::Pasted{line});
    CHECK(kiosk.view().choices.size() == max_codes);
}

TEST_CASE("several: pasted in one line they count like codes before the camera") {
    Kiosk kiosk = scanning();
    kiosk.give(event::Pasted{text_of("genuine") + "\n" + text_of("altered")});
    CHECK(kiosk.view().page->verdict.code == "altered");
    CHECK(kiosk.view().choices.size() == 2);
}

TEST_CASE("several: which of them lie there still is not judged again, another one is") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine"), text_of("altered")});
    kiosk.give(event::GoTo{Screen::Scan});
    kiosk.see({text_of("altered"), text_of("genuine")});
    CHECK(kiosk.view().screen == Screen::Scan);
    kiosk.see({text_of("household"), text_of("genuine")});
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

}  // namespace pipa::kiosk::test
