#include <catch2/catch_test_macros.hpp>

#include "base/hex.hpp"
#include "crypto/secret_key.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;
using crypto::SecretKey;
using crypto::SignatureCheck;

namespace {

std::string answer_of_check(SignatureCheck check) {
    switch (check) {
        case SignatureCheck::Valid: return "ok";
        case SignatureCheck::Wrong: return "ed25519.wrong_signature";
        case SignatureCheck::BadPublicKey: return "ed25519.bad_public_key";
        case SignatureCheck::BadSignature: return "ed25519.bad_signature";
    }
    return "?";
}

SignatureCheck check(ByteView key, ByteView message, ByteView signature) {
    return crypto::verify_ed25519(Exact(key).view(), Exact(message).view(), Exact(signature).view());
}

}  // namespace

TEST_CASE("ed25519: gives the answers of its table", "[crypto]") {
    for_each_row("ed25519.json", [](Row& row) {
        INFO(row.where());
        const Bytes key = row.hex("public_key");
        const Bytes message = row.hex("message");
        const Bytes signature = row.hex("signature");
        CHECK(answer_of_check(check(key, message, signature)) == row.text("answer"));
        if (!row.has("seed")) return;
        const auto secret = SecretKey::from_seed(row.hex("seed"));
        REQUIRE(secret);
        CHECK(to_hex(secret->public_key()) == to_hex(key));
        CHECK(to_hex(secret->sign(message)) == to_hex(signature));
    });
}

TEST_CASE("ed25519: any flipped bit of signature, key or message is noticed", "[crypto]") {
    const SecretKey secret = worthless_key("bits");
    const Bytes key = to_bytes(secret.public_key());
    const Bytes message = {'p', 'i', 'p', 'a'};
    const Bytes signature = to_bytes(secret.sign(message));
    REQUIRE(check(key, message, signature) == SignatureCheck::Valid);
    const auto flipped = [](Bytes bytes, std::size_t bit) {
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        return bytes;
    };
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) CHECK(check(key, message, flipped(signature, bit)) == SignatureCheck::Wrong);
    for (std::size_t bit = 0; bit < key.size() * 8; ++bit) CHECK(check(flipped(key, bit), message, signature) == SignatureCheck::Wrong);
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) CHECK(check(key, flipped(message, bit), signature) == SignatureCheck::Wrong);
}

TEST_CASE("sha256: FIPS 180-4 examples", "[crypto]") {
    CHECK(to_hex(crypto::sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(crypto::sha256(as_bytes("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(crypto::sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("secret key: a seed of another length is refused", "[crypto]") {
    for (const std::size_t size : {std::size_t{0}, std::size_t{31}, std::size_t{33}, std::size_t{64}})
        CHECK(answer_of(SecretKey::from_seed(Exact(Bytes(size)).view())) == "key.bad_file");
}

TEST_CASE("secret key: the seed comes back, and makes the same key", "[crypto]") {
    const auto made = SecretKey::generate();
    REQUIRE(made);
    const Bytes seed = made->copy_seed();
    CHECK(seed.size() == crypto::seed_size);
    CHECK(SecretKey::from_seed(seed)->public_key() == made->public_key());
    CHECK(SecretKey::generate()->public_key() != made->public_key());
}

TEST_CASE("secret key: a locked seed opens with its passphrase alone", "[crypto][slow]") {
    const Bytes seed = worthless_key("locked").copy_seed();
    const auto locked = crypto::lock_seed(seed, "枇杷 2026");
    REQUIRE(locked);
    CHECK(crypto::unlock_seed(*locked, "枇杷 2026").value() == seed);
    CHECK(answer_of(crypto::unlock_seed(*locked, "枇杷 2027")) == "key.wrong_passphrase");
    CHECK(answer_of(crypto::unlock_seed(*locked, "")) == "key.wrong_passphrase");
    crypto::LockedSeed changed = *locked;
    changed.box[5] ^= 1;
    CHECK(answer_of(crypto::unlock_seed(changed, "枇杷 2026")) == "key.wrong_passphrase");
}

TEST_CASE("secret key: a hostile key file cannot ask for all memory or time", "[crypto]") {
    const crypto::LockedSeed good{.operations = 1, .memory_bytes = 8192, .salt = Bytes(16), .nonce = Bytes(24), .box = Bytes(48)};
    CHECK(answer_of(crypto::unlock_seed(good, "x")) == "key.wrong_passphrase");
    const auto refused = [&](auto change) {
        crypto::LockedSeed bad = good;
        change(bad);
        CHECK(answer_of(crypto::unlock_seed(bad, "x")) == "key.bad_file");
    };
    refused([](auto& bad) { bad.operations = 0; });
    refused([](auto& bad) { bad.operations = 21; });
    refused([](auto& bad) { bad.operations = UINT64_MAX; });
    refused([](auto& bad) { bad.memory_bytes = 8191; });
    refused([](auto& bad) { bad.memory_bytes = (std::uint64_t{1} << 30) + 1; });
    refused([](auto& bad) { bad.memory_bytes = UINT64_MAX; });
    refused([](auto& bad) { bad.salt.pop_back(); });
    refused([](auto& bad) { bad.nonce.push_back(0); });
    refused([](auto& bad) { bad.box.pop_back(); });
    refused([](auto& bad) { bad.box.clear(); });
}

TEST_CASE("secret key: wiping leaves zeros", "[crypto]") {
    Bytes bytes = {1, 2, 3};
    std::string text = "secret";
    crypto::wipe(bytes);
    crypto::wipe(text);
    CHECK(bytes == Bytes(3));
    CHECK(text == std::string(6, '\0'));
}
