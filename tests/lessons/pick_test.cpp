// 'When may it be picked?': the days of the calendar are those of the field data, counted as the judge counts them.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/embedded_catalogues.hpp"
#include "learn/pick.hpp"
#include "record/field_data_json.hpp"
#include "support/project_files.hpp"

namespace {

using namespace pipa;

constexpr UnixSeconds morning = 1'795'138'200;  // 2026-11-20 09:30 in China
const std::vector<NamedCode> register_of_goods = {{1001, {"枇杷", "loquats"}}, {2001, {"青菜", "pak choi"}}, {3001, {"鱼", "fish"}},
                                                 {4001, {"鸡蛋", "eggs"}}, {5001, {"生猪", "pigs"}}};

const Catalogue& texts(std::string_view tag) { return *embedded_catalogue(tag); }

FieldData shipped() { return parse_field_data(test::read_file(test::project_file("assets/field/field.json"))).value(); }

FieldData with(std::vector<SafetyInterval> intervals) {
    FieldData out;
    out.edition = "test";
    out.intervals = std::move(intervals);
    return out;
}

std::ptrdiff_t first_right(const PickRoundView& round) {
    return std::ranges::find(round.days, true, &PickDayView::right) - round.days.begin();
}

}  // namespace

TEST_CASE("pick: every round has one right day, a late one behind it, and whole weeks", "[learn]") {
    for (const std::string_view tag : {"zh-Hans", "en"}) {
        const auto game = make_pick_game(shipped(), register_of_goods, morning, texts(tag));
        REQUIRE(game.has_value());
        for (const PickRoundView& round : game->rounds) {
            INFO(tag << ' ' << round.question);
            CHECK(std::ranges::count(round.days, true, &PickDayView::right) == 1);
            CHECK(round.days.size() % 7 == 0);
            CHECK(static_cast<std::size_t>(first_right(round)) + 1 < round.days.size());
            for (const PickDayView& day : round.days) CHECK((!day.answer.empty() && !day.label.empty() && !day.text.empty()));
        }
    }
}

TEST_CASE("pick: the waits are those of the field data, short ones first, degree-days last", "[learn]") {
    const auto game = make_pick_game(shipped(), register_of_goods, morning, texts("en"));
    REQUIRE(game.has_value());
    std::vector<std::ptrdiff_t> waits;
    for (const PickRoundView& round : game->rounds) waits.push_back(first_right(round));
    // Eggs 2, pak choi 7, loquats 14, pigs 28; fish 500 degree-days at 25 °C, then 375 at 15 °C.
    CHECK(waits == std::vector<std::ptrdiff_t>{2, 7, 14, 28, 20, 25});
}

TEST_CASE("pick: the day of use is day 0, and degree-days are full only on the day that fills them", "[learn]") {
    const auto days = make_pick_game(with({{.substance = "甲", .products = {2001}, .days = 1}}), register_of_goods, morning, texts("en"));
    REQUIRE(days.has_value());
    CHECK(first_right(days->rounds.front()) == 1);
    CHECK(days->rounds.front().days[0].label == "20 November 2026");
    // 500 at 25 °C is day 20 exactly; 501 needs one day more.
    for (const auto& [needed, day] : std::map<std::int64_t, std::ptrdiff_t>{{25, 1}, {26, 2}, {500, 20}, {501, 21}}) {
        const auto degrees = make_pick_game(with({{.substance = "乙", .product_classes = {3}, .degree_days = needed}}),
                                            register_of_goods, morning, texts("en"));
        REQUIRE(degrees.has_value());
        CHECK(first_right(degrees->rounds.front()) == day);
    }
}

TEST_CASE("pick: of several rows for the same goods the longest wait counts", "[learn]") {
    const auto game = make_pick_game(with({{.substance = "甲", .products = {2001}, .days = 3},
                                           {.substance = "甲", .product_classes = {2}, .days = 9}}),
                                     register_of_goods, morning, texts("zh-Hans"));
    REQUIRE(game.has_value());
    for (const PickRoundView& round : game->rounds) CHECK(first_right(round) == 9);
}

TEST_CASE("pick: loquats are sprayed and picked in their season, not in November", "[learn]") {
    const auto game = make_pick_game(shipped(), register_of_goods, morning, texts("en"));
    REQUIRE(game.has_value());
    const auto loquats = std::ranges::find_if(game->rounds,
                                              [](const PickRoundView& round) { return round.question.starts_with("loquats"); });
    REQUIRE(loquats != game->rounds.end());
    for (const PickDayView& day : loquats->days)
        if (day.right) CHECK((day.label.find("May 2026") != std::string::npos || day.label.find("June 2026") != std::string::npos));
}

TEST_CASE("pick: demonstration data says so, and a substance has its English name", "[learn]") {
    const auto game = make_pick_game(shipped(), register_of_goods, morning, texts("en"));
    REQUIRE(game.has_value());
    for (const PickRoundView& round : game->rounds) {
        INFO(round.question);
        CHECK(round.demo.empty() ==
              (round.question.starts_with("fish") || round.question.starts_with("eggs") || round.question.starts_with("pigs")));
        if (round.question.starts_with("loquats")) CHECK(round.question.find("acetamiprid") != std::string::npos);
    }
}

TEST_CASE("pick: without field data, without goods, and with waits that fit no calendar there is no game", "[learn]") {
    CHECK(!make_pick_game({}, register_of_goods, morning, texts("en")));
    CHECK(!make_pick_game(shipped(), {}, morning, texts("en")));
    CHECK(!make_pick_game(with({{.substance = "甲", .products = {2001}, .days = 0}, {.substance = "乙", .products = {2001}, .days = 36},
                                {.substance = "丙", .products = {2001}}, {.substance = "丁", .product_classes = {3}, .degree_days = INT64_MAX / 2}}),
                          register_of_goods, morning, texts("en")));
}
