// Roots and proofs of a log, worked out from its tiles (RFC 6962 section 2.1, over C2SP tlog-tiles).
//
// Every function asks `read` for the tiles that it needs, each once, and believes what it is given: hold the root against a
// signed checkpoint. Sizes of trees are those of the checkpoint. Errors: those of `read`, tile.malformed, merkle.bad_size.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "tlog/merkle.hpp"
#include "tlog/tiles.hpp"

namespace pipa::tlog {

// The content of a tile of hashes: `width` times 32 bytes.
using ReadTile = std::function<Result<Bytes>(const Tile&)>;

// MTH(D[0:size]); the root of the empty tree is the hash of nothing.
[[nodiscard]] Result<merkle::Hash> tree_root(std::uint64_t size, const ReadTile& read);
// PATH(index, D[0:size]). merkle.bad_size unless index < size.
[[nodiscard]] Result<std::vector<merkle::Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const ReadTile& read);
// PROOF(old_size, D[0:size]). merkle.bad_size unless 0 < old_size <= size; nothing to prove where they are equal.
[[nodiscard]] Result<std::vector<merkle::Hash>> consistency_proof(std::uint64_t old_size, std::uint64_t size, const ReadTile& read);

// The root over a power of two of hashes that stand side by side, 1 to 256.
[[nodiscard]] merkle::Hash hash_of_hashes(std::span<const merkle::Hash> hashes);

// The hashes of a tile. Errors: tile.malformed.
[[nodiscard]] Result<std::vector<merkle::Hash>> hashes_in_tile(ByteView content, const Tile& tile);

// The entries of a bundle, each as long as its two bytes of length say. Errors: tile.malformed.
[[nodiscard]] Result<std::vector<Bytes>> entries_in_bundle(ByteView content, std::uint32_t count);
inline constexpr std::size_t max_entry_bytes = 65'535;

}  // namespace pipa::tlog
