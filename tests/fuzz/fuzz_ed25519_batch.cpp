// Signatures in one equation: the input says which bytes of honest ones to change, three bytes a change: where, and to what.
// Each must get the answer that it gets alone.
#include <array>

#include "crypto/ed25519_batch.hpp"
#include "fuzz/fuzz.hpp"
#include "support/signing.hpp"

using namespace pipa;
using fuzz::must;

namespace {

constexpr std::size_t count = 12;
constexpr std::size_t message_size = 8;
constexpr std::size_t size_of_one = crypto::public_key_size + crypto::signature_size + message_size;
using All = std::array<std::uint8_t, count * size_of_one>;

All make_honest() {
    const std::array keys = {test::worthless_key("batch 1"), test::worthless_key("batch 2")};
    All all{};
    auto at = all.begin();
    for (std::size_t i = 0; i < count; ++i) {
        const auto& key = keys[i % keys.size()];
        const Bytes message(message_size, static_cast<std::uint8_t>(i));
        at = std::ranges::copy(key.public_key(), at).out;
        at = std::ranges::copy(key.sign(message), at).out;
        at = std::ranges::copy(message, at).out;
    }
    return all;
}

}  // namespace

void fuzz_one(ByteView input) {
    static const All honest = make_honest();
    All all = honest;
    for (; input.size() >= 3; input = input.subspan(3)) all[(std::size_t{input[0]} * 256 + input[1]) % all.size()] = input[2];
    std::vector<crypto::SignedMessage> batch;
    for (std::size_t i = 0; i < count; ++i) {
        const ByteView one = ByteView{all}.subspan(i * size_of_one, size_of_one);
        batch.push_back({one.first(crypto::public_key_size), one.last(message_size), one.subspan(crypto::public_key_size, crypto::signature_size)});
    }
    const auto outcome = crypto::verify_ed25519_batch(batch);
    for (std::size_t i = 0; i < count; ++i)
        must(outcome.checks[i] == crypto::verify_ed25519(batch[i].public_key, batch[i].message, batch[i].signature), "a batch answers as each alone");
}
