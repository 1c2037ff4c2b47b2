// Random but valid values for property tests. Same seed, same values, on every platform.
#pragma once

#include <random>

#include "record/trust_pack.hpp"

namespace pipa::test {

class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}

    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return m_engine() % bound; }
    [[nodiscard]] std::int64_t between(std::int64_t lowest, std::int64_t highest) {
        return lowest + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(highest - lowest) + 1));
    }
    [[nodiscard]] bool chance(std::uint64_t one_in) { return below(one_in) == 0; }
    [[nodiscard]] Bytes bytes(std::size_t count);
    [[nodiscard]] std::string text(std::size_t max_bytes);  // printable UTF-8, at least one character, Chinese too
    [[nodiscard]] std::string from_alphabet(std::string_view alphabet, std::size_t lowest, std::size_t highest);

private:
    std::mt19937_64 m_engine;
};

// $PIPA_TEST_SEED, or a fixed one. Tests print it where they fail.
[[nodiscard]] std::uint64_t test_seed();

[[nodiscard]] Certificate random_certificate(Random& random);
[[nodiscard]] TrustPack random_trust_pack(Random& random);
// One to four bytes changed, cut, doubled or inserted.
[[nodiscard]] Bytes mutated(Random& random, ByteView bytes);

}  // namespace pipa::test
