#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "base/json_writer.hpp"

#include <algorithm>

#include "support/random_values.hpp"

using namespace pipa;
using namespace pipa::test;

TEST_CASE("json writer: writes objects, arrays and every kind of value", "[base]") {
    JsonWriter json;
    json.begin_object().member("text", "a\"b\\c\n\x01").member("yes", true).member("number", -5).member("big", UINT64_MAX);
    json.key("list").begin_array().value(1).value("two").begin_object().end_object().begin_array().end_array().end_array();
    json.optional_member("nothing", "").optional_member("something", "x").key("made").raw("{\"a\":1}").member("last", 0).end_object();
    CHECK(json.finish() ==
          R"({"text":"a\"b\\c\n\u0001","yes":true,"number":-5,"big":18446744073709551615,"list":[1,"two",{},[]],"something":"x","made":{"a":1},"last":0})");
}

TEST_CASE("json writer: texts that end like brackets do not mislead it", "[base]") {
    for (const char* text : {"{", "[", ":", ",", "\"", "}"}) {
        JsonWriter json;
        json.begin_array().value(text).value(text).begin_object().member(text, text).member("x", text).end_object().end_array();
        const auto read = nlohmann::json::parse(json.finish());
        CHECK(read.size() == 3);
        CHECK(read[1] == text);
        CHECK(read[2].size() == 2);
    }
}

TEST_CASE("json writer: any bytes become a text that a JSON reader reads", "[base][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 5000; ++i) {
        const Bytes bytes = random.bytes(random.below(20));
        JsonWriter json;
        json.begin_array().value(as_text(bytes)).end_array();
        const std::string text = json.finish();
        REQUIRE(nlohmann::json::accept(text));
        if (std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte < 0x80; })) REQUIRE(nlohmann::json::parse(text)[0] == as_text(bytes));
    }
}

TEST_CASE("json writer: valid text stays, byte for byte", "[base][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 5000; ++i) {
        const std::string text = random.text(60);
        JsonWriter json;
        json.value(text);
        const std::string written = json.finish();
        REQUIRE(nlohmann::json::parse(written) == text);
        REQUIRE(written == nlohmann::json(text).dump());
    }
}
