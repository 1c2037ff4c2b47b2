// The end of a visit: the warning, the wipe, and when the kiosk may sleep.
#include "behaviour.hpp"

namespace pipa::kiosk::test {

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
    CHECK(state.answers.empty());
    CHECK(state.asked.empty());
    CHECK(state.inquiries.empty());
    CHECK(state.judged_texts.empty());
    CHECK(state.stranger.text.empty());
    CHECK(state.picture == Picture{});
    CHECK(state.scroll.offset == 0);
    CHECK_FALSE(state.keys.due_ms());
    CHECK(state.session->trust()->is_loaded());  // what belongs to the machine stays
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

TEST_CASE("attract: without a GPU it moves after each turn and then rests, and goes on from where it was") {
    Kiosk kiosk({.draws_slowly = true});
    double before = kiosk.view().seconds;
    int frames = 0;
    for (std::int64_t passed = 0; passed < 10 * attract_turn_ms; ++frames) {
        const std::int64_t rest = *next_wake_ms(kiosk.state()) - kiosk.state().now.ms;
        REQUIRE(rest > 0);
        passed += rest;
        kiosk.pass(rest);
        const double now = kiosk.view().seconds;
        CHECK(now >= before);
        CHECK(now - before < 0.5);  // no jump after the rest
        before = now;
    }
    CHECK(frames <= 10 * (slow_attract_motion_ms / slow_attract_frame_ms + 2));
    CHECK(frames >= 10 * 5);  // it does move
    Kiosk quick;
    CHECK(*next_wake_ms(quick.state()) - quick.state().now.ms == attract_frame_ms);
}

}  // namespace pipa::kiosk::test
