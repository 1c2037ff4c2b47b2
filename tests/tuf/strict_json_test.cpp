#include <catch2/catch_test_macros.hpp>

#include "support/exact_bytes.hpp"
#include "support/table.hpp"
#include "trust/tuf/strict_json.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

std::string canonical(std::string_view text) {
    const Exact input(text);
    const auto document = tuf::parse_strict_json(input.view(), 1000);
    return document ? tuf::canonical_json(*document) : answer_of(document.error());
}

}  // namespace

TEST_CASE("tuf json: is written in canonical form", "[tuf]") {
    struct Row { const char* text; const char* canonical; };
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
