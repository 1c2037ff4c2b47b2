// Entries in, tiles out: the files of a growing log (C2SP tlog-tiles), the same whether they are written or compared.
//
// Each full tile and bundle is handed on as soon as it is full, the partial ones by finish(); what did not change since
// resume() is not handed on again. Memory: one tile a level. Errors: those of the callbacks, tile.malformed, log.*.
#pragma once

#include <array>

#include "tlog/tree.hpp"

namespace pipa::tlog {

using PutTile = std::function<Result<void>(const Tile&, ByteView content)>;

class TileBuilder {
public:
    explicit TileBuilder(PutTile put) : m_put(std::move(put)) {}

    // Goes on where a tree of this size ends; reads its partial tiles and last bundle, and holds the bundle against its tile.
    [[nodiscard]] Result<void> resume(std::uint64_t size, const ReadTile& read);
    [[nodiscard]] Result<void> add(ByteView entry);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] std::uint64_t size() const noexcept { return m_size; }

private:
    struct Level {
        std::vector<merkle::Hash> hashes{};
        std::uint64_t index{};  // of the tile that is being filled
        bool changed{};
    };
    Result<void> add_hash(std::uint32_t level, const merkle::Hash& hash);
    Result<void> put_hashes(std::uint32_t level);
    Result<void> put_bundle();
    [[nodiscard]] std::uint32_t bundle_width() const noexcept;

    PutTile m_put;
    std::uint64_t m_size{};
    std::array<Level, max_tile_level + 1> m_levels{};
    Bytes m_bundle{};
};

}  // namespace pipa::tlog
