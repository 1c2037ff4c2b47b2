// Many signatures in one equation: the answers must be those that libsodium gives to each alone.
#include <catch2/catch_test_macros.hpp>

#include "crypto/ed25519_batch.hpp"
#include "support/exact_bytes.hpp"
#include "support/random_values.hpp"
#include "support/signing.hpp"
#include "support/table.hpp"

using namespace pipa;
using namespace pipa::test;
using crypto::SignatureCheck;
using crypto::SignedMessage;

namespace {

struct Owned {
    Bytes public_key{};
    Bytes message{};
    Bytes signature{};
};

Owned honest(std::string_view label, std::string_view message) {
    const crypto::SecretKey key = worthless_key(label);
    return {to_bytes(key.public_key()), to_bytes(as_bytes(message)), to_bytes(key.sign(as_bytes(message)))};
}

std::vector<Owned> honest_batch(std::size_t count, std::size_t keys) {
    std::vector<Owned> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(honest("batch " + std::to_string(i % keys), "message " + std::to_string(i)));
    return out;
}

crypto::BatchOutcome run(const std::vector<Owned>& batch) {
    std::vector<Exact> blocks;
    blocks.reserve(batch.size() * 3);
    std::vector<SignedMessage> views;
    const auto exact = [&](const Bytes& bytes) { return blocks.emplace_back(bytes).view(); };
    for (const Owned& one : batch) views.push_back({exact(one.public_key), exact(one.message), exact(one.signature)});
    return crypto::verify_ed25519_batch(views);
}

SignatureCheck alone(const Owned& one) { return crypto::verify_ed25519(one.public_key, one.message, one.signature); }

void flip(Bytes& bytes, std::size_t bit) { bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8)); }

}  // namespace

TEST_CASE("ed25519 batch: honest signatures of one and of many keys are answered by one equation", "[crypto][batch]") {
    for (const std::size_t keys : {1U, 2U, 4U}) {
        for (const std::size_t count : {12U, 16U, 49U, 50U, 119U, 120U, 200U, 601U}) {
            INFO(count << " signatures of " << keys << " keys");
            const auto outcome = run(honest_batch(count, keys));
            CHECK(outcome.checks == std::vector(count, SignatureCheck::Valid));
            CHECK(outcome.in_equation == count);
        }
    }
}

TEST_CASE("ed25519 batch: few signatures, and keys that sign once, are checked alone", "[crypto][batch]") {
    CHECK(run({}).checks.empty());
    CHECK(run(honest_batch(crypto::min_batch - 1, 1)).in_equation == 0);
    CHECK(run(honest_batch(crypto::min_batch, 1)).in_equation == crypto::min_batch);
    CHECK(run(honest_batch(40, 40)).in_equation == 0);
    auto batch = honest_batch(10, 1);
    batch.push_back(honest("once", "a message"));
    const auto outcome = run(batch);
    CHECK(outcome.in_equation == 10);
    CHECK(outcome.checks == std::vector(11, SignatureCheck::Valid));
}

TEST_CASE("ed25519 batch: the table's rows get their answers among honest signatures", "[crypto][batch]") {
    for_each_row("ed25519.json", [](Row& row) {
        INFO(row.where());
        const Owned one{row.hex("public_key"), row.hex("message"), row.hex("signature")};
        CHECK((alone(one) == SignatureCheck::Valid) == (row.text("answer") == "ok"));
        std::ignore = row.text_or("seed", "");
        // Three of them, so that a key used once does not keep them out of the equation.
        auto batch = honest_batch(9, 2);
        for (const std::size_t at : {0U, 4U, 11U}) batch.insert(batch.begin() + static_cast<std::ptrdiff_t>(at), one);
        const auto outcome = run(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) CHECK(outcome.checks[i] == alone(batch[i]));
        if (alone(one) == SignatureCheck::Valid) CHECK(outcome.in_equation >= 9);
    });
}

TEST_CASE("ed25519 batch: a single flipped bit is found and named", "[crypto][batch]") {
    const auto good = honest_batch(9, 2);
    const auto check = [&](std::size_t at, auto part, std::size_t bits) {
        for (std::size_t bit = 0; bit < bits; ++bit) {
            auto batch = good;
            flip(part(batch[at]), bit);
            INFO("signature " << at << ", bit " << bit);
            auto expected = std::vector(batch.size(), SignatureCheck::Valid);
            expected[at] = SignatureCheck::Wrong;
            CHECK(run(batch).checks == expected);
        }
    };
    check(4, [](Owned& one) -> Bytes& { return one.signature; }, 512);
    check(8, [](Owned& one) -> Bytes& { return one.public_key; }, 256);
    check(0, [](Owned& one) -> Bytes& { return one.message; }, 72);
}

TEST_CASE("ed25519 batch: signatures that were swapped, and errors that cancel each other out, are noticed", "[crypto][batch]") {
    auto batch = honest_batch(10, 1);
    std::swap(batch[2].signature, batch[7].signature);
    // One S a little too large and another as much too small: a plain sum would not notice.
    ++batch[4].signature[40];
    --batch[5].signature[40];
    const auto checks = run(batch).checks;
    for (std::size_t i = 0; i < batch.size(); ++i) CHECK(checks[i] == alone(batch[i]));
    CHECK(std::ranges::count(checks, SignatureCheck::Wrong) == 4);
}

TEST_CASE("ed25519 batch: random mixes get the answers that each gets alone", "[crypto][batch][property]") {
    Random random(test_seed());
    for (int round = 0; round < 150; ++round) {
        INFO("seed " << test_seed() << ", round " << round);
        auto batch = honest_batch(8 + random.below(60), 1 + random.below(6));
        for (std::uint64_t bad = random.below(4); bad > 0; --bad) {
            Owned& one = batch[random.below(batch.size())];
            switch (random.below(6)) {
                case 0: flip(one.signature, random.below(512)); break;
                case 1: flip(one.public_key, random.below(256)); break;
                case 2: one.message = random.bytes(random.below(40)); break;
                case 3: one.signature = mutated(random, one.signature); break;
                case 4: one.public_key = mutated(random, one.public_key); break;
                default: one = batch[random.below(batch.size())]; break;
            }
        }
        const auto checks = run(batch).checks;
        for (std::size_t i = 0; i < batch.size(); ++i) CHECK(checks[i] == alone(batch[i]));
    }
}

TEST_CASE("ed25519 batch: points of small order that a signer adds to two of his own signatures may cancel out", "[crypto][batch]") {
    // What the header says of RFC 8032 section 5.1.7: the one case where a batch and libsodium differ, and who alone can make it.
    const Json table = load_table("ed25519.json");
    const auto crafted = std::ranges::find_if(table["rows"], [](const Json& row) { return row["name"] == "a point of order 2 added to R, 4 times the generator"; });
    REQUIRE(crafted != table["rows"].end());
    Row row(*crafted, "ed25519.json");
    const Owned one{row.hex("public_key"), row.hex("message"), row.hex("signature")};
    REQUIRE(alone(one) == SignatureCheck::Wrong);
    auto batch = honest_batch(10, 1);
    for (const Owned& theirs : {one, one, one}) batch.push_back(theirs);
    CHECK(run(batch).checks.back() == SignatureCheck::Wrong);
    batch.push_back(one);
    CHECK(run(batch).checks.back() == SignatureCheck::Valid);
}
