// Proofs in an append-only Merkle tree (RFC 6962 section 2.1, SHA-256), verified by the algorithms of RFC 9162 section 2.1,
// which spell out what RFC 6962 leaves to the reader. A tree of size n has the leaves 0 to n-1; hashes are 32 bytes.
// Errors: merkle.bad_hash, merkle.bad_size, merkle.bad_proof (malformed) and merkle.wrong_root (the answer 'no').
#pragma once

#include <span>

#include "base/error.hpp"
#include "crypto/ed25519.hpp"

namespace pipa::merkle {

using Hash = crypto::Digest;

[[nodiscard]] Hash hash_leaf(ByteView entry);  // SHA-256(0x00 || entry)
[[nodiscard]] Hash hash_children(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)
[[nodiscard]] Result<Hash> to_hash(ByteView bytes);

// That the leaf of this hash stands at `index` in the tree of `size` leaves under `root`. RFC 9162 section 2.1.3.2.
[[nodiscard]] Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                                            std::span<const Hash> proof, const Hash& root);

// That the larger tree begins with all of the smaller one. RFC 9162 section 2.1.4.2. Sizes of 0 are refused: every tree
// begins with the empty one, so a proof would say nothing. Equal sizes need equal roots and no proof; nothing is hashed
// then, so that the roots are compared as they are, whatever their length.
[[nodiscard]] Result<void> verify_consistency(std::uint64_t old_size, std::uint64_t new_size, ByteView old_root,
                                              ByteView new_root, std::span<const Hash> proof);

}  // namespace pipa::merkle
