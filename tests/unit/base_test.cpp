#include <catch2/catch_test_macros.hpp>

#include "base/base10.hpp"
#include "base/civil_time.hpp"
#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("base10: reads and writes its table", "[base]") {
    for_each_row("base10.json", [](Row& row) {
        INFO(row.where());
        const Exact digits(row.text("digits"));
        const auto read = from_base10(digits.text());
        CHECK(answer_of(read) == row.text("answer"));
        if (!row.has("bytes")) return;
        const Exact bytes(row.hex("bytes"));
        REQUIRE(read);
        CHECK(to_hex(*read) == to_hex(bytes.view()));
        CHECK(to_base10(bytes.view()) == digits.text());
    });
}

TEST_CASE("base10: brings back bytes of every length up to a whole certificate", "[base][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (std::size_t length = 0; length <= 1024; ++length) {
        const Bytes bytes = random.bytes(length);
        const std::string digits = to_base10(Exact(bytes).view());
        const auto back = from_base10(Exact(digits).text());
        REQUIRE(back);
        REQUIRE(*back == bytes);
    }
}

TEST_CASE("base10: every text of digits that is read is written the same", "[base][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string digits = random.from_alphabet("0123456789", 0, 60);
        const auto bytes = from_base10(digits);
        if (!bytes) continue;
        ++accepted;
        REQUIRE(to_base10(*bytes) == digits);
    }
    CHECK(accepted > 1000);
}

TEST_CASE("hex: reads and writes its table", "[base]") {
    for_each_row("hex.json", [](Row& row) {
        INFO(row.where());
        const auto read = from_hex(Exact(row.text("text")).text());
        CHECK(answer_of(read) == row.text("answer"));
        if (!row.has("bytes")) return;
        REQUIRE(read);
        CHECK(to_hex(*read) == row.text("bytes"));
    });
}

TEST_CASE("utf8: tells valid, invalid and unprintable text apart", "[base]") {
    for_each_row("utf8.json", [](Row& row) {
        INFO(row.where());
        const Exact text(row.hex("bytes"));
        const std::int64_t invalid_at = row.integer_or("invalid_at", -1);
        const auto found = find_invalid_utf8(text.text());
        CHECK((found ? static_cast<std::int64_t>(*found) : -1) == invalid_at);
        CHECK(is_utf8(text.text()) == (invalid_at < 0));
        CHECK(has_unprintable(text.text()) == row.flag("unprintable"));
    });
}

TEST_CASE("utf8: text comes back from its code points, and what is not valid is left out", "[base]") {
    const std::string text = "a\u00E9枇\U00020BB7\u00A0";
    const std::u32string points = code_points_of(text);
    CHECK(points == U"a\u00E9枇\U00020BB7\u00A0");
    std::string again;
    for (const char32_t point : points) append_utf8(again, point);
    CHECK(again == text);
    CHECK(code_points_of("a\xFF\xE6\x9E" "b\xED\xA0\x80") == U"ab");
}

TEST_CASE("utf8: blanks of every kind are told from ink and from what nobody sees", "[base]") {
    for (const char32_t blank : U"\t\n\r \u0085\u00A0\u1680\u2003\u2028\u202F\u205F\u3000")
        if (blank != 0) CHECK(is_blank(blank));
    for (const char32_t other : U"a\u200B\uFEFF\u00AD\u2060枇") CHECK_FALSE(is_blank(other));
    for (const char32_t hidden : {U'\u200B', U'\uFEFF', U'\u00AD', U'\u202E', U'\x1D', U'\u009C'}) CHECK(is_unprintable(hidden));
    for (const char32_t seen : {U' ', U'a', U'枇', U'\u00A0', U'\uFE0F'}) CHECK_FALSE(is_unprintable(seen));
}

TEST_CASE("civil time: reads and writes its table", "[base]") {
    for_each_row("civil_time.json", [](Row& row) {
        INFO(row.where());
        const Exact text(row.text("text"));
        const bool is_day = row.text("what") == "day";
        const Result<DayNumber> day = parse_day(text.text());
        const Result<UnixSeconds> read = !is_day ? parse_time(text.text()) : day ? Result<UnixSeconds>{*day} : std::unexpected(day.error());
        CHECK(answer_of(read) == row.text("answer"));
        if (!row.has("value")) return;
        REQUIRE(read);
        CHECK(*read == row.integer("value"));
        const std::string written = is_day ? format_day(static_cast<DayNumber>(*read)) : format_rfc3339(*read);
        CHECK(written == row.text("written"));
    });
}

TEST_CASE("civil time: every day of two centuries comes back", "[base][property]") {
    const DayNumber first = parse_day("2000-01-01").value();
    const DayNumber last = parse_day("2199-12-31").value();
    CHECK(last - first + 1 == 73'049);
    for (DayNumber day = first; day <= last; ++day) REQUIRE(parse_day(format_day(day)) == day);
    CHECK(is_plausible_day(first));
    CHECK(is_plausible_day(last));
    CHECK_FALSE(is_plausible_day(first - 1));
    CHECK_FALSE(is_plausible_day(last + 1));
}

TEST_CASE("civil time: a day begins at midnight in China", "[base]") {
    const UnixSeconds midnight = parse_time("2026-11-20").value();
    CHECK(day_of(midnight) == parse_day("2026-11-20"));
    CHECK(day_of(midnight - 1) == parse_day("2026-11-19"));
    CHECK(format_time(midnight) == "2026-11-20 00:00");
    CHECK(format_time(midnight - 1) == "2026-11-19 23:59");
}

TEST_CASE("civil time: days before 1970 are cut downwards", "[base]") {
    CHECK(day_of(-china_offset_s) == 0);
    CHECK(day_of(-china_offset_s - 1) == -1);
    CHECK(format_time(-china_offset_s - 1) == "1969-12-31 23:59");
}

TEST_CASE("civil time: numbers at the ends of 64 bits are implausible", "[base]") {
    for (const std::int64_t time : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1'000'000'000'000}, INT64_MAX})
        CHECK_FALSE(is_plausible_time(time));
    CHECK_FALSE(is_plausible_day(INT64_MIN));
    CHECK_FALSE(is_plausible_day(INT64_MAX));
}

TEST_CASE("errors: every code has its own name and number, and a message", "[base]") {
    std::set<std::string_view> names;
    std::set<int> numbers;
    const auto look = [&](ErrorCode code) {
        INFO(code_name(code));
        CHECK(names.insert(code_name(code)).second);
        CHECK(numbers.insert(static_cast<int>(code)).second);
        CHECK(code_name(code).find('.') != std::string_view::npos);
        CHECK_FALSE(code_message(code).empty());
        CHECK_FALSE(code_message(code).ends_with('.'));
    };
#define PIPA_ERROR(name, number, text, message) look(ErrorCode::name);
#include "base/error_codes.def"
#undef PIPA_ERROR
}

TEST_CASE("errors: are told with offset and detail", "[base]") {
    CHECK(to_string(Error{ErrorCode::CborTruncated, 3, "x"}) == "cbor.truncated at byte 3: the data ends in the middle of an item (x)");
    CHECK(to_string(Error{ErrorCode::CborTruncated, {}, {}}) == "cbor.truncated: the data ends in the middle of an item");
    CHECK(code_name(static_cast<ErrorCode>(1)) == "unknown");
    CHECK(code_message(static_cast<ErrorCode>(1)) == "unknown error");
    CHECK(Detail{std::string(300, '\x80')}.view() == "...");  // nothing in it begins a character
}
