// A visit: from the first touch to an answer, whichever way the code comes in.
#include "behaviour.hpp"

namespace pipa::kiosk::test {

TEST_CASE("kiosk: begins on the attract screen and opens no camera") {
    Kiosk kiosk;
    CHECK(kiosk.view().screen == Screen::Attract);
    CHECK(kiosk.effects().empty());
}

TEST_CASE("kiosk: a touch begins the visit in the language touched, and opens the camera") {
    Kiosk kiosk;
    kiosk.give(event::Begin{Language::English});
    CHECK(kiosk.view().screen == Screen::Scan);
    CHECK(kiosk.view().language == Language::English);
    CHECK(kiosk.effects() == std::vector{Effect::OpenCamera});
}

TEST_CASE("kiosk: every sample gets its answer, in both languages") {
    for (const Sample& sample : district().samples) {
        for (const Language language : {Language::Chinese, Language::English}) {
            Kiosk kiosk;
            kiosk.give(event::Begin{language});
            kiosk.give(event::Pasted{sample.text});
            INFO(sample.name);
            REQUIRE(kiosk.view().screen == Screen::Result);
            CHECK(kiosk.view().page->verdict.code == sample.verdict);
            CHECK(kiosk.view().page->verdict.word.find('[') == std::string::npos);
            CHECK(kiosk.view().page->verdict.next_step.find('[') == std::string::npos);
        }
    }
}

TEST_CASE("kiosk: a code of ours before the camera is judged at once, and the camera closed") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    CHECK(kiosk.view().screen == Screen::Result);
    CHECK(kiosk.view().page->verdict.code == "genuine");
    CHECK(kiosk.effects() == std::vector{Effect::CloseCamera});
}

TEST_CASE("kiosk: what would help with a code that is not read is said while the camera looks, and gone with it") {
    Kiosk kiosk = scanning();
    CHECK(kiosk.view().advice.empty());
    for (const char* const name : {"closer", "further", "straighter", "less_glare", "steadier"}) {
        kiosk.give(event::Advised{name});
        CHECK(kiosk.view().advice == "kiosk.scan." + std::string{name});
        for (const Language language : {Language::Chinese, Language::English}) CHECK(texts_in(language).text(kiosk.view().advice).find('[') == std::string::npos);
    }
    kiosk.see({text_of("genuine")});
    CHECK(kiosk.view().advice.empty());
    kiosk.give(event::Advised{"closer"});
    CHECK(kiosk.view().advice.empty());
}

TEST_CASE("kiosk: of several codes in the picture ours counts") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("retail_barcode"), text_of("zhe_nong_ma"), text_of("genuine")});
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("kiosk: a foreign code waits a moment for ours to appear") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("zhe_nong_ma")});
    CHECK(kiosk.view().screen == Screen::Scan);
    kiosk.pass(stranger_patience_ms - 100);
    kiosk.see({text_of("zhe_nong_ma")});
    CHECK(kiosk.view().screen == Screen::Scan);
    kiosk.pass(100);
    kiosk.see({text_of("zhe_nong_ma")});
    REQUIRE(kiosk.view().screen == Screen::Result);
    CHECK(kiosk.view().page->verdict.reason_code == "check.foreign_code");
}

TEST_CASE("kiosk: 'scan another' does not answer at once with the label that still lies there") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    kiosk.give(event::GoTo{Screen::Scan});
    for (int i = 0; i < 20; ++i) {
        kiosk.see({text_of("genuine")});
        kiosk.pass(100);
    }
    CHECK(kiosk.view().screen == Screen::Scan);
    kiosk.see({text_of("altered")});
    CHECK(kiosk.view().page->verdict.code == "altered");

    kiosk.give(event::GoTo{Screen::Scan});
    kiosk.pass(same_code_away_ms + 1);  // taken away and shown again
    kiosk.see({text_of("altered")});
    CHECK(kiosk.view().screen == Screen::Result);
}

TEST_CASE("kiosk: the language of an answer can be changed and changed back") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    const std::string before = kiosk.view().page->verdict.reason;
    kiosk.give(event::ChooseLanguage{Language::English});
    CHECK(kiosk.view().page->language == "en");
    CHECK(kiosk.view().page->verdict.reason != before);
    kiosk.give(event::ChooseLanguage{Language::Chinese});
    CHECK(kiosk.view().page->verdict.reason == before);
}

TEST_CASE("kiosk: says its own words where the phone page's would mislead") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("unknown_issuer")});
    CHECK(kiosk.view().page->verdict.next_step == texts_in(Language::Chinese).text("kiosk.instead.next.issuer.unknown_key"));
    for (const Language language : {Language::Chinese, Language::English})
        for (const auto& [key, text] : texts_in(language).entries()) {
            if (key.starts_with("kiosk.")) continue;
            if (!key.starts_with("reason.") && !key.starts_with("next.") && !key.starts_with("limits.")) continue;
            INFO(key << ": " << text);
            CHECK(text.find("本页") == std::string::npos);
            CHECK(text.find("this page") == std::string::npos);
        }
}

TEST_CASE("kiosk: a USB scanner is bearings on every screen, even the attract screen") {
    for (const Screen screen : {Screen::Attract, Screen::Scan, Screen::Type, Screen::Result}) {
        Kiosk kiosk;
        if (screen != Screen::Attract) kiosk.give(event::Begin{Language::Chinese});
        if (screen == Screen::Type) kiosk.give(event::GoTo{Screen::Type});
        if (screen == Screen::Result) kiosk.give(event::Pasted{text_of("altered")});
        REQUIRE(kiosk.view().screen == screen);
        kiosk.pass(500);
        kiosk.scan(text_of("genuine"));
        REQUIRE(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.code == "genuine");
    }
}

TEST_CASE("kiosk: garbage from the scanner gets the core's answer, nothing but blanks gets none, and the screen goes on") {
    Kiosk kiosk;
    for (const std::string& garbage : {std::string("ab\x01\x02" "cdefgh"), std::string(max_scanned_bytes + 50, 'x'), std::string("\xFF\xFE\xFD\xFC\xFB\xFA\xF9")}) {
        kiosk.pass(500);
        kiosk.scan(garbage);
        REQUIRE(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.code == "could_not_check");
    }
    kiosk.give(event::GoTo{Screen::Scan});
    kiosk.pass(500);
    kiosk.scan("          ");
    CHECK(kiosk.view().screen == Screen::Scan);
    kiosk.pass(500);
    kiosk.scan(text_of("genuine"));
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("kiosk: a burst that was handled late is a scanner's all the same") {
    Kiosk kiosk;
    const std::string& text = text_of("genuine");
    for (std::size_t i = 0; i < text.size(); ++i)
        kiosk.give(event::Character{std::string(1, text[i]), static_cast<std::int64_t>(text.size() - i) * 3});
    kiosk.give(event::Enter{});
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

}  // namespace pipa::kiosk::test
