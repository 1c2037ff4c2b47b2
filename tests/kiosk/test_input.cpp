#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "app/scroll.hpp"
#include "app/typed_input.hpp"

namespace pipa::kiosk {
namespace {

// Types `text`, a key every `gap_ms`, and returns what came out on the way.
std::vector<TypedText> type(TypedInput& input, std::string_view text, std::int64_t gap_ms, std::int64_t& now) {
    std::vector<TypedText> out;
    for (const char c : text) {
        now += gap_ms;
        if (auto before = input.character({&c, 1}, now)) out.push_back(*before);
    }
    return out;
}

}  // namespace

TEST_CASE("scanner: a burst that ends with Enter is one scanned text") {
    TypedInput input;
    std::int64_t now = 1000;
    CHECK(type(input, "HTTPS://A.B/C#123", 5, now).empty());
    const TypedText typed = input.enter(now + 5);
    CHECK(typed.by_scanner);
    CHECK(typed.text == "HTTPS://A.B/C#123");
}

TEST_CASE("scanner: a burst without Enter is over after a silence") {
    TypedInput input;
    std::int64_t now = 1000;
    static_cast<void>(type(input, "6901234567892", 10, now));
    CHECK(input.due_ms() == now + burst_silence_ms);
    CHECK_FALSE(input.flush(now + burst_silence_ms - 1));
    const auto typed = input.flush(now + burst_silence_ms);
    REQUIRE(typed);
    CHECK(typed->by_scanner);
    CHECK(typed->text == "6901234567892");
    CHECK_FALSE(input.due_ms());
}

TEST_CASE("scanner: a person's keys come out one by one") {
    TypedInput input;
    std::int64_t now = 1000;
    const auto typed = type(input, "LP2026-0522", 140, now);
    REQUIRE(typed.size() == 10);  // the last is still held back
    for (const TypedText& key : typed) {
        CHECK_FALSE(key.by_scanner);
        CHECK(key.text.size() == 1);
    }
    const auto last = input.flush(now + burst_silence_ms);
    REQUIRE(last);
    CHECK(last->text == "2");
}

TEST_CASE("scanner: two quick keys of a person are no scanner") {
    TypedInput input;
    std::int64_t now = 1000;
    static_cast<void>(type(input, "ab", 20, now));
    const TypedText typed = input.enter(now + 20);
    CHECK_FALSE(typed.by_scanner);
    CHECK(typed.ended_by_enter);
    CHECK(typed.text == "ab");
}

TEST_CASE("scanner: no more is taken than is looked at") {
    TypedInput input;
    std::int64_t now = 1000;
    static_cast<void>(type(input, std::string(max_scanned_bytes + 100, '7'), 2, now));
    const TypedText typed = input.enter(now);
    CHECK(typed.by_scanner);
    CHECK(typed.text.size() == max_scanned_bytes);
}

TEST_CASE("scanner: keys that were handled late are told apart by when they were pressed") {
    TypedInput input;
    for (std::int64_t pressed = 1000; pressed < 1020; ++pressed) CHECK_FALSE(input.character("7", pressed));  // all of them handled at 1500
    CHECK(input.enter(1021).by_scanner);
}

TEST_CASE("scanner: a slow start does not make a burst of a person's keys") {
    TypedInput input;
    std::int64_t now = 1000;
    const auto typed = type(input, "aaaaaaaaaa", max_scanner_gap_ms + 1, now);
    CHECK(typed.size() == 9);
}

TEST_CASE("scroll: follows the finger, then glides and stops") {
    Scroll scroll;
    scroll.measured(3000, 1000);
    scroll.grab(0);
    for (std::int64_t ms = 16; ms <= 160; ms += 16) scroll.drag(20, ms);
    CHECK(scroll.offset == 200);
    scroll.release(170);
    CHECK(scroll.moving());
    std::int64_t now = 170;
    while (scroll.moving() && now < 10'000) scroll.step(now += 16);
    CHECK(scroll.offset > 250);
    CHECK(scroll.offset < 2000);
    CHECK(now < 4000);
}

TEST_CASE("scroll: a finger that rested throws nothing") {
    Scroll scroll;
    scroll.measured(3000, 1000);
    scroll.grab(0);
    scroll.drag(100, 16);
    scroll.release(400);
    CHECK_FALSE(scroll.moving());
}

TEST_CASE("scroll: springs back at both ends") {
    for (const float pull : {-400.0f, 4000.0f}) {
        Scroll scroll;
        scroll.measured(3000, 1000);
        scroll.grab(0);
        scroll.drag(pull, 16);
        scroll.drag(pull, 32);
        scroll.release(40);
        std::int64_t now = 40;
        while (scroll.moving() && now < 20'000) scroll.step(now += 16);
        CHECK(now < 5000);
        CHECK(scroll.offset == (pull < 0 ? 0.0f : 2000.0f));
    }
}

TEST_CASE("scroll: content that fits does not move") {
    Scroll scroll;
    scroll.measured(500, 1000);
    scroll.grab(0);
    scroll.drag(200, 16);
    scroll.release(20);
    CHECK(scroll.offset == 0);
    CHECK_FALSE(scroll.moving());
}

TEST_CASE("scroll: shrinking content takes the offset along") {
    Scroll scroll;
    scroll.measured(3000, 1000);
    scroll.jump(1800);
    scroll.measured(1200, 1000);
    CHECK(scroll.offset == 200);
}

}  // namespace pipa::kiosk
