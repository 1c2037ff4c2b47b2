// Refusals of src/record, each reached by one input and told by its code.
#include <catch2/catch_test_macros.hpp>

#include "limits/limits.hpp"
#include "record/dossier.hpp"
#include "record/field_data.hpp"
#include "record/quantity.hpp"
#include "record/record_file.hpp"
#include "record/records_head.hpp"
#include "support/edn.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"
#include "trust/pack_codec.hpp"
#include "trust/pack_keys.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

namespace {

std::string dossier(std::string_view edn) { return answer_of(parse_dossier(encode_edn(edn).bytes)); }

std::string quantity(std::string_view edn) {
    const auto decoded = decode_quantity(cbor::decode(encode_edn(edn).bytes, cbor::Rules::deterministic).value());
    return decoded ? std::to_string(decoded->amount) + " " + std::string{unit_name(decoded->unit)} + " " + std::string{pack_name(decoded->pack)} : "none";
}

// A trust pack with this in place of its logs.
std::string logs(std::string_view edn) {
    const TrustPack pack{.version = 1, .issued_unix_s = 1'795'138'200, .fresh_for_s = 1, .usable_for_s = 1, .publisher = {"区", ""}};
    cbor::Value root = cbor::decode(encode_trust_pack(pack), cbor::Rules::deterministic).value();
    root.items.push_back(cbor::make_integer(trust_pack::key::logs));
    root.items.push_back(cbor::decode(encode_edn(edn).bytes, cbor::Rules::deterministic).value());
    return without_offset(answer_of(decode_trust_pack(cbor::encode(root), 0)));
}

std::string window(std::string_view window) {
    const std::string edn = R"({1: "edition", 4: [{2: 0, 3: [1001], 6: [")" + std::string{window} + R"("], 8: "source"}]})";
    return without_offset(answer_of(read_field_data(cbor::decode(encode_edn(edn).bytes, cbor::Rules::deterministic).value(), 0)));
}

}  // namespace

TEST_CASE("dossier: what has not the shape of one is malformed", "[limits][record]") {
    CHECK(dossier("[h'', []]") == "ok");
    CHECK(dossier("[h'', [h'00']]") == "ok");
    CHECK(dossier("{1: 2}") == "dossier.malformed@0");
    CHECK(dossier("h''") == "dossier.malformed@0");
    CHECK(dossier("[]") == "dossier.malformed@0");
    CHECK(dossier("[h'']") == "dossier.malformed@0");
    CHECK(dossier("[h'', [], []]") == "dossier.malformed@0");
    CHECK(dossier("[\"\", []]") == "dossier.malformed@0");
    CHECK(dossier("[h'', h'']") == "dossier.malformed@0");
    CHECK(dossier("[h'', {}]") == "dossier.malformed@0");
    CHECK(dossier("[h'', [h'', \"\"]]") == "dossier.malformed@4");
    CHECK(dossier("[h'', [], 1]") == "dossier.malformed@0");
}

TEST_CASE("statement: a body that is no map, another type's and an unknown type's each have a code", "[limits][record]") {
    const auto key = worthless_key("statement");
    const auto said = [&](StatementType type, std::string_view edn) {
        return without_offset(answer_of(parse_any_statement(sign_payload(key, type, encode_edn(edn).bytes)))); };
    CHECK(said(StatementType::Receipt, "[]") == "statement.bad_field");
    CHECK(said(StatementType::Receipt, "{1: \"R\", 2: 1795138200}") == "statement.missing_field(digests)");
    CHECK(said(StatementType::Receipt, "raw'0102'") == "cbor.trailing_bytes");
    CHECK(said(StatementType::TrustPack, "{}") ==
        "statement.unknown_type(" + std::to_string(static_cast<int>(StatementType::TrustPack)) + ")");
    CHECK(said(StatementType::Certificate, "{}").starts_with("cert.missing_field"));
    CHECK(answer_of(parse_any_statement(Bytes(max_manifest_bytes + 1))) == "statement.too_large@131072");
}

TEST_CASE("quantity: an array of two or four numbers in their ranges, and nothing else", "[limits][record]") {
    CHECK(quantity("[1, 8]") == "1 egg ");
    CHECK(quantity("[1000000000, 1, 1000000000, 5]") == "1000000000 g bundle");
    for (const char* none : {"{}", "[]", "[1]", "[1, 2, 3]", "[1, 2, 3, 4, 5]", "[0, 1]", "[1, 0]", "[1, 9]", "[1000000001, 1]",
        "[1, 1, 0, 1]", "[1, 1, 1, 0]", "[1, 1, 1, 6]",
                             "[1, 1, 1000000001, 1]", "[\"1\", 1]", "[1, \"1\"]", "[-1, 1]", "1"}) {
        INFO(none);
        CHECK(quantity(none) == "none");
    }
}

TEST_CASE("quantity: a text of too many digits is no small amount", "[limits][record]") {
    // In thousandths this is 1000 modulo 2^64.
    for (const char* text : {"2305843009213693953 g", "2305843009213693953 box x 1 g", "1 box x 2305843009213693953 g"}) {
        INFO(text);
        CHECK(code_of(parse_quantity(text)) == "cert.bad_field");
    }
    CHECK(parse_quantity("1,000 kg")->amount == 1000);
    CHECK(code_of(parse_quantity("1.0,0 kg")) == "cert.bad_field");
    CHECK(code_of(parse_quantity("1.0001 kg")) == "cert.bad_field");
    CHECK(parse_quantity("1.001 kg") == Quantity{1001, Unit::Gram, 0, Pack::None});
    CHECK(parse_quantity("1.5 t") == Quantity{1500, Unit::Kilogram, 0, Pack::None});
    CHECK(code_of(parse_quantity("1.5 g")) == "cert.bad_field");
    CHECK(code_of(parse_quantity("1.5 box x 2 kg")) == "cert.bad_field");
    CHECK(code_of(parse_quantity("0 box x 2 kg")) == "cert.bad_field");
    CHECK(code_of(parse_quantity("2 sack x 2 kg")) == "cert.bad_field");
    CHECK(code_of(parse_quantity("kg")) == "cert.bad_field");
    CHECK(code_of(parse_quantity(".5 kg")) == "cert.bad_field");
    CHECK(code_of(parse_quantity("2 ")) == "cert.bad_field");
    CHECK(code_of(parse_quantity("1000000000.5 kg")) == "cert.bad_field");
}

TEST_CASE("public logs: witnesses are texts, and no more are asked for than there are", "[limits][record]") {
    CHECK(logs(R"([{1: "k"}])") == "ok");
    CHECK(logs(R"([{1: "k", 2: ["w", "v"], 3: 2}])") == "ok");
    CHECK(logs(R"([{1: "k", 2: ["w", "v"], 3: 1}])") == "ok");
    CHECK(logs(R"([{1: "k", 2: ["w", "v"], 3: 3}])") == "trust.bad_field(threshold)");
    CHECK(logs(R"([{1: "k", 2: ["w"], 3: 0}])") == "trust.bad_field(threshold)");
    CHECK(logs(R"([{1: "k", 3: 1}])") == "trust.bad_field(threshold)");
    CHECK(logs(R"([{1: "k", 2: ["w", h'77']}])") == "trust.bad_field(witnesses)");
    CHECK(logs(R"([{1: "k", 2: ["w", ""]}])") == "trust.bad_field(witnesses)");
    CHECK(logs(R"([{1: "k", 2: []}])") == "trust.bad_field(witnesses)");
    CHECK(logs(R"([{2: ["w"]}])") == "trust.bad_field(key)");
    CHECK(logs(R"([{1: ""}])") == "trust.bad_field(key)");
    CHECK(logs(R"([{1: "k", 9: 1}])") == "trust.bad_field(9)");
    CHECK(logs(R"(["k"])") == "trust.bad_field(map)");
    CHECK(logs(R"([])") == "trust.bad_field(logs)");
    CHECK(logs(R"({1: "k"})") == "trust.bad_field(logs)");
}

TEST_CASE("field data: a window is two days of a year with two stops between", "[limits][record]") {
    CHECK(window("05-10..06-10") == "ok");
    CHECK(window("09-01..02-29") == "ok");
    for (const char* bad : {"05-10..06-1", "05-10.-06-10", "05-10-.06-10", "05-32..06-10", "05-10..13-10", "05-10..06-00",
        "5-10..06-10x"}) {
        INFO(bad);
        CHECK(window(bad) == "statement.bad_field(seasons/windows)");
    }
}

TEST_CASE("certificates: what the bytes of a promise may not be, past the writer", "[limits][record]") {
    const auto promise = [](std::string_view edn) {
        const std::string payload = R"({6: 1795138200, 7: 'A-1', -65537: {1: 1001, 3: [1, 1], 4: 330113100, 6: 3, 7: 1)" + std::string{edn} + "}}";
        return without_offset(answer_of(parse_certificate(sign_payload(worthless_key("P1"), StatementType::Certificate,
            encode_edn(payload).bytes))));
    };
    CHECK(promise("") == "ok");
    CHECK(promise(", 8: [1, 2]") == "ok");
    CHECK(promise(", 8: [2, 1]") == "cert.bad_field(labels)");
    CHECK(promise(", 8: [1, 1]") == "cert.bad_field(labels)");
    CHECK(promise(", 8: [1, \"2\"]") == "cert.bad_field(labels)");
    CHECK(promise(", 8: [4294967295]") == "ok");
    CHECK(promise(", 8: [4294967296]") == "cert.bad_field(labels)");
    CHECK(promise(", 10: ['A', 'B']") == "ok");
    CHECK(promise(", 10: ['B', 'A']") == "cert.bad_field(upstream)");
    CHECK(promise(", 10: ['A', 'A']") == "cert.bad_field(upstream)");
    CHECK(promise(", 10: ['a']") == "cert.bad_field(upstream)");
    CHECK(promise(", 10: [\"A\"]") == "cert.bad_field(upstream)");
    // A number with its signer's key id and the beginning of its digest: all of it, or the number alone.
    const auto marked = [&](const std::string& list) { return promise(", 10: [" + list + "]"); };
    const std::string mark = ", h'0102030405060708', h'1112131415161718']";
    CHECK(marked("['A'" + mark) == "ok");
    CHECK(marked("'A', ['A'" + mark) == "ok");
    CHECK(marked("['A'" + mark + ", 'A'") == "cert.bad_field(upstream)");
    CHECK(marked("['A'" + mark + ", ['A'" + mark) == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'0102030405060707', h'1112131415161719'], ['A'" + mark) == "ok");
    CHECK(marked("['A', h'0102030405060708', h'1112131415161717'], ['A'" + mark) == "ok");
    CHECK(marked("['A', h'0102030405060708', h'1112131415161719'], ['A'" + mark) == "cert.bad_field(upstream)");
    CHECK(marked("['a'" + mark) == "cert.bad_field(upstream)");
    CHECK(marked("[\"A\"" + mark) == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'01020304050607', h'1112131415161718']") == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'010203040506070809', h'1112131415161718']") == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'0102030405060708', h'11121314151617']") == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'0102030405060708', h'111213141516171819']") == "cert.bad_field(upstream)");
    CHECK(marked("['A', \"01234567\", h'1112131415161718']") == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'0102030405060708', 1]") == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'0102030405060708']") == "cert.bad_field(upstream)");
    CHECK(marked("['A', h'0102030405060708', h'1112131415161718', 1]") == "cert.bad_field(upstream)");
    CHECK(marked("[]") == "cert.bad_field(upstream)");
    CHECK(marked("{1: 'A'}") == "cert.bad_field(upstream)");
    CHECK(promise(", 12: 6900000000014") == "ok");
    CHECK(promise(", 12: 6900000000015") == "cert.bad_field(gtin)");
    CHECK(promise(", 12: 99999999999997") == "ok");
    CHECK(promise(", 12: 100000000000007") == "cert.bad_field(gtin)");
}
