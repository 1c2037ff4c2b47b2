#include "tlog/tile_builder.hpp"

#include <algorithm>

namespace pipa::tlog {
namespace {

constexpr std::uint64_t max_size = std::uint64_t{1} << 62;  // level 7 is never full

}  // namespace

Result<void> TileBuilder::resume(std::uint64_t size, const ReadTile& read) {
    m_size = size;
    for (std::uint32_t level = 0; level <= max_tile_level; ++level) {
        const std::uint64_t index = size >> (8 * level) >> 8;
        m_levels[level] = {.index = index};
        const Tile tile = tile_in_tree(level, index, size);
        if (tile.width == 0) continue;
        const auto content = read(tile);
        if (!content) return std::unexpected(content.error());
        auto hashes = hashes_in_tile(*content, tile);
        if (!hashes) return std::unexpected(hashes.error());
        m_levels[level].hashes = std::move(*hashes);
    }
    m_bundle.clear();
    const std::vector<merkle::Hash>& leaves = m_levels[0].hashes;
    if (leaves.empty()) return {};
    auto bundle = read({.holds = Tile::Holds::Entries, .index = m_levels[0].index, .width = static_cast<std::uint32_t>(leaves.size())});
    if (!bundle) return std::unexpected(bundle.error());
    const auto entries = entries_in_bundle(*bundle, static_cast<std::uint32_t>(leaves.size()));
    if (!entries) return std::unexpected(entries.error());
    if (!std::ranges::equal(*entries, leaves, {}, [](const Bytes& entry) { return merkle::hash_leaf(entry); }))
        return fail(ErrorCode::LogBroken, {}, "the last bundle does not fit its tile");
    m_bundle = std::move(*bundle);
    return {};
}

Result<void> TileBuilder::add(ByteView entry) {
    if (m_size >= max_size || entry.size() > max_entry_bytes) return fail(ErrorCode::LogFull, m_size);
    m_bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
    m_bundle.push_back(static_cast<std::uint8_t>(entry.size() & 0xFF));
    m_bundle.insert(m_bundle.end(), entry.begin(), entry.end());
    ++m_size;
    if (m_size % tile_width == 0) {
        if (auto ok = put_bundle(); !ok) return ok;
        m_bundle.clear();
    }
    return add_hash(0, merkle::hash_leaf(entry));
}

// "each hash in a tile is the Merkle Tree Hash of a full tile at the level below"
Result<void> TileBuilder::add_hash(std::uint32_t level, const merkle::Hash& hash) {
    Level& at = m_levels[level];
    at.hashes.push_back(hash);
    at.changed = true;
    if (at.hashes.size() < tile_width) return {};
    if (auto ok = put_hashes(level); !ok) return ok;
    const merkle::Hash above = hash_of_hashes(at.hashes);
    at.hashes.clear();
    at.changed = false;
    ++at.index;
    return add_hash(level + 1, above);
}

Result<void> TileBuilder::put_hashes(std::uint32_t level) {
    const Level& at = m_levels[level];
    Bytes content;
    content.reserve(at.hashes.size() * std::tuple_size_v<merkle::Hash>);
    for (const merkle::Hash& hash : at.hashes) content.insert(content.end(), hash.begin(), hash.end());
    return m_put({.level = level, .index = at.index, .width = static_cast<std::uint32_t>(at.hashes.size())}, content);
}

std::uint32_t TileBuilder::bundle_width() const noexcept {
    const auto part = static_cast<std::uint32_t>(m_size % tile_width);
    return part == 0 ? tile_width : part;
}

Result<void> TileBuilder::put_bundle() {
    return m_put({.holds = Tile::Holds::Entries, .index = (m_size - 1) / tile_width, .width = bundle_width()}, m_bundle);
}

Result<void> TileBuilder::finish() {
    if (m_levels[0].changed)
        if (auto ok = put_bundle(); !ok) return ok;
    for (std::uint32_t level = 0; level <= max_tile_level; ++level) {
        if (!m_levels[level].changed) continue;
        if (auto ok = put_hashes(level); !ok) return ok;
        m_levels[level].changed = false;
    }
    return {};
}

}  // namespace pipa::tlog
