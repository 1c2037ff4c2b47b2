#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/edn.hpp"
#include "support/exact_bytes.hpp"
#include "support/messages.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"
#include "trust/cose_verify.hpp"

using namespace pipa;
using namespace pipa::test;
using cose::StatementType;

namespace {

Result<VerifiedSign1> verify(const CoseCase& given) {
    const Exact message(given.message.bytes);
    const Exact aad(given.external_aad);
    if (!given.detached) return verify_sign1(message.view(), Exact(given.public_key).view(), aad.view(), {});
    const Exact detached(*given.detached);
    return verify_sign1(message.view(), Exact(given.public_key).view(), aad.view(), detached.view());
}

}  // namespace

TEST_CASE("cose: verifies and refuses the messages of its table", "[wire][trust]") {
    const Json table = load_table("cose_sign1.json");
    for_each_row(table, "cose_sign1.json", [&](Row& row) {
        INFO(row.where());
        const CoseCase given = cose_case(row, table["base"]);
        CHECK(answer_of(verify(given)) == given.answer);
    });
}

TEST_CASE("cose: every working group message is well-formed CBOR", "[wire]") {
    const Json table = load_table("cose_sign1.json");
    int count = 0;
    for_each_row(table, "cose_sign1.json", [&](Row& row) {
        INFO(row.where());
        const CoseCase given = cose_case(row, table["base"]);
        if (!row.has("message_hex")) return;
        const auto value = cbor::decode(Exact(given.message.bytes).view(), cbor::Rules::well_formed);
        REQUIRE(value);
        // All but the counter-signed one, whose header is not in order, are deterministic too.
        if (cbor::decode(given.message.bytes, cbor::Rules::deterministic)) CHECK(to_hex(cbor::encode(*value)) == to_hex(given.message.bytes));
        ++count;
    });
    CHECK(count == 15);
}

TEST_CASE("cose: rejects a message that is cut anywhere", "[wire]") {
    const Bytes message = sign_payload(worthless_key("cut"), StatementType::Certificate, as_bytes("payload"));
    const Bytes key = to_bytes(worthless_key("cut").public_key());
    REQUIRE(verify_sign1(message, key, {}, {}));
    for (std::size_t size = 0; size < message.size(); ++size) {
        const Exact cut(ByteView{message}.first(size));
        CHECK(answer_of(cose::parse_sign1(cut.view())) == "cbor.truncated@" + std::to_string(size));
        CHECK(answer_of(cose::parse_statement(cut.view(), StatementType::Certificate)) == "cbor.truncated@" + std::to_string(size));
    }
}

TEST_CASE("cose: no single flipped bit leaves a statement valid", "[wire][trust]") {
    const auto key = worthless_key("flip");
    const Bytes message = sign_payload(key, StatementType::Certificate, as_bytes("payload"));
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        Bytes changed = message;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto statement = cose::parse_statement(Exact(changed).view(), StatementType::Certificate);
        if (!statement) continue;
        INFO("bit " << bit);
        CHECK(verify_statement(*statement, key.public_key()) == crypto::SignatureCheck::Wrong);
    }
}

TEST_CASE("cose: what is signed is the Sig_structure of RFC 9052", "[wire]") {
    const Bytes header = from_hex("a201270300").value();
    const Bytes payload = to_bytes(as_bytes("This is the content."));
    // The ToBeSign_hex of the working group's eddsa-sig-01.
    CHECK(to_hex(cose::to_be_signed(header, {}, payload)) ==
          "846a5369676e61747572653145a2012703004054546869732069732074686520636f6e74656e742e");
}

TEST_CASE("cose: a statement knows its type, its key and where its payload stands", "[wire]") {
    const auto key = worthless_key("statement");
    const Bytes message = sign_payload(key, StatementType::TrustPack, as_bytes("payload"));
    const auto statement = cose::parse_statement(message, StatementType::TrustPack);
    REQUIRE(statement);
    CHECK(statement->kid == kid_of(key.public_key()));
    CHECK(statement->algorithm == cose::algorithm_ed25519);
    CHECK(as_text(ByteView{message}.subspan(statement->payload_offset, statement->payload.size())) == "payload");
    CHECK(without_detail(answer_of(cose::parse_statement(message, StatementType::Certificate))).starts_with("cose.wrong_type@"));
}

TEST_CASE("cose: a type is a number of sixteen bits, and the header has it, the key and the algorithm", "[wire]") {
    const auto header = [](std::string_view edn) {
        const Bytes inner = encode_edn(edn).bytes;
        const std::string message = "18([h'" + to_hex(inner) + "', {}, h'', h'" + std::string(128, '0') + "'])";
        const auto statement = cose::parse_statement(encode_edn(message).bytes, {});
        return statement ? "type " + std::to_string(static_cast<int>(statement->type)) : without_detail(answer_of(statement));
    };
    CHECK(header("{1: -19, 4: h'0102030405060708', 16: 0}") == "type 0");
    CHECK(header("{1: -19, 4: h'0102030405060708', 16: 255}") == "type 255");
    CHECK(header("{1: -19, 4: h'0102030405060708', 16: 256}") == "type 256");
    CHECK(header("{1: -19, 4: h'0102030405060708', 16: 65535}") == "type 65535");
    CHECK(header("{1: -8, 4: h'0102030405060708', 16: 300}") == "type 300");
    for (const char* wrong : {"65536", "-1", "\"a\"", "h'01'"}) {
        INFO(wrong);
        CHECK(header("{1: -19, 4: h'0102030405060708', 16: " + std::string{wrong} + "}").starts_with("cose.wrong_type"));
    }
    CHECK(header("{1: -19, 4: h'0102030405060708'}").starts_with("cose.wrong_type"));
    CHECK(header("{1: -19, 4: h'01020304050607', 16: 300}").starts_with("cose.bad_kid"));
    CHECK(header("{1: -19, 4: h'010203040506070809', 16: 300}").starts_with("cose.bad_kid"));
    CHECK(header("{1: -19, 4: \"abcdefgh\", 16: 300}").starts_with("cose.bad_kid"));
    CHECK(header("{1: -19, 16: 300}").starts_with("cose.bad_kid"));
    CHECK(header("{4: h'0102030405060708', 16: 300}").starts_with("cose.no_algorithm"));
    CHECK(header("{1: -7, 4: h'0102030405060708', 16: 300}").starts_with("cose.wrong_algorithm"));
    CHECK(header("{1: -19, 3: 0, 4: h'0102030405060708', 16: 300}").starts_with("cose.unknown_header"));
    CHECK(header("{1: -19, 4: 1(h'0102030405060708'), 16: 300}").starts_with("cbor.tag"));
    CHECK(header("[1]").starts_with("cose.bad_protected"));
}

TEST_CASE("cose: statements of every payload length come back", "[wire][property]") {
    const auto key = worthless_key("lengths");
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{23}, std::size_t{24}, std::size_t{255}, std::size_t{256}, std::size_t{65'535}, std::size_t{65'536}}) {
        const Bytes payload(size, 0x5A);
        const Bytes message = sign_payload(key, StatementType::TrustPack, payload);
        const auto statement = cose::parse_statement(Exact(message).view(), StatementType::TrustPack);
        REQUIRE(statement);
        CHECK(statement->payload == payload);
        CHECK(verify_statement(*statement, key.public_key()) == crypto::SignatureCheck::Valid);
        CHECK(verify_sign1(message, key.public_key(), {}, {})->payload == payload);
    }
}
