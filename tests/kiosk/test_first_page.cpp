// The first page of a result: whatever the language, the size of the text and the way the screen is turned, the answer and what to do stand on
// it whole, and what a buyer holds against the goods.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string_view>
#include <vector>

#include "screen_cases.hpp"
#include "stage.hpp"

namespace pipa::kiosk::test {
namespace {

const Rect* place_of(const Drawn& drawn, std::string_view id) {
    const auto found = std::ranges::find(drawn.places, id, &Target::id);
    return found == drawn.places.end() ? nullptr : &found->rect;
}

bool can_touch(const Drawn& drawn, std::string_view id) { return std::ranges::find(drawn.targets, id, &Target::id) != drawn.targets.end(); }

}  // namespace

TEST_CASE("first page: the answer, what to do and what to compare are on it, in every language, size of text and orientation") {
    int results = 0, with_facts = 0;
    for (const auto& [width, height] : {std::pair{1080, 1920}, {1920, 1080}, {800, 1280}, {1280, 800}}) {
        Stage stage(width, height);
        for (const Language language : {Language::Chinese, Language::English})
            for (int step = 0; step < text_steps; ++step)
                for (const ScreenCase& screen : screen_cases()) {
                    ScreenView view = view_of(screen, language, stage.display(), {});
                    if (view.screen != Screen::Result) continue;
                    view.text_step = step;
                    view.scroll.offset = 0;
                    INFO(screen.name << " " << width << "x" << height << " text " << step << (language == Language::Chinese ? " zh" : " en"));
                    const Drawn drawn = stage.lay_out(view);
                    const Rect* next = place_of(drawn, "result/next");
                    const Rect* seen = place_of(drawn, "scroll/seen");
                    REQUIRE((next != nullptr && seen != nullptr));
                    CHECK(next->y >= seen->y);
                    CHECK(next->bottom() <= seen->bottom());
                    if (const Rect* facts = place_of(drawn, "result/facts")) {
                        CHECK(facts->bottom() <= seen->bottom());
                        ++with_facts;
                    }
                    CHECK((place_of(drawn, "result/facts") != nullptr) == !view.page->summary.rows.empty());
                    if (view.number_failed) CHECK(can_touch(drawn, "result/retype"));
                    ++results;
                }
    }
    CHECK(results > 100);
    CHECK(with_facts > 100);
}

TEST_CASE("screens: no words on a button or a line of their own are cut off, in any language, size of text and orientation") {
    for (const auto& [width, height] : {std::pair{1080, 1920}, {1920, 1080}, {800, 1280}, {1280, 800}}) {
        Stage stage(width, height);
        for (const Language language : {Language::Chinese, Language::English})
            for (const ScreenCase& screen : screen_cases()) {
                ScreenView view = view_of(screen, language, stage.display(), {});
                for (view.text_step = 0; view.text_step < text_steps; ++view.text_step) {
                    INFO(screen.name << " " << width << "x" << height << " text " << view.text_step << (language == Language::Chinese ? " zh" : " en"));
                    const Drawn drawn = stage.lay_out(view);
                    CHECK(place_of(drawn, "cut") == nullptr);
                }
            }
    }
}

TEST_CASE("pages: buttons lead down to the end and up again, and each is there only where it leads on") {
    Stage stage(1080, 1920);
    const auto& cases = screen_cases();
    const auto genuine = std::ranges::find(cases, "result_story_tests", &ScreenCase::name);
    REQUIRE(genuine != cases.end());
    ScreenView view = view_of(*genuine, Language::English, stage.display(), {});
    view.scroll = {};
    for (int twice = 2; twice > 0; --twice)  // with the buttons there is less room for the page
        for (const What& what : stage.draw_once(view, false).events)
            if (const auto* size = std::get_if<event::ScrollMeasured>(&what)) view.scroll.measured(size->content, size->seen);
    REQUIRE(view.scroll.limit > 1000);
    const auto at = [&](float offset) {
        view.scroll.offset = offset;
        return stage.draw_once(view, false);
    };
    const Drawn first = at(0), middle = at(500), last = at(view.scroll.limit);
    CHECK((!can_touch(first, "scroll/up") && can_touch(first, "scroll/down")));
    CHECK((can_touch(middle, "scroll/up") && can_touch(middle, "scroll/down")));
    CHECK((can_touch(last, "scroll/up") && !can_touch(last, "scroll/down")));
}

}  // namespace pipa::kiosk::test
