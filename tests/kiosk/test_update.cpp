// The kiosk's behaviour, without a screen.
#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "app/screen_view.hpp"
#include "app/update.hpp"
#include "samples.hpp"

namespace pipa::kiosk {
namespace {

using test::district;

// A kiosk whose clock the test moves.
class Kiosk {
public:
    explicit Kiosk(Setup setup = {}) : m_now(test::test_now), m_state(initial_state(setup, m_now)) {
        give(event::TrustArrived{{.store = district().store()}});
    }

    void give(What what) {
        Step step = update(std::move(m_state), {m_now, std::move(what)});
        m_state = std::move(step.state);
        m_effects.insert(m_effects.end(), step.effects.begin(), step.effects.end());
    }
    void pass(std::int64_t ms) {
        m_now.ms += ms;
        m_now.unix_s += ms / 1000;
        give(event::Tick{});
    }
    void see(std::vector<std::string> texts) { give(event::CodesSeen{std::move(texts)}); }
    void scan(std::string_view text, std::int64_t gap_ms = 5) {
        for (const char c : text) {
            m_now.ms += gap_ms;
            give(event::Character{std::string(1, c)});
        }
        give(event::Enter{});
    }

    [[nodiscard]] const State& state() const { return m_state; }
    [[nodiscard]] ScreenView view() const { return make_view(m_state); }
    [[nodiscard]] std::vector<Effect> effects() { return std::exchange(m_effects, {}); }

private:
    Moment m_now;
    State m_state;
    std::vector<Effect> m_effects{};
};

const std::string& text_of(std::string_view name) { return district().sample(name).text; }

Kiosk scanning() {
    Kiosk kiosk;
    kiosk.give(event::Begin{Language::Chinese});
    static_cast<void>(kiosk.effects());
    return kiosk;
}

}  // namespace

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
    for (const test::Sample& sample : district().samples) {
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

TEST_CASE("kiosk: a USB scanner is heard on every screen, even the attract screen") {
    for (const Screen screen : {Screen::Attract, Screen::Scan, Screen::Type, Screen::Result, Screen::Number}) {
        Kiosk kiosk;
        if (screen != Screen::Attract) kiosk.give(event::Begin{Language::Chinese});
        if (screen == Screen::Type || screen == Screen::Number) kiosk.give(event::GoTo{Screen::Type});
        if (screen == Screen::Result) kiosk.give(event::Pasted{text_of("altered")});
        if (screen == Screen::Number) {
            kiosk.give(event::KeypadKey{'A'});
            kiosk.give(event::KeypadDone{});
        }
        REQUIRE(kiosk.view().screen == screen);
        kiosk.pass(500);
        kiosk.scan(text_of("genuine"));
        REQUIRE(kiosk.view().screen == Screen::Result);
        CHECK(kiosk.view().page->verdict.code == "genuine");
    }
}

TEST_CASE("kiosk: garbage from the scanner is answered with a sentence, and the screen goes on") {
    Kiosk kiosk;
    for (const std::string& garbage : {std::string("ab\x01\x02" "cdefgh"), std::string(max_scanned_bytes + 50, 'x'), std::string("\xFF\xFE\xFD\xFC\xFB\xFA\xF9")}) {
        kiosk.pass(500);
        kiosk.scan(garbage);
        CHECK(kiosk.view().screen == Screen::Scan);
        CHECK(kiosk.view().notice == "kiosk.notice.scanner_garbled");
    }
    kiosk.pass(notice_ms);
    CHECK(kiosk.view().notice.empty());
    kiosk.scan(text_of("genuine"));
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

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

TEST_CASE("keypad: a certificate's number is honestly not looked up, other codes are recognised") {
    const auto entered = [](std::string_view text) {
        Kiosk kiosk = scanning();
        kiosk.give(event::GoTo{Screen::Type});
        for (const char c : text) kiosk.give(event::KeypadKey{c});
        kiosk.give(event::KeypadDone{});
        return kiosk.view();
    };
    CHECK(entered("LP2026-0522-0117").screen == Screen::Number);
    CHECK(entered("LP2026-0522-0117").number == "LP2026-0522-0117");
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
    CHECK(kiosk.view().screen == Screen::Number);
}

TEST_CASE("idle: warns, counts down, and is called off by any touch") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    kiosk.pass(59'999);
    CHECK_FALSE(kiosk.view().idle_seconds_left);
    kiosk.pass(1);
    CHECK(kiosk.view().idle_seconds_left == 25);
    kiosk.pass(4'500);
    CHECK(kiosk.view().idle_seconds_left == 21);
    kiosk.give(event::Touched{});
    CHECK_FALSE(kiosk.view().idle_seconds_left);
    CHECK(kiosk.view().screen == Screen::Result);
    kiosk.pass(60'000);
    CHECK(kiosk.view().idle_seconds_left == 25);
    kiosk.give(event::StayHere{});
    CHECK_FALSE(kiosk.view().idle_seconds_left);
}

TEST_CASE("idle: the warning never stands for less than 20 seconds") {
    Kiosk kiosk(Setup{.idle_after_ms = 5'000, .warning_ms = 1'000});
    kiosk.give(event::Begin{Language::Chinese});
    kiosk.pass(5'000);
    CHECK(kiosk.view().idle_seconds_left == 20);
    kiosk.pass(19'900);
    CHECK(kiosk.view().idle_seconds_left == 1);
}

TEST_CASE("idle: afterwards nothing of the visit is left") {
    Kiosk kiosk = scanning();
    kiosk.give(event::ChooseLanguage{Language::English});
    kiosk.give(event::ChooseTextStep{2});
    kiosk.give(event::GoTo{Screen::Type});
    kiosk.give(event::KeypadKey{'7'});
    kiosk.give(event::KeypadDone{});
    kiosk.give(event::GoTo{Screen::Scan});
    kiosk.give(event::PictureShown{{.texture = 5, .width = 10, .height = 10}});
    kiosk.see({text_of("genuine")});
    kiosk.give(event::ScrollMeasured{4000, 1000});
    kiosk.give(event::ScrollJumped{500});
    kiosk.give(event::Character{"x"});
    static_cast<void>(kiosk.effects());
    kiosk.pass(85'000);
    const State& state = kiosk.state();
    CHECK(state.screen == Screen::Attract);
    CHECK(state.language == Language::Chinese);
    CHECK(state.text_step == 0);
    CHECK(state.typed.empty());
    CHECK(state.answer == nullptr);
    CHECK(state.asked_number.empty());
    CHECK(state.judged_text.empty());
    CHECK(state.stranger.text.empty());
    CHECK(state.picture == Picture{});
    CHECK(state.scroll.offset == 0);
    CHECK_FALSE(state.keys.due_ms());
    CHECK(state.trust.store->is_loaded());  // what belongs to the machine stays
    CHECK(kiosk.effects() == std::vector{Effect::ForgetVisitor});
}

TEST_CASE("idle: ending a visit by hand wipes it too, and closes the camera") {
    Kiosk kiosk = scanning();
    kiosk.give(event::EndVisit{});
    CHECK(kiosk.view().screen == Screen::Attract);
    CHECK(kiosk.effects() == std::vector{Effect::CloseCamera, Effect::ForgetVisitor});
}

TEST_CASE("idle: a label before the camera is a visitor, the same one for ever is not") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    kiosk.give(event::GoTo{Screen::Scan});
    for (int i = 0; i < 900 && kiosk.view().screen == Screen::Scan; ++i) {
        kiosk.see({text_of("genuine")});
        kiosk.pass(100);
    }
    CHECK(kiosk.view().screen == Screen::Attract);
}

TEST_CASE("camera: is missing, is tried again, and comes") {
    Kiosk kiosk = scanning();
    kiosk.give(event::CameraChanged{CameraStatus::Missing});
    CHECK(kiosk.view().camera_trouble == "kiosk.camera.missing");
    kiosk.pass(camera_retry_ms);
    CHECK(kiosk.effects() == std::vector{Effect::OpenCamera});
    CHECK(kiosk.view().camera_trouble == "kiosk.camera.missing");
    kiosk.give(event::PictureShown{{.texture = 1, .width = 4, .height = 3}});
    CHECK(kiosk.view().camera_trouble.empty());
    CHECK(kiosk.view().picture.texture == 1);
}

TEST_CASE("camera: unplugged and back") {
    Kiosk kiosk = scanning();
    kiosk.give(event::PictureShown{{.texture = 1, .width = 4, .height = 3}});
    kiosk.give(event::CameraChanged{CameraStatus::Lost});
    CHECK(kiosk.view().camera_trouble == "kiosk.camera.lost");
    CHECK(kiosk.view().picture == Picture{});
    kiosk.pass(camera_retry_ms);
    CHECK(kiosk.effects() == std::vector{Effect::OpenCamera});
    kiosk.give(event::PictureShown{{.texture = 2, .width = 4, .height = 3}});
    kiosk.see({text_of("genuine")});
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("camera: what it says after the visit left the viewfinder is not heard") {
    Kiosk kiosk = scanning();
    kiosk.give(event::GoTo{Screen::Type});
    kiosk.give(event::PictureShown{{.texture = 9, .width = 1, .height = 1}});
    kiosk.give(event::CameraChanged{CameraStatus::Lost});
    kiosk.see({text_of("genuine")});
    CHECK(kiosk.view().screen == Screen::Type);
    CHECK(kiosk.view().picture == Picture{});
}

TEST_CASE("trust: a list that does not verify is told, and every certificate cannot be checked") {
    Kiosk kiosk = scanning();
    kiosk.give(event::TrustArrived{{.problem = "trust.wrong_signer"}});
    REQUIRE(kiosk.view().troubles.size() == 1);
    CHECK(kiosk.view().troubles[0].key == "kiosk.trouble.no_trust");
    CHECK(kiosk.view().troubles[0].code == "trust.wrong_signer");
    kiosk.see({text_of("genuine")});
    CHECK(kiosk.view().page->verdict.reason_code == "check.no_trust");
}

TEST_CASE("trust: an answer outlives the list it was judged by") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    kiosk.give(event::TrustArrived{{.problem = "trust.wrong_signer"}});
    CHECK(kiosk.view().page->verdict.code == "genuine");
}

TEST_CASE("font: without a Chinese one the kiosk speaks English and says why") {
    Kiosk kiosk(Setup{.chinese_font_missing = true});
    CHECK(kiosk.view().language == Language::English);
    CHECK(kiosk.view().troubles.at(0).key == "kiosk.trouble.no_font");
}

TEST_CASE("sleep: a still screen needs no tick until the idle warning, then one a second") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    const std::int64_t now = kiosk.state().now.ms;
    CHECK(next_wake_ms(kiosk.state()) == now + 60'000);
    kiosk.pass(60'000);
    CHECK(next_wake_ms(kiosk.state()) == now + 61'000);
    kiosk.pass(1'300);
    CHECK(next_wake_ms(kiosk.state()) == now + 62'000);
    kiosk.give(event::Touched{});
    CHECK(next_wake_ms(kiosk.state()) == now + 121'300);
}

TEST_CASE("sleep: the attract screen moves at its own frame rate") {
    Kiosk kiosk;
    CHECK(next_wake_ms(kiosk.state()) == kiosk.state().now.ms + attract_frame_ms);
}

TEST_CASE("sleep: a gliding list wakes for every frame until it rests") {
    Kiosk kiosk = scanning();
    kiosk.see({text_of("genuine")});
    kiosk.give(event::ScrollMeasured{4000, 1000});
    kiosk.give(event::ScrollGrabbed{});
    for (int i = 0; i < 5; ++i) {
        kiosk.pass(16);
        kiosk.give(event::ScrollDragged{30});
    }
    kiosk.give(event::ScrollReleased{});
    CHECK(next_wake_ms(kiosk.state()) == kiosk.state().now.ms + moving_frame_ms);
    for (int i = 0; i < 600; ++i) kiosk.pass(16);
    CHECK(kiosk.view().scroll.offset > 150);
    CHECK(*next_wake_ms(kiosk.state()) > kiosk.state().now.ms + 1000);
}

}  // namespace pipa::kiosk
