#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>

#include "base/hex.hpp"
#include "support/edn.hpp"
#include "support/exact_bytes.hpp"
#include "support/messages.hpp"
#include "support/random_values.hpp"
#include "wire/cbor.hpp"

using namespace pipa;
using namespace pipa::test;
using cbor::Rules;

namespace {

Result<cbor::Value> decode_exact(ByteView bytes, Rules rules) { return cbor::decode(Exact(bytes).view(), rules); }

// What is read under the strict rules is written as it was.
void check_strict(ByteView bytes, const std::string& answer) {
    const auto value = decode_exact(bytes, Rules::deterministic);
    CHECK(answer_of(value) == answer);
    if (value) CHECK(to_hex(cbor::encode(*value)) == to_hex(bytes));
}

}  // namespace

TEST_CASE("cbor: reads all examples of RFC 8949 appendix A", "[wire]") {
    for_each_row("cbor_appendix_a.json", [](Row& row) {
        INFO(row.where());
        const Bytes bytes = row.hex("hex");
        check_strict(bytes, row.text("deterministic"));
        const auto value = decode_exact(bytes, Rules::well_formed);
        REQUIRE(value);
        CHECK(cbor::diagnostic(*value) == row.text("diagnostic"));
        CHECK(to_hex(cbor::encode(*value)) == row.text_or("encoded", row.text("hex")));
    });
}

TEST_CASE("cbor: refuses all examples of RFC 8949 appendix F", "[wire]") {
    for_each_row("cbor_appendix_f.json", [](Row& row) {
        INFO(row.where());
        const Bytes bytes = row.hex("hex");
        CHECK(answer_of(decode_exact(bytes, Rules::deterministic)) == row.text("deterministic"));
        CHECK(answer_of(decode_exact(bytes, Rules::well_formed)) == row.text("well_formed"));
    });
}

TEST_CASE("cbor: gives the answers of its own table", "[wire]") {
    for_each_row("cbor_own.json", [](Row& row) {
        INFO(row.where());
        const Edn input = encode_edn(row.text("cbor"));
        check_strict(input.bytes, expected_answer(row.text("deterministic"), input));
        const auto value = decode_exact(input.bytes, Rules::well_formed);
        CHECK(answer_of(value) == expected_answer(row.text("well_formed"), input));
        if (!value) return;
        const Bytes expected = encode_edn(row.has("encoded") ? row.text("encoded") : row.text("cbor")).bytes;
        CHECK(to_hex(cbor::encode(*value)) == to_hex(expected));
    });
}

TEST_CASE("cbor: every beginning of a good item is truncated", "[wire]") {
    const auto cut_everywhere = [](const Bytes& bytes, Rules rules) {
        if (!decode_exact(bytes, rules)) return;
        for (std::size_t size = 0; size < bytes.size(); ++size)
            CHECK(answer_of(decode_exact(ByteView{bytes}.first(size), rules)) == "cbor.truncated@" + std::to_string(size));
    };
    const auto both = [&](Row& row, const Bytes& bytes) {
        INFO(row.where());
        cut_everywhere(bytes, Rules::deterministic);
        cut_everywhere(bytes, Rules::well_formed);
        for (const char* key : {"diagnostic", "deterministic", "well_formed", "encoded"})
            if (row.has(key)) (void)row.json(key);
    };
    for_each_row("cbor_appendix_a.json", [&](Row& row) { both(row, row.hex("hex")); });
    for_each_row("cbor_own.json", [&](Row& row) { both(row, encode_edn(row.text("cbor")).bytes); });
}

TEST_CASE("cbor: keeps to the limits it is given", "[wire]") {
    const Bytes nested = encode_edn("[[[]]]").bytes;
    CHECK(cbor::decode(nested, Rules::deterministic, {.max_depth = 3}));
    CHECK(answer_of(cbor::decode(nested, Rules::deterministic, {.max_depth = 2})) == "cbor.too_deep@2");
    CHECK(answer_of(cbor::decode(nested, Rules::deterministic, {.max_depth = 0})) == "cbor.too_deep@0");
    CHECK(cbor::decode(nested, Rules::deterministic, {.max_bytes = 3}));
    CHECK(answer_of(cbor::decode(nested, Rules::deterministic, {.max_bytes = 2})) == "cbor.too_large@2");
    const Bytes megabyte(std::size_t{1} << 20, 0);
    CHECK(answer_of(cbor::decode(megabyte, Rules::deterministic)) == "cbor.trailing_bytes@1");
    const Bytes more((std::size_t{1} << 20) + 1, 0);
    CHECK(answer_of(cbor::decode(more, Rules::deterministic)) == "cbor.too_large@1048576");
}

TEST_CASE("cbor: values know where they stood", "[wire]") {
    const Bytes bytes = encode_edn("{1: [h'00', \"ab\"], 5: 2(7)}").bytes;
    const auto map = decode_exact(bytes, Rules::deterministic);
    REQUIRE(map);
    CHECK(map->offset == 0);
    CHECK(map->end == bytes.size());
    const cbor::Value* array = map->find(1);
    REQUIRE(array != nullptr);
    CHECK(array->offset == 2);
    CHECK(array->items[1].offset == 5);
    CHECK(array->items[1].end == 8);
    CHECK(map->find(5)->items.front().offset == 10);
    CHECK(map->find(2) == nullptr);
    CHECK(array->find(0) == nullptr);
    CHECK(decode_exact(encode_edn("[0, 7]").bytes, Rules::deterministic)->find(0) == nullptr);  // a list is no map
}

TEST_CASE("cbor: integers that fit 64 bits with sign are numbers, others are none", "[wire]") {
    const auto number = [](std::string_view edn) { return decode_exact(encode_edn(edn).bytes, Rules::deterministic).value().integer(); };
    CHECK(number("9223372036854775807") == INT64_MAX);
    CHECK(number("-9223372036854775808") == INT64_MIN);
    CHECK_FALSE(number("9223372036854775808"));
    CHECK_FALSE(number("-9223372036854775809"));
    CHECK_FALSE(number("-18446744073709551616"));
    CHECK_FALSE(number("\"1\""));
    for (const std::int64_t value : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, std::int64_t{23}, INT64_MAX})
        CHECK(cbor::make_integer(value).integer() == value);
}

TEST_CASE("cbor: the maker of maps puts keys in order", "[wire]") {
    cbor::MapBuilder map;
    map.add(-1, cbor::make_text("x")).add(100, cbor::make_null()).add(0, cbor::make_bool(false));
    CHECK(cbor::diagnostic(decode_exact(cbor::encode(map.finish()), Rules::deterministic).value()) == "{0: false, 100: null, -1: \"x\"}");
}

TEST_CASE("cbor: diagnostic notation escapes what a terminal would act on", "[wire]") {
    const Bytes text = encode_edn("raw'6801090a1b227f5c41'").bytes;
    CHECK(cbor::diagnostic(decode_exact(text, Rules::well_formed).value()) == R"("\u0001\u0009\n\u001b\"\u007f\\A")");
}

TEST_CASE("cbor: floats are told as they read best, from where on with an exponent", "[wire]") {
    const auto told = [](double value) { return cbor::diagnostic({.type = cbor::Type::Float, .number = std::bit_cast<std::uint64_t>(value)}); };
    CHECK(told(1e-7) == "0.0000001");
    CHECK(told(1.5e-8) == "1.5e-8");
    CHECK(told(1e20) == "100000000000000000000.0");
    CHECK(told(1e21) == "1.0e+21");
    CHECK(told(-2e30) == "-2.0e+30");
    CHECK(told(0) == "0.0");
    CHECK(told(INFINITY) == "Infinity");
    CHECK(told(-INFINITY) == "-Infinity");
    CHECK(cbor::diagnostic(cbor::make_text("a b\x7F")) == "\"a b\\u007f\"");
}

TEST_CASE("cbor: what the lenient rules read is written so that the strict ones read it", "[wire][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    for (int i = 0; i < 20'000; ++i) {
        const Bytes bytes = random.bytes(1 + random.below(24));
        INFO(to_hex(bytes));
        const auto value = decode_exact(bytes, Rules::well_formed);
        if (!value) continue;
        const Bytes encoded = cbor::encode(*value);
        const auto again = decode_exact(encoded, Rules::deterministic);
        if (!again) REQUIRE(again.error().code == ErrorCode::CborFloat);
        const auto lenient = decode_exact(encoded, Rules::well_formed);
        REQUIRE(lenient);
        REQUIRE(cbor::encode(*lenient) == encoded);
    }
}
