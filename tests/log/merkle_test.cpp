#include <catch2/catch_test_macros.hpp>

#include <bit>

#include "base/hex.hpp"
#include "support/table.hpp"
#include "tlog/merkle.hpp"

using namespace pipa;
using namespace pipa::test;
using merkle::Hash;
using Hashes = std::vector<Hash>;
using Leaves = std::span<const Hash>;

namespace {

// RFC 6962 section 2.1, word for word: k is "the largest power of two smaller than n".
std::size_t split(std::size_t n) { return std::bit_floor(n - 1); }

Hash root_of(Leaves leaves) {
    if (leaves.empty()) return crypto::sha256({});
    if (leaves.size() == 1) return leaves.front();
    const std::size_t k = split(leaves.size());
    return merkle::hash_children(root_of(leaves.first(k)), root_of(leaves.subspan(k)));
}

// Section 2.1.1: PATH(m, D[n]).
Hashes path(std::size_t m, Leaves leaves) {
    if (leaves.size() == 1) return {};
    const std::size_t k = split(leaves.size());
    Hashes proof = m < k ? path(m, leaves.first(k)) : path(m - k, leaves.subspan(k));
    proof.push_back(root_of(m < k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

// Section 2.1.2: SUBPROOF(m, D[n], b).
Hashes subproof(std::size_t m, Leaves leaves, bool whole) {
    if (m == leaves.size()) return whole ? Hashes{} : Hashes{root_of(leaves)};
    const std::size_t k = split(leaves.size());
    Hashes proof = m <= k ? subproof(m, leaves.first(k), whole) : subproof(m - k, leaves.subspan(k), false);
    proof.push_back(root_of(m <= k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

Hashes some_leaves(std::size_t count) {
    Hashes leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back(merkle::hash_leaf(as_bytes("certificate " + std::to_string(i))));
    return leaves;
}

std::string included(std::uint64_t index, std::uint64_t size, const Hash& leaf, const Hashes& proof, const Hash& root) {
    return without_detail(answer_of(merkle::verify_inclusion(index, size, leaf, proof, root)));
}
std::string consistent(std::uint64_t from, std::uint64_t to, const Hash& old_root, const Hash& new_root, const Hashes& proof) {
    return without_detail(answer_of(merkle::verify_consistency(from, to, old_root, new_root, proof)));
}

}  // namespace

TEST_CASE("merkle: hashes as RFC 6962 does", "[log]") {
    // The eight leaves of the reference implementation's tests.
    Hashes leaves;
    for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"})
        leaves.push_back(merkle::hash_leaf(*from_hex(hex)));
    CHECK(to_hex(leaves[0]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    CHECK(to_hex(root_of(Leaves(leaves).first(3))) == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    CHECK(to_hex(root_of(leaves)) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST_CASE("merkle: every leaf of every small tree is proven to be in it, and in no other place", "[log]") {
    const Hashes leaves = some_leaves(33);
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        const Leaves tree = Leaves(leaves).first(size);
        const Hash root = root_of(tree);
        for (std::size_t index = 0; index < size; ++index) {
            const Hashes proof = path(index, tree);
            INFO(index << " of " << size);
            REQUIRE(included(index, size, tree[index], proof, root) == "ok");
            REQUIRE(included(index, size, leaves[(index + 1) % 33], proof, root) == "merkle.wrong_root");
            for (std::size_t other = 0; other < size; ++other)
                if (other != index) REQUIRE(included(other, size, tree[index], proof, root) != "ok");
            Hashes longer = proof;
            longer.push_back(root);
            REQUIRE(included(index, size, tree[index], longer, root) == "merkle.bad_proof");
            for (Hashes bent = proof; Hash& hash : bent) {
                hash[7] ^= 1;
                REQUIRE(included(index, size, tree[index], bent, root) == "merkle.wrong_root");
                hash[7] ^= 1;
            }
            if (proof.empty()) continue;
            REQUIRE(included(index, size, tree[index], Hashes(proof.begin(), proof.end() - 1), root) == "merkle.bad_proof");
        }
    }
}

TEST_CASE("merkle: every small tree is proven to begin with every smaller one", "[log]") {
    const Hashes leaves = some_leaves(33);
    for (std::size_t to = 1; to <= leaves.size(); ++to) {
        const Hash new_root = root_of(Leaves(leaves).first(to));
        for (std::size_t from = 1; from <= to; ++from) {
            const Hash old_root = root_of(Leaves(leaves).first(from));
            const Hashes proof = subproof(from, Leaves(leaves).first(to), true);
            INFO(from << " to " << to);
            REQUIRE(consistent(from, to, old_root, new_root, proof) == "ok");
            Hashes longer = proof;
            longer.push_back(new_root);
            REQUIRE(consistent(from, to, old_root, new_root, longer) == "merkle.bad_proof");
            if (from == to) continue;
            REQUIRE(consistent(from, to, new_root, old_root, proof) == "merkle.wrong_root");
            REQUIRE(consistent(from, to, old_root, new_root, {}) == "merkle.bad_proof");
            for (Hashes bent = proof; Hash& hash : bent) {
                hash[0] ^= 0x80;
                REQUIRE(consistent(from, to, old_root, new_root, bent) == "merkle.wrong_root");
                hash[0] ^= 0x80;
            }
        }
    }
}

TEST_CASE("merkle: refuses what cannot be asked", "[log]") {
    const Hash hash = merkle::hash_leaf({});
    CHECK(included(0, 0, hash, {}, hash) == "merkle.bad_size");
    CHECK(included(1, 1, hash, {}, hash) == "merkle.bad_size");
    CHECK(included(UINT64_MAX, 1, hash, {}, hash) == "merkle.bad_size");
    CHECK(included(0, 1, hash, {}, hash) == "ok");
    CHECK(included(UINT64_MAX - 1, UINT64_MAX, hash, Hashes(70), hash) == "merkle.bad_proof");
    CHECK(consistent(0, 0, hash, hash, {}) == "merkle.bad_size");
    CHECK(consistent(0, 5, hash, hash, {}) == "merkle.bad_size");
    CHECK(consistent(5, 4, hash, hash, {}) == "merkle.bad_size");
    CHECK(consistent(5, 5, hash, hash, {}) == "ok");
    CHECK(consistent(5, 5, hash, merkle::hash_leaf(as_bytes("x")), {}) == "merkle.wrong_root");
    CHECK(consistent(5, 5, hash, hash, {hash}) == "merkle.bad_proof");
    CHECK(answer_of(merkle::to_hash(Bytes(31))) == "merkle.bad_hash(31 bytes)");
    CHECK(without_detail(answer_of(merkle::verify_consistency(1, 2, Bytes(31), hash, Hashes{hash}))) == "merkle.bad_hash");
}
