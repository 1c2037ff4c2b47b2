#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "record/certificate.hpp"
#include "record/uscc.hpp"
#include "support/exact_bytes.hpp"
#include "support/messages.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"
#include "trust/cose_verify.hpp"
#include "wire/qr_text.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

Certificate sample() {
    return {.issued_unix_s = 1'795'138'200, .number = "DEMO-C01", .product_code = 1001, .product_name = "塘栖枇杷",
            .quantity = {2500, Unit::Gram, 120, Pack::Box}, .origin_division = 330113100, .harvest_day = 20'595,
            .form = Form::Producer2025, .bases = 1};
}

Bytes with_payload(std::string_view edn) { return sign_payload(worthless_key("P1"), cose::StatementType::Certificate, encode_edn(edn).bytes); }

}  // namespace

TEST_CASE("cert: accepts and refuses what its table says", "[record]") {
    const Json table = load_table("certificate.json");
    for_each_row(table, "certificate.json", [&](Row& row) {
        INFO(row.where());
        const CertificateCase given = certificate_case(row, table["base"]);
        const Exact message(given.message.bytes);
        const auto read = parse_certificate(message.view());
        CHECK(answer_of(read) == given.answer);
        if (!read) return;
        const auto again = encode_certificate(read->certificate);
        CHECK(answer_of(again) == "ok");
        CHECK(to_hex(again.value_or(Bytes{})) == to_hex(read->statement.payload));
    });
}

TEST_CASE("cert: refusals that issue owners must tell apart have codes of their own", "[record]") {
    const Json table = load_table("certificate.json");
    std::map<std::string, std::set<std::string>> codes;
    for_each_row(table, "certificate.json", [&](Row& row) {
        const std::string answer = certificate_case(row, table["base"]).answer;
        for (const char* word : {"not shortest", "unsorted", "duplicate", "indefinite", "float", "tag: on a", "trailing", "unprotected header with", "algorithm: E", "kid: "})
            if (row.json("name").get<std::string>().starts_with(word)) codes[word].insert(answer.substr(0, answer.find('@')));
    });
    std::set<std::string> all;
    for (const auto& [word, found] : codes) {
        INFO(word);
        CHECK(found.size() == 1);
        CHECK(all.insert(*found.begin()).second);
    }
    CHECK(all.size() == 10);
}

TEST_CASE("cert: rejects a truncated signature, and every other cut", "[record]") {
    const Bytes message = sign_certificate(worthless_key("P1"), sample());
    REQUIRE(parse_certificate(message));
    for (std::size_t size = 0; size < message.size(); ++size)
        CHECK(answer_of(parse_certificate(Exact(ByteView{message}.first(size)).view())) == "cbor.truncated@" + std::to_string(size));
}

TEST_CASE("cert: no single flipped bit is both read and signed", "[record]") {
    const auto key = worthless_key("P1");
    const Bytes message = sign_certificate(key, sample());
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        Bytes changed = message;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto read = parse_certificate(Exact(changed).view());
        INFO("bit " << bit);
        if (read) CHECK(verify_statement(read->statement, key.public_key()) == crypto::SignatureCheck::Wrong);
    }
}

TEST_CASE("cert: has at most 1,024 bytes", "[record]") {
    CHECK(answer_of(parse_certificate(Exact(Bytes(1025)).view())) == "cert.too_large@1024");
    CHECK(answer_of(parse_certificate(Exact(Bytes(1024)).view())) == "cbor.trailing_bytes@1");
    CHECK(answer_of(parse_certificate({})) == "cbor.truncated@0");
}

TEST_CASE("cert: random certificates come back whole", "[record][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const auto key = worthless_key("P1");
    for (int i = 0; i < 3000; ++i) {
        const Certificate certificate = random_certificate(random);
        const Bytes message = sign_certificate(key, certificate);
        REQUIRE(message.size() <= max_certificate_bytes);
        const auto qr = parse_qr_text(Exact(make_qr_text("pipa.example", message)).text());
        REQUIRE(qr);
        const auto read = parse_certificate(Exact(qr->certificate).view());
        REQUIRE(read);
        REQUIRE(read->certificate == certificate);
    }
}

TEST_CASE("cert: mutated certificates are refused or have one encoding", "[record][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const Bytes message = sign_certificate(worthless_key("P1"), sample());
    for (int i = 0; i < 20'000; ++i) {
        const Bytes changed = mutated(random, message);
        INFO(to_hex(changed));
        const auto read = parse_certificate(Exact(changed).view());
        if (!read) continue;
        const cose::Statement& statement = read->statement;
        REQUIRE(encode_certificate(read->certificate) == statement.payload);
        REQUIRE(cose::assemble_statement(statement.protected_bytes, statement.payload, statement.signature) == changed);
    }
}

TEST_CASE("cert: the maker refuses what the reader would refuse", "[record]") {
    const auto refused = [](auto change) {
        Certificate certificate = sample();
        change(certificate);
        const auto payload = encode_certificate(certificate);
        return payload ? std::string{"ok"} : std::string{code_name(payload.error().code)};
    };
    CHECK(refused([](auto&) {}) == "ok");
    CHECK(refused([](auto& c) { c.number = "lower"; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.number.clear(); }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.issued_unix_s = 0; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.product_code.reset(), c.product_name.clear(); }) == "cert.missing_field");
    CHECK(refused([](auto& c) { c.product_name = std::string(97, 'a'); }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.product_name = "\xff"; }) == "cbor.bad_utf8");
    CHECK(refused([](auto& c) { c.product_name = std::string(2000, 'a'); }) == "cert.too_large");
    CHECK(refused([](auto& c) { c.quantity.amount = 0; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.quantity.packs = 0; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.origin_division = 33; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.bases = 0; }) == "cert.missing_field");
    CHECK(refused([](auto& c) { c.bases = 8; }) == "cert.wrong_bases");
    CHECK(refused([](auto& c) { c.labels = {2, 1}; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.labels = {0}; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.upstream = {reference_to("A", {}, Bytes(8)), {.number = "A"}}; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.upstream = {{.number = "B"}, {.number = "A"}}; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.gtin = "6900000000014"; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.gtin = "06900000000015"; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.gtin = "x"; }) == "cert.bad_field");
    CHECK(refused([](auto& c) { c.form = static_cast<Form>(9); }) == "cert.bad_field");
}

TEST_CASE("cert: the maker never drops what it was told", "[record]") {
    Certificate certificate = sample();
    certificate.quantity = {2500, Unit::Gram, 120, Pack::None};  // 120 of what?
    CHECK(without_detail(answer_of(encode_certificate(certificate))) == "cert.bad_field");
}

TEST_CASE("cert: a payload of another statement is no certificate", "[record]") {
    const Bytes pack = sign_payload(worthless_key("P1"), cose::StatementType::TrustPack, encode_edn("{6: 1795138200}").bytes);
    CHECK(without_detail(answer_of(parse_certificate(pack))).starts_with("cose.wrong_type@"));
    CHECK(without_detail(answer_of(parse_certificate(with_payload("{6: 1795138200}")))).starts_with("cert.missing_field@"));
}

TEST_CASE("cert: division codes have six, nine or twelve digits", "[record]") {
    for (const std::int64_t good : {std::int64_t{330113}, std::int64_t{330113100}, std::int64_t{330113100201}, std::int64_t{100'000}, std::int64_t{999'999'999'999}})
        CHECK(is_division_code(good));
    for (const std::int64_t bad : {std::int64_t{0}, std::int64_t{-330113}, std::int64_t{33}, std::int64_t{3301}, std::int64_t{3301131}, std::int64_t{1'000'000'000'000}, INT64_MAX, INT64_MIN})
        CHECK_FALSE(is_division_code(bad));
}

TEST_CASE("uscc: gives the answers of its table", "[record]") {
    for_each_row("uscc.json", [](Row& row) {
        INFO(row.where());
        CHECK(answer_of(check_uscc(Exact(row.text("text")).text())) == row.text("answer"));
    });
}

TEST_CASE("uscc: any one wrong character is noticed", "[record]") {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const std::string good = "93330113XXDEM0015T";
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char c : alphabet) {
            std::string changed = good;
            changed[at] = c;
            CHECK(check_uscc(changed).has_value() == (changed == good));
        }
    }
}
