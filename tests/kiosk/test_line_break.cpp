#include <catch2/catch_test_macros.hpp>

#include "app/line_break.hpp"
#include "app/utf8_walk.hpp"
#include "host/embedded_catalogues.hpp"

namespace pipa::kiosk {
namespace {

// Chinese is two columns wide, everything else one: what a terminal would say, and easy to count.
float columns(std::string_view text) {
    float sum = 0;
    while (!text.empty()) {
        const CodePoint here = first_code_point(text);
        sum += here.value >= 0x2E80 ? 2.0f : 1.0f;
        text.remove_prefix(here.size);
    }
    return sum;
}

std::vector<std::string> lines(std::string_view text, float width) {
    std::vector<std::string> out;
    for (const std::string_view line : break_lines(text, width, columns)) out.emplace_back(line);
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("lines: breaks Latin text at blanks and drops them") {
    CHECK(lines("one two three", 8) == Lines{"one two", "three"});
    CHECK(lines("one  two", 3) == Lines{"one", "two"});
    CHECK(lines("", 10).empty());
}

TEST_CASE("lines: breaks Chinese between any two characters") {
    CHECK(lines("对照手里的货物", 8) == Lines{"对照手里", "的货物"});
}

TEST_CASE("lines: no line begins with a closing mark") {
    CHECK(lines("品名、重量，产地。", 8) == Lines{"品名、重", "量，产", "地。"});
    CHECK(lines("请核对（重量）", 12) == Lines{"请核对", "（重量）"});
    CHECK(lines("叫做“枇杷”的", 8) == Lines{"叫做“枇", "杷”的"});
}

TEST_CASE("lines: no line ends with an opening mark") {
    CHECK(lines("看看“枇杷”", 5) == Lines{"看看", "“枇", "杷”"});
    CHECK(lines("看看《枇杷记》吧", 6) == Lines{"看看", "《枇杷", "记》吧"});
}

TEST_CASE("lines: a number stays with what it counts") {
    CHECK(lines("共有12天前", 5) == Lines{"共有", "12天", "前"});
    CHECK(lines("到2026年5月22日为止", 12) == Lines{"到2026年5月", "22日为止"});
}

TEST_CASE("lines: mixes Chinese and Latin without tearing words") {
    CHECK(lines("这是GF码and更多", 8) == Lines{"这是GF码", "and更多"});
    CHECK(lines("拨打 12316 反映", 10) == Lines{"拨打 12316", "反映"});
}

TEST_CASE("lines: a Chinese name in English text stays whole, a Chinese sentence does not") {
    CHECK(lines("beside 合格证", 10) == Lines{"beside", "合格证"});
    CHECK(lines("beside 承诺达标合格证 there", 18) == Lines{"beside", "承诺达标合格证", "there"});
    CHECK(lines("x 一二三四五六七八九", 12) == Lines{"x 一二三四五", "六七八九"});
    CHECK(lines("a 一二三四", 4) == Lines{"a 一", "二三", "四"});
}

TEST_CASE("lines: cuts a word that no line holds, and keeps its closing mark") {
    CHECK(lines("93330113XXDEM0015T", 6) == Lines{"933301", "13XXDE", "M0015T"});
    CHECK(lines("abcdef。", 6) == Lines{"abcde", "f。"});
}

TEST_CASE("lines: every line holds a character even where none fits") {
    CHECK(lines("枇杷", 1) == Lines{"枇", "杷"});
    CHECK(lines("枇杷", 0) == Lines{"枇", "杷"});
}

TEST_CASE("lines: the last character gets company") {
    CHECK(lines("对照手里的货物吗", 14) == Lines{"对照手里的货", "物吗"});
}

TEST_CASE("lines: a line feed always breaks") {
    CHECK(lines("一\n二", 20) == Lines{"一", "二"});
}

TEST_CASE("lines: invalid UTF-8 is walked over, byte by byte") {
    CHECK_FALSE(lines("\xE6\x9E", 4).empty());
    CHECK_FALSE(lines(std::string_view{"a\xFF\x80z", 4}, 1).empty());
}

TEST_CASE("lines: the rules hold for every text of both catalogues at every width") {
    constexpr std::string_view never_first = "，。、；：？！）”’》】%";
    for (const std::string_view tag : {"zh-Hans", "en"}) {
        for (const auto& [key, text] : embedded_catalogue(tag)->entries()) {
            if (key == "list.separator") continue;  // which is a mark and nothing else
            for (const float width : {10.0f, 17.0f, 24.0f, 40.0f}) {
                std::string joined;
                for (const std::string_view line : break_lines(text, width, columns)) {
                    if (line.empty()) continue;
                    INFO(key << " at " << width << ": " << line);
                    const std::string_view first = line.substr(0, first_code_point(line).size);
                    CHECK(never_first.find(first) == std::string_view::npos);
                    for (const std::string_view mark : {"（", "“", "‘", "《", "【"}) CHECK_FALSE(line.ends_with(mark));
                    joined += line;
                }
                std::string bare = text;
                std::erase_if(bare, [](char c) { return c == ' ' || c == '\n'; });
                std::erase_if(joined, [](char c) { return c == ' '; });
                CHECK(joined == bare);
            }
        }
    }
}

}  // namespace pipa::kiosk
