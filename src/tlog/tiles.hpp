// Where a log's hashes and entries lie (C2SP tlog-tiles): the Merkle tree as files of 256 hashes each, for any web server.
//
// The tile n of level l holds the roots of the 256 complete subtrees of 256^l leaves that start at leaf n * 256^(l+1);
// the last tile of a level may be partial. Heights count the tree's own levels: leaves are 0. Errors: tile.bad_path.
#pragma once

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::tlog {

inline constexpr std::uint32_t tile_width = 256;
inline constexpr std::uint32_t max_tile_level = 7;  // 256^8 leaves are all that 64 bits can number

struct Tile {
    enum class Holds : std::uint8_t { Hashes, Entries };
    Holds holds{Holds::Hashes};
    std::uint32_t level{};  // 0 for entries
    std::uint64_t index{};
    std::uint32_t width{tile_width};  // 1 to 256

    bool operator==(const Tile&) const = default;
};

// "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/x001/x234/067".
[[nodiscard]] std::string tile_path(const Tile& tile);
[[nodiscard]] Result<Tile> parse_tile_path(std::string_view path);

// The tile as it is in a tree of this size; width 0 where that tree has no such tile.
[[nodiscard]] Tile tile_in_tree(std::uint32_t level, std::uint64_t index, std::uint64_t tree_size);

// The tile that a node of the tree is found in: its hash is the Merkle tree hash of `count` hashes from `first` on.
struct NodePlace {
    Tile tile{};
    std::uint32_t first{};
    std::uint32_t count{};  // a power of two
};
// The node must be complete in a tree of this size: (index + 1) * 2^height <= tree_size.
[[nodiscard]] NodePlace place_of_node(std::uint32_t height, std::uint64_t index, std::uint64_t tree_size);

}  // namespace pipa::tlog
