#include "tlog/tree.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace pipa::tlog {
namespace {

using merkle::Hash;
constexpr std::size_t hash_bytes = std::tuple_size_v<Hash>;

// The hashes of one tree, each tile read once.
class Tree {
public:
    Tree(std::uint64_t size, const ReadTile& read) : m_size(size), m_read(read) {}

    // MTH(D[start:start + count]), where the leaves from `start` on begin a subtree of RFC 6962's.
    Result<Hash> hash(std::uint64_t start, std::uint64_t count) {
        if (std::has_single_bit(count)) return node(static_cast<std::uint32_t>(std::countr_zero(count)), start / count);
        const std::uint64_t left = std::bit_floor(count);
        const auto left_hash = hash(start, left);
        if (!left_hash) return left_hash;
        const auto right_hash = hash(start + left, count - left);
        if (!right_hash) return right_hash;
        return merkle::hash_children(*left_hash, *right_hash);
    }

    // Adds the hash of such a subtree; false after the first error.
    bool add(std::uint64_t start, std::uint64_t count) {
        const auto found = hash(start, count);
        if (found) m_proof.push_back(*found);
        else m_error = found.error();
        return found.has_value();
    }

    // Hashes are found from the root down and stand in a proof from the leaf up.
    Result<std::vector<Hash>> finish() {
        if (m_error) return std::unexpected(*m_error);
        std::ranges::reverse(m_proof);
        return std::move(m_proof);
    }

private:
    Result<Hash> node(std::uint32_t height, std::uint64_t index) {
        const NodePlace place = place_of_node(height, index, m_size);
        auto tile = m_tiles.find({place.tile.level, place.tile.index});
        if (tile == m_tiles.end()) {
            const auto content = m_read(place.tile);
            if (!content) return std::unexpected(content.error());
            auto hashes = hashes_in_tile(*content, place.tile);
            if (!hashes) return std::unexpected(hashes.error());
            tile = m_tiles.emplace(std::pair{place.tile.level, place.tile.index}, std::move(*hashes)).first;
        }
        return hash_of_hashes(std::span(tile->second).subspan(place.first, place.count));
    }

    std::uint64_t m_size;
    const ReadTile& m_read;
    std::map<std::pair<std::uint32_t, std::uint64_t>, std::vector<Hash>> m_tiles{};
    std::vector<Hash> m_proof{};
    std::optional<Error> m_error{};
};

constexpr std::uint64_t max_size = std::uint64_t{1} << 62;

std::unexpected<Error> bad_size(std::uint64_t number, std::uint64_t size) {
    return fail(ErrorCode::MerkleBadSize, {}, std::to_string(number) + " of " + std::to_string(size));
}

}  // namespace

Hash hash_of_hashes(std::span<const Hash> hashes) {
    std::vector<Hash> row(hashes.begin(), hashes.end());
    while (row.size() > 1) {
        for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = merkle::hash_children(row[2 * i], row[2 * i + 1]);
        row.resize(row.size() / 2);
    }
    return row.front();
}

Result<std::vector<Hash>> hashes_in_tile(ByteView content, const Tile& tile) {
    if (content.size() != tile.width * hash_bytes)
        return fail(ErrorCode::TileMalformed, {}, tile_path(tile) + ": " + std::to_string(content.size()) + " bytes");
    std::vector<Hash> hashes(tile.width);
    for (std::size_t i = 0; i < hashes.size(); ++i) std::ranges::copy(content.subspan(i * hash_bytes, hash_bytes), hashes[i].begin());
    return hashes;
}

Result<std::vector<Bytes>> entries_in_bundle(ByteView content, std::uint32_t count) {
    std::vector<Bytes> entries;
    std::size_t at = 0;
    for (; entries.size() < count; at += 2 + entries.back().size()) {
        if (content.size() - at < 2) return fail(ErrorCode::TileMalformed, at, std::to_string(entries.size()) + " entries");
        const std::size_t length = static_cast<std::size_t>(content[at] << 8 | content[at + 1]);
        if (content.size() - at - 2 < length) return fail(ErrorCode::TileMalformed, at, std::to_string(length) + " bytes announced");
        entries.push_back(to_bytes(content.subspan(at + 2, length)));
    }
    if (at != content.size()) return fail(ErrorCode::TileMalformed, at, "more than " + std::to_string(count) + " entries");
    return entries;
}

Result<Hash> tree_root(std::uint64_t size, const ReadTile& read) {
    if (size == 0) return crypto::sha256({});
    if (size > max_size) return bad_size(0, size);
    return Tree(size, read).hash(0, size);
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const ReadTile& read) {
    if (index >= size || size > max_size) return bad_size(index, size);
    Tree tree(size, read);
    std::uint64_t start = 0;
    for (std::uint64_t count = size; count > 1;) {
        const std::uint64_t left = std::bit_ceil(count) / 2;
        const bool goes_left = index < start + left;
        if (!(goes_left ? tree.add(start + left, count - left) : tree.add(start, left))) break;
        if (!goes_left) start += left;
        count = goes_left ? left : count - left;
    }
    return tree.finish();
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t old_size, std::uint64_t size, const ReadTile& read) {
    if (old_size == 0 || old_size > size || size > max_size) return bad_size(old_size, size);
    Tree tree(size, read);
    std::uint64_t start = 0;
    std::uint64_t count = size;
    // "SUBPROOF(m, D[n], b)": down to the subtree that ends where the old tree ends.
    while (old_size - start < count) {
        const std::uint64_t left = std::bit_ceil(count) / 2;
        const bool goes_left = old_size - start <= left;
        if (!(goes_left ? tree.add(start + left, count - left) : tree.add(start, left))) return tree.finish();
        if (!goes_left) start += left;
        count = goes_left ? left : count - left;
    }
    if (start > 0) static_cast<void>(tree.add(start, count));  // b is false: the verifier does not know this one
    return tree.finish();
}

}  // namespace pipa::tlog
