#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "support/district.hpp"
#include "support/exact_bytes.hpp"
#include "support/messages.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

Result<TrustStore> open(ByteView message, ByteView key) { return TrustStore::open(Exact(message).view(), Exact(key).view()); }

TrustPack tiny_pack() {
    TrustPack pack{.version = 1, .issued_unix_s = 1'795'132'800, .fresh_for_s = 86'400, .usable_for_s = 604'800};
    pack.publisher.zh_hans = "示例";
    return pack;
}

}  // namespace

TEST_CASE("trust pack: accepts and refuses what its table says", "[record]") {
    const Json table = load_table("trust_pack.json");
    for_each_row(table, "trust_pack.json", [&](Row& row) {
        INFO(row.where());
        const TrustPackCase given = trust_pack_case(row, table["base"]);
        const auto read = decode_trust_pack(Exact(given.payload.bytes).view(), 0);
        CHECK(answer_of(read) == given.answer);
        if (read) CHECK(to_hex(encode_trust_pack(*read)) == to_hex(given.payload.bytes));
        // The same content behind other bytes: offsets move along.
        const auto shifted = decode_trust_pack(Exact(given.payload.bytes).view(), 1000);
        if (!shifted && shifted.error().byte_offset) CHECK(*shifted.error().byte_offset == *read.error().byte_offset + 1000);
    });
}

TEST_CASE("trust pack: random packs come back whole", "[record][property]") {
    const std::uint64_t seed = test_seed();
    INFO("PIPA_TEST_SEED=" << seed);
    Random random(seed);
    const auto office = worthless_key("office");
    for (int i = 0; i < 500; ++i) {
        const TrustPack pack = random_trust_pack(random);
        const Bytes payload = encode_trust_pack(pack);
        const auto read = decode_trust_pack(Exact(payload).view(), 0);
        REQUIRE(answer_of(read) == "ok");
        REQUIRE(encode_trust_pack(*read) == payload);
        const auto store = open(sign_trust_pack(office, pack), office.public_key());
        REQUIRE(answer_of(store) == "ok");
        for (const KeyEntry& entry : pack.keys) {
            const auto found = store->find_key(kid_of(entry.public_key));
            REQUIRE(found != nullptr);
            REQUIRE(found->public_key == entry.public_key);
            REQUIRE(store->find_party(entry.party) != nullptr);
            REQUIRE(store->find_party(entry.party)->id == entry.party);
        }
    }
}

TEST_CASE("trust pack: every cut and every flipped bit is refused", "[trust]") {
    const auto office = worthless_key("office");
    const Bytes message = sign_trust_pack(office, tiny_pack());
    REQUIRE(open(message, office.public_key()));
    for (std::size_t size = 0; size < message.size(); ++size)
        CHECK(answer_of(open(ByteView{message}.first(size), office.public_key())) == "cbor.truncated@" + std::to_string(size));
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        Bytes changed = message;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        INFO("bit " << bit);
        CHECK_FALSE(open(changed, office.public_key()));
    }
}

TEST_CASE("trust pack: only the office's key counts", "[trust]") {
    const auto office = worthless_key("office");
    const auto stranger = worthless_key("stranger");
    const Bytes message = sign_trust_pack(office, tiny_pack());
    CHECK(answer_of(open(message, stranger.public_key())) == "trust.wrong_signer");
    CHECK(answer_of(open(sign_trust_pack(stranger, tiny_pack()), office.public_key())) == "trust.wrong_signer");
    CHECK(answer_of(open(message, Bytes(31))) == "ed25519.bad_public_key");
    CHECK(answer_of(open(message, {})) == "ed25519.bad_public_key");
    // The office's key id over a stranger's signature.
    const Bytes header = cose::statement_header(kid_of(office.public_key()), cose::StatementType::TrustPack);
    const Bytes payload = encode_trust_pack(tiny_pack());
    const Bytes forged = cose::assemble_statement(header, payload, stranger.sign(cose::to_be_signed(header, {}, payload)));
    CHECK(answer_of(open(forged, office.public_key())) == "trust.wrong_signer");
}

TEST_CASE("trust pack: an unsigned content is never looked into", "[trust]") {
    const auto office = worthless_key("office");
    const Bytes header = cose::statement_header(kid_of(office.public_key()), cose::StatementType::TrustPack);
    const Bytes rubbish = cose::assemble_statement(header, as_bytes("\xff rubbish"), Bytes(64));
    CHECK(answer_of(open(rubbish, office.public_key())) == "trust.wrong_signer");
    const Bytes signed_rubbish = sign_payload(office, cose::StatementType::TrustPack, as_bytes("\xff"));
    CHECK(without_detail(answer_of(open(signed_rubbish, office.public_key()))).starts_with("cbor.unexpected_break@"));
}

TEST_CASE("trust pack: a certificate is none, and none is too large", "[trust]") {
    const auto office = worthless_key("office");
    const Bytes certificate = sign_payload(office, cose::StatementType::Certificate, encode_trust_pack(tiny_pack()));
    CHECK(answer_of(open(certificate, office.public_key())).starts_with("cose.wrong_type@"));
    CHECK(answer_of(open(Bytes(max_trust_pack_bytes + 1), office.public_key())) == "trust.too_large@8388608");
}

TEST_CASE("trust pack: two entries of one key are refused", "[trust]") {
    const auto office = worthless_key("office");
    TrustPack pack = tiny_pack();
    pack.parties.push_back({.id = 1, .name = {"示例", ""}, .division = 330113});
    const KeyEntry entry{.public_key = worthless_key("P1").public_key(), .party = 1, .valid_from = 1'767'196'800};
    pack.keys = {entry, entry};
    CHECK(answer_of(open(sign_trust_pack(office, pack), office.public_key())).starts_with("trust.duplicate_key@"));
}

TEST_CASE("trust store: an empty one knows nobody", "[trust]") {
    const TrustStore store;
    CHECK_FALSE(store.is_loaded());
    CHECK(store.find_key({}) == nullptr);
    CHECK(store.find_party(0) == nullptr);
    CHECK(store.product_name(1001) == nullptr);
    CHECK(store.division_name(330113) == nullptr);
    CHECK(store.is_own_host("anything.example"));
}

TEST_CASE("trust store: finds names of products, divisions and hosts", "[trust]") {
    const TrustStore& store = district().store;
    CHECK(store.product_name(1001)->zh_hans == "枇杷");
    CHECK(store.product_name(1000) == nullptr);
    CHECK(store.product_name(9999) == nullptr);
    CHECK(store.division_name(330113100)->en == "Tangqi Town");
    CHECK(store.division_name(330113100201)->en == "Tangqi Town");  // a village: the town above it
    CHECK(store.division_name(330113999)->en == "Linping District");
    CHECK(store.division_name(330199) == nullptr);
    CHECK(store.division_name(33) == nullptr);
    CHECK(store.is_own_host("pipa.example"));
    CHECK_FALSE(store.is_own_host("pipa.example:8080"));
    CHECK_FALSE(store.is_own_host("attacker.example"));
    CHECK_FALSE(store.is_own_host(""));
}

TEST_CASE("trust store: divisions cover what begins with their digits", "[trust]") {
    CHECK(is_in_division(330113100, 330113));
    CHECK(is_in_division(330113100201, 33));
    CHECK(is_in_division(330113, 330113));
    CHECK_FALSE(is_in_division(330113, 330113100));
    CHECK_FALSE(is_in_division(330114100, 330113));
    CHECK_FALSE(is_in_division(430113, 33));
    CHECK_FALSE(is_in_division(33, 3301));
}

TEST_CASE("trust pack: roles and kinds have names of their own", "[record]") {
    std::set<std::string_view> roles;
    for (int role = 1; role <= 6; ++role) CHECK(roles.insert(role_name(static_cast<Role>(role))).second);
    std::set<std::string_view> kinds;
    for (int kind = 1; kind <= 7; ++kind) CHECK(kinds.insert(party_kind_name(static_cast<PartyKind>(kind))).second);
    CHECK_FALSE(roles.contains(""));
    CHECK_FALSE(kinds.contains(""));
}
