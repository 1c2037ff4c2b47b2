#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "support/exact_bytes.hpp"
#include "support/table.hpp"
#include "support/random_values.hpp"
#include "tuf/json_value.hpp"
#include "tuf/strict_json.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string canonical(std::string_view text) {
    const Exact input(text);
    const auto document = tuf::read_json(input.view(), 1000);
    return document ? tuf::canonical_json(*document) : answer_of(document.error());
}

}  // namespace

TEST_CASE("tuf json: is written in canonical form", "[tuf]") {
    struct Row { const char* text; std::string_view canonical; };
    // Expected values: securesystemslib's encode_canonical.
    const Row rows[] = {
        {"{}", "{}"},
        {" [ ] ", "[]"},
        {R"({"b":1,"a":[true,false,null]})", R"({"a":[true,false,null],"b":1})"},
        {R"({"Z":1,"a":1,"A":1,"":1})", R"({"":1,"A":1,"Z":1,"a":1})"},
        {R"("a\"b\\c\/d")", R"("a\"b\\c/d")"},
        {R"("\n\t\u0001")", "\"\n\t\x01\""},
        {R"("\u679d\u6777 枇杷 \ud83c\udf51")", "\"枝杷 枇杷 🍑\""},
        {R"({"é":1,"z":1,"枇":1})", R"({"z":1,"é":1,"枇":1})"},
        {"-0", "0"},
        {"-12", "-12"},
        {"18446744073709551615", "18446744073709551615"},
        {"-9223372036854775808", "-9223372036854775808"},
        {R"("\b\f\n\r\t\/\\\"")", "\"\b\f\n\r\t/\\\\\\\"\""},
        {R"("\u0000\uFFFF\uabcd")", std::string_view{"\"\0\xEF\xBF\xBF\xEA\xAF\x8D\"", 9}},
        {R"("\uD800\uDC00\uDBFF\uDFFF")", "\"\U00010000\U0010FFFF\""},
        {R"("\uD7FF\uE000")", "\"\uD7FF\uE000\""},
        {"\t\r\n [1 , 2]\t", "[1,2]"},
        {"[true,false,null,\"\"]", "[true,false,null,\"\"]"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(canonical(row.text) == row.canonical);
    }
}

TEST_CASE("tuf json: refuses what two readers could read differently", "[tuf]") {
    struct Row { const char* text; const char* answer; };
    const Row rows[] = {
        {R"({"a":1,"a":2})", "tuf.bad_json(the member 'a' stands twice)"},
        {R"({"x":{"a":1,"\u0061":2}})", "tuf.bad_json(the member 'a' stands twice)"},
        {"1.0", "tuf.bad_json(a number with a fraction or beyond 64 bits: 1.0)"},
        {"[1e3]", "tuf.bad_json(a number with a fraction or beyond 64 bits: 1e3)"},
        {"18446744073709551616", "tuf.bad_json(a number with a fraction or beyond 64 bits: 18446744073709551616)"},
        {"99999999999999999999", "tuf.bad_json(a number with a fraction or beyond 64 bits: 99999999999999999999)"},
        {"-9223372036854775809", "tuf.bad_json(a number with a fraction or beyond 64 bits: -9223372036854775809)"},
        {"1E+2", "tuf.bad_json(a number with a fraction or beyond 64 bits: 1E+2)"},
        {"1e-2", "tuf.bad_json(a number with a fraction or beyond 64 bits: 1e-2)"},
        {"1.", "tuf.bad_json@2"},
        {"1e", "tuf.bad_json@2"},
        {"1e+", "tuf.bad_json@3"},
        {"-", "tuf.bad_json@1"},
        {"00", "tuf.bad_json@2"},
        {R"("\udc00")", "tuf.bad_json@7"},
        {R"("\udfff")", "tuf.bad_json@7"},
        {R"("\ud800\ud800")", "tuf.bad_json@13"},
        {R"("\ud800\ue000")", "tuf.bad_json@13"},
        {R"("\ud800\n")", "tuf.bad_json@8"},
        {R"("\ud800a")", "tuf.bad_json@7"},
        {R"("\x")", "tuf.bad_json@2"},
        {R"("\u12g4")", "tuf.bad_json@5"},
        {R"("\u12`4")", "tuf.bad_json@5"},
        {R"("\u12/4")", "tuf.bad_json@5"},
        {R"("\u12:4")", "tuf.bad_json@5"},
        {"\"\x1F\"", "tuf.bad_json@1"},
        {"\"", "tuf.bad_json@1"},
        {"{1:2}", "tuf.bad_json@1"},
        {R"({"a" 1})", "tuf.bad_json@5"},
        {R"({"a":1 "b":2})", "tuf.bad_json@7"},
        {"[1 2]", "tuf.bad_json@3"},
        {"[1", "tuf.bad_json@2"},
        {"tru", "tuf.bad_json@0"},
        {"truE", "tuf.bad_json@0"},
        {"nul1", "tuf.bad_json@0"},
        {"1 1", "tuf.bad_json@2"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(canonical(row.text) == row.answer);
    }
    for (const char* text : {"", "{", "[1,]", "{\"a\":1}x", "\"\xff\"", "\"\\ud800\"", "nul", "01", "'a'", "\"a\nb\"", "// c\n1"}) {
        INFO(text);
        CHECK(canonical(text).starts_with("tuf.bad_json@"));
    }
}

TEST_CASE("tuf json: has hard limits", "[tuf]") {
    const std::string at_limit = std::string(tuf::max_json_depth, '[') + std::string(tuf::max_json_depth, ']');
    CHECK(canonical(at_limit) == at_limit);
    CHECK(canonical("[" + at_limit + "]") == "tuf.bad_json(nested too deep)");
    CHECK(canonical(std::string(1001, ' ')) == "tuf.too_large@1000");
}

TEST_CASE("tuf json: a library reads the same, and refuses what is refused here", "[tuf][property]") {
    // Its own parser decides: a text that is read here is read there, to the same value, and a text that it refuses is refused here.
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const std::string_view alphabet[] = {"{", "}", "[", "]", ",", ":", "\"", "a", "\\", "u", "00e9", "d83c", "\\udf51", "1", "0", "-", ".", "e", "true", "null", " ", "\n", "枇", "\xff", "\"b\":", "\"k\""};
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (std::uint64_t parts = 1 + random.below(12); parts > 0; --parts) text += alphabet[random.below(std::size(alphabet))];
        const auto here = tuf::read_json(Exact(text).view(), 1000);
        const auto there = nlohmann::json::parse(text, nullptr, false);
        INFO(text);
        if (there.is_discarded()) CHECK_FALSE(here);
        const std::string canonical = here ? tuf::canonical_json(*here) : std::string{};
        // Canonical JSON leaves control characters as they are, and then is no JSON any more.
        const bool is_json = std::ranges::none_of(canonical, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (here && is_json) CHECK(nlohmann::json::parse(canonical, nullptr, false) == there);
    }
}
