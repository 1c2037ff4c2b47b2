#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "page/drawings.hpp"
#include "page/pictures.hpp"
#include "support/catalogues.hpp"
#include "support/project_files.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

bool is_about(std::int32_t place, std::int32_t wanted) { return place >= wanted - 1 && place <= wanted + 1; }

void check_places(const DrawingView& drawing) {
    CHECK((drawing.filled >= 0 && drawing.filled <= 1000));
    for (const MarkView& mark : drawing.marks) CHECK((mark.from >= 0 && mark.from <= mark.to && mark.to <= 1000));
}

TestItem measured(std::int64_t value, std::int64_t limit) {
    TestItem item;
    item.value = value;
    item.limit = limit;
    item.unit = "mg/kg";
    return item;
}

}  // namespace

TEST_CASE("gauge: a limit is three quarters along, each tenth of it a quarter before", "[page][drawings]") {
    CHECK(place_on_gauge(20'000, 20'000) == 750);
    CHECK(is_about(place_on_gauge(2'000, 20'000), 500));
    CHECK(is_about(place_on_gauge(200, 20'000), 250));
    CHECK(is_about(place_on_gauge(20, 20'000), 0));
    CHECK(place_on_gauge(1, 20'000) == 0);
    CHECK(is_about(place_on_gauge(200'000, 20'000), 1000));
    CHECK(place_on_gauge(most, 1) == 1000);
    CHECK(place_on_gauge(1, most) == 0);
    CHECK(place_on_gauge(most, most) == 750);
}

TEST_CASE("gauge: more is never drawn as less, and above the limit never as below it", "[page][drawings][property]") {
    std::mt19937_64 random(14);
    for (int round = 0; round < 20'000; ++round) {
        const auto pick = [&] { return static_cast<std::int64_t>(random() >> (1 + random() % 62)) | 1; };
        const std::int64_t limit = pick();
        const std::int64_t one = pick();
        const std::int64_t other = pick();
        INFO(one << " and " << other << " by " << limit);
        if (one <= other) REQUIRE(place_on_gauge(one, limit) <= place_on_gauge(other, limit));
        if (one <= limit) REQUIRE(place_on_gauge(one, limit) <= 750);
        else REQUIRE(place_on_gauge(one, limit) >= 750);
    }
}

TEST_CASE("gauge: what was not detected is hidden below the detection limit, and nothing is drawn without a limit", "[page][drawings]") {
    TestItem hidden;
    hidden.result = ItemResult::NotDetected;
    hidden.unit = "mg/kg";
    hidden.limit = 20'000;
    CHECK_FALSE(draw_gauge(english(), hidden, 0, ""));
    hidden.detection_limit = 2'000;
    const auto drawing = draw_gauge(english(), hidden, 3, "");
    REQUIRE(drawing);
    check_places(*drawing);
    CHECK(drawing->row == 3);
    CHECK(drawing->filled == 0);
    const auto mark = std::ranges::find(drawing->marks, "detection", &MarkView::kind);
    REQUIRE(mark != drawing->marks.end());
    CHECK(is_about(mark->to, 500));
    CHECK_FALSE(mark->text.empty());
    hidden.detection_limit = 30'000;  // the method sees less than it should: nothing to compare
    CHECK_FALSE(draw_gauge(english(), hidden, 0, ""));
    CHECK_FALSE(draw_gauge(english(), measured(5, 0), 0, "stop"));
    TestItem screening = measured(5, 10);
    screening.is_screening = true;
    CHECK_FALSE(draw_gauge(english(), screening, 0, ""));
    CHECK(draw_gauge(english(), measured(30'000, 20'000), 0, "stop")->level == "stop");
}

TEST_CASE("meter: as much as was needed reaches the mark", "[page][drawings]") {
    CHECK_FALSE(draw_meter("needed", 0, 0, 0, ""));
    const auto kept = draw_meter("needed", 32'000'000, 14'000'000, 0, "");
    REQUIRE(kept);
    CHECK(kept->filled == 1000);
    CHECK(kept->marks.front().from == 437);
    CHECK((kept->marks.front().text == "14" && kept->marks.back().text == "32"));
    const auto broken = draw_meter("needed", 4'000'000, 7'000'000, 0, "stop");
    REQUIRE(broken);
    CHECK(broken->filled == 571);
    CHECK(broken->marks.front().from == 1000);
    for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{1}, most})
        for (const std::int64_t mark : {std::int64_t{1}, most}) check_places(draw_meter("quota", amount, mark, 0, "").value());
}

TEST_CASE("timeline: days stand to scale, and its gaps are gaps", "[page][drawings]") {
    CHECK_FALSE(draw_time(english(), {}, 100, 21, 3));
    const std::vector<StepOfTime> steps = {{0, "issuer"}, {50, "issuer"}, {60, "laboratory-21"}, {60, "issuer"}};
    const auto drawing = draw_time(english(), steps, 100, 21, 3);
    REQUIRE(drawing);
    check_places(*drawing);
    std::vector<std::pair<int, int>> gaps;
    std::vector<int> events;
    for (const MarkView& mark : drawing->marks) {
        if (mark.kind == "gap") gaps.emplace_back(mark.from, mark.to);
        if (mark.kind == "event") events.push_back(mark.from);
    }
    CHECK(gaps == std::vector<std::pair<int, int>>{{0, 500}, {600, 1000}});
    CHECK(events == std::vector<int>{0, 500, 600, 600});
    CHECK(drawing->filled == 1000);
    // A lot whose only record is of today, and a step that is later than today.
    check_places(draw_time(english(), std::vector<StepOfTime>{{7, "issuer"}}, 7, 21, 3).value());
    check_places(draw_time(english(), std::vector<StepOfTime>{{7, "issuer"}, {30, "issuer"}}, 9, 21, 3).value());
}

TEST_CASE("pictures: every drawing that is named is there, and no other", "[page][drawings]") {
    std::set<std::string> named{std::string{picture_of_anything}};
    for (const PictureRule& rule : picture_rules()) named.insert(std::string{rule.picture});
    std::set<std::string> there;
    for (const auto& path : files_below("assets/pictures", {".svg"})) {
        there.insert(path.stem().string());
        INFO(path.string());
        const std::string drawing = read_file(path);
        CHECK(drawing.size() < 2048);
        for (const char* unwanted : {"<script", "style=", "href", "<image", "<text"}) CHECK(drawing.find(unwanted) == std::string::npos);
    }
    CHECK(named == there);
}

TEST_CASE("pictures: goods are drawn by their name, signed or listed, and what nobody knows as a crate", "[page][drawings]") {
    const auto of_name = [](std::string name) { return picture_of({.product_name = std::move(name)}, TrustStore{}); };
    CHECK(of_name("塘栖枇杷（软条白沙）") == "loquat");
    CHECK(of_name("芹菜") == "celery");
    CHECK(of_name("混装叶菜") == "leaf");
    CHECK(of_name("鲜鸡蛋") == "eggs");
    CHECK(of_name("石头") == "crate");
    CHECK(of_name("") == "crate");
}
