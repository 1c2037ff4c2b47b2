// The pack on the wire: round trip, damage, and who may sign it.
#include <catch2/catch_test_macros.hpp>

#include "learn/open_pack.hpp"
#include "sample_pack.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"

namespace {

using namespace pipa;
using namespace pipa::learn;

Bytes payload() { return encode_education_pack(test::published_pack()).value(); }

}  // namespace

TEST_CASE("pack: what is written is read back to the same bytes", "[learn]") {
    const Bytes bytes = payload();
    const auto pack = decode_education_pack(bytes, 0);
    REQUIRE(pack.has_value());
    CHECK(encode_education_pack(*pack).value() == bytes);
}

TEST_CASE("pack: every truncation is refused", "[learn]") {
    const Bytes bytes = payload();
    for (std::size_t size = 0; size < bytes.size(); size += size < 300 ? 1 : 211) {
        const Bytes exact(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK(!decode_education_pack(exact, 0));
    }
}

TEST_CASE("pack: changed bytes are refused or give a pack that is whole", "[learn]") {
    const Bytes bytes = payload();
    for (std::size_t at = 0; at < bytes.size(); at += 37) {
        Bytes changed = bytes;
        changed[at] ^= 0x15;
        const auto pack = decode_education_pack(changed, 0);
        if (pack) CHECK(encode_education_pack(*pack).has_value());
    }
}

TEST_CASE("pack: a reference that leads nowhere is refused", "[learn]") {
    EducationPack pack = test::published_pack();
    pack.articles.front().topic = 99;
    CHECK(test::answer_of(encode_education_pack(pack)) == "learn.bad_reference(" + pack.articles.front().id + ")");
    pack = test::published_pack();
    pack.questions.front().answer = 7;
    CHECK(!encode_education_pack(pack));
    pack = test::published_pack();
    pack.articles[1].id = pack.articles[0].id;
    CHECK(test::answer_of(encode_education_pack(pack)) == "learn.bad_reference(articles)");
}

TEST_CASE("pack: only the office or a listed editor may sign it", "[learn]") {
    const test::District& district = test::district();
    const crypto::SecretKey stranger = test::worthless_key("stranger of the learning pages");
    const Bytes by_stranger = test::sign_payload(stranger, cose::StatementType::EducationPack, payload());
    CHECK(test::answer_of(open_education_pack(by_stranger, stranger.public_key(), TrustStore{})) == "ok");
    CHECK(test::answer_of(open_education_pack(by_stranger, district.office_public_key, district.store)) == "learn.wrong_signer");

    // The same stranger, entered as an editor.
    const crypto::SecretKey office = test::worthless_key("office of the learning pages");
    TrustPack trust = district.pack;
    KeyEntry entry{.party = trust.parties.front().id, .role = Role::Bureau, .valid_from = test::published_pack().issued_unix_s - 1};
    entry.public_key = stranger.public_key();
    const auto answer = [&](const KeyEntry& key) {
        TrustPack with = trust;
        with.keys.push_back(key);
        const auto store = TrustStore::open(test::sign_trust_pack(office, with), office.public_key());
        REQUIRE(store.has_value());
        return test::answer_of(open_education_pack(by_stranger, office.public_key(), *store));
    };
    CHECK(answer(entry) == "learn.wrong_signer");  // a bureau's key is no editor's unless it says so
    entry.scope.types = {cose::StatementType::EducationPack};
    CHECK(answer(entry) == "ok");
    KeyEntry late = entry;
    late.valid_from = test::published_pack().issued_unix_s + 1;
    CHECK(answer(late) == "learn.wrong_signer");
    KeyEntry lost = entry;
    lost.compromised_since = test::published_pack().issued_unix_s + 1;
    CHECK(answer(lost) == "learn.wrong_signer");
}

TEST_CASE("pack: a certificate is no pack, and a changed pack no longer fits its signature", "[learn]") {
    const crypto::SecretKey office = test::worthless_key("office of the learning pages");
    const Bytes other_type = test::sign_payload(office, cose::StatementType::TrustPack, payload());
    CHECK(test::without_detail(test::answer_of(open_education_pack(other_type, office.public_key(), TrustStore{}))).starts_with("cose.wrong_type"));
    Bytes changed = test::sign_payload(office, cose::StatementType::EducationPack, payload());
    changed[changed.size() / 2] ^= 1;
    CHECK(!open_education_pack(changed, office.public_key(), TrustStore{}));
}
