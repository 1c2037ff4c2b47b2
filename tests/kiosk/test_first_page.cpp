// The first page of a result: whatever the language, the size of the text and the way the screen is turned, the answer and what to do stand on
// it whole.
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

TEST_CASE("first page: the answer and what to do are on it, in every language, size of text and orientation") {
    int results = 0;
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
                    if (view.number_failed) CHECK(can_touch(drawn, "result/retype"));
                    ++results;
                }
    }
    CHECK(results > 100);
}

TEST_CASE("pages: buttons lead down to the end and up again, and each is there only where it leads on") {
    Stage stage(1080, 1920);
    const auto& cases = screen_cases();
    const auto genuine = std::ranges::find(cases, "result_story_tests", &ScreenCase::name);
    REQUIRE(genuine != cases.end());
    ScreenView view = view_of(*genuine, Language::English, stage.display(), {});
    view.scroll = {};
    view.scroll.measured(9000, 1000);
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
