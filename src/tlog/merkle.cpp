#include "tlog/merkle.hpp"

#include <algorithm>
#include <bit>

namespace pipa::merkle {
namespace {

// Where the path from a leaf (fn) stands relative to the last leaf (sn), as RFC 9162 names them.
struct Position {
    std::uint64_t fn{};
    std::uint64_t sn{};

    void up() noexcept {
        fn >>= 1;
        sn >>= 1;
    }
    // "If LSB(fn) is set, or if fn is equal to sn": the next hash of the proof stands to the left.
    [[nodiscard]] bool sibling_is_left() const noexcept { return (fn & 1) != 0 || fn == sn; }
    // "If LSB(fn) is not set, then right-shift both fn and sn equally until either LSB(fn) is set or fn is 0."
    void skip_missing_levels() noexcept {
        while ((fn & 1) == 0 && fn != 0) up();
    }
};

Result<void> expect_root(ByteView computed, ByteView root) {
    if (!std::ranges::equal(computed, root)) return fail(ErrorCode::MerkleWrongRoot);
    return {};
}

std::unexpected<Error> bad_size(std::uint64_t number, std::uint64_t size) {
    return fail(ErrorCode::MerkleBadSize, {}, std::to_string(number) + " of " + std::to_string(size));
}

std::unexpected<Error> bad_proof(std::size_t hashes) {
    return fail(ErrorCode::MerkleBadProof, {}, std::to_string(hashes) + " hashes");
}

}  // namespace

Hash hash_leaf(ByteView entry) {
    Bytes input{0x00};
    input.insert(input.end(), entry.begin(), entry.end());
    return crypto::sha256(input);
}

Hash hash_children(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 1 + 2 * std::tuple_size_v<Hash>> input{0x01};
    std::ranges::copy(right, std::ranges::copy(left, input.begin() + 1).out);
    return crypto::sha256(input);
}

Result<Hash> to_hash(ByteView bytes) {
    Hash hash{};
    if (bytes.size() != hash.size()) return fail(ErrorCode::MerkleBadHash, {}, std::to_string(bytes.size()) + " bytes");
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf, std::span<const Hash> proof,
                              const Hash& root) {
    if (index >= size) return bad_size(index, size);
    Position at{.fn = index, .sn = size - 1};
    Hash hash = leaf;
    for (const Hash& sibling : proof) {
        if (at.sn == 0) return bad_proof(proof.size());
        if (at.sibling_is_left()) {
            hash = hash_children(sibling, hash);
            at.skip_missing_levels();
        } else {
            hash = hash_children(hash, sibling);
        }
        at.up();
    }
    if (at.sn != 0) return bad_proof(proof.size());
    return expect_root(hash, root);
}

Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, ByteView old_root, ByteView new_root,
                                std::span<const Hash> proof) {
    if (old_size == 0 || old_size > new_size) return bad_size(old_size, new_size);
    if (old_size == new_size) return proof.empty() ? expect_root(old_root, new_root) : bad_proof(proof.size());
    const auto first = to_hash(old_root);
    const auto last = to_hash(new_root);
    if (!first || !last) return std::unexpected(first ? last.error() : first.error());
    if (proof.empty()) return bad_proof(0);

    Position at{.fn = old_size - 1, .sn = new_size - 1};
    while ((at.fn & 1) != 0) at.up();
    // "If first is an exact power of 2, then prepend first_hash to the consistency_path array."
    const bool starts_with_old = std::has_single_bit(old_size);
    Hash old_hash = starts_with_old ? *first : proof.front();
    Hash new_hash = old_hash;
    for (const Hash& sibling : proof.subspan(starts_with_old ? 0 : 1)) {
        if (at.sn == 0) return bad_proof(proof.size());
        if (at.sibling_is_left()) {
            old_hash = hash_children(sibling, old_hash);
            new_hash = hash_children(sibling, new_hash);
            at.skip_missing_levels();
        } else {
            new_hash = hash_children(new_hash, sibling);
        }
        at.up();
    }
    if (at.sn != 0) return bad_proof(proof.size());
    if (const auto old_fits = expect_root(old_hash, old_root); !old_fits) return old_fits;
    return expect_root(new_hash, new_root);
}

}  // namespace pipa::merkle
