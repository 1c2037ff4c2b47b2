#include "crypto/base64.hpp"
#include "limits/limits.hpp"
#include "tlog/note.hpp"
#include "tlog/proof_file.hpp"
#include "tlog/tile_builder.hpp"
#include "tlog/tree.hpp"

namespace pipa::test {
namespace {

using namespace tlog;

constexpr std::uint64_t largest = std::uint64_t{1} << 62;

Result<Bytes> no_tile(const Tile&) { return fail(ErrorCode::TileMalformed); }

std::string entry_of(std::size_t size) {
    TileBuilder builder([](const Tile&, ByteView) { return Result<void>{}; });
    return code_of(builder.add(Bytes(size)));
}
// A log of so many entries, whose partial tiles are all zeros, and one more.
std::string one_more_than(std::uint64_t size) {
    TileBuilder builder([](const Tile&, ByteView) { return Result<void>{}; });
    const auto read = [](const Tile& tile) -> Result<Bytes> {
        if (tile.holds == Tile::Holds::Hashes) {
            Bytes content;
            for (std::uint32_t i = 0; i < tile.width; ++i)
                for (const std::uint8_t byte : merkle::hash_leaf({})) content.push_back(byte);
            return content;
        }
        return Bytes(std::size_t{2} * tile.width);  // entries of no bytes
    };
    if (const auto resumed = builder.resume(size, read); !resumed) return "not resumed: " + code_of(resumed);
    return code_of(builder.add({}));
}

std::string root_of(std::uint64_t size) { return code_of(tree_root(size, no_tile)); }
std::string inclusion_in(std::uint64_t size) { return code_of(inclusion_proof(0, size, no_tile)); }
std::string consistency_with(std::uint64_t size) { return code_of(consistency_proof(1, size, no_tile)); }
std::string level_of(int level) { return code_of(parse_tile_path("tile/" + std::to_string(level) + "/000")); }
std::string width_of(int width) { return code_of(parse_tile_path("tile/0/000.p/" + std::to_string(width))); }

std::string proof_of(std::size_t size) {
    std::string text = "c2sp.org/tlog-proof@v1\nindex 0\n\n";
    text.resize(size, 'x');
    return code_of(parse_proof_file(text));
}
std::string proof_with(std::size_t hashes) {
    return code_of(parse_proof_file(write_proof_file({.hashes = std::vector<merkle::Hash>(hashes), .checkpoint = "x"}))); }

std::string note_of(std::size_t size) { return code_of(note::parse_note(std::string(size, 'x'))); }
std::string note_with(std::size_t signatures) {
    std::string text = "text\n\n";
    for (std::size_t i = 0; i < signatures; ++i) text += "\xE2\x80\x94 name " + crypto::to_base64(Bytes(5)) + "\n";
    return code_of(note::parse_note(text));
}

}  // namespace

std::vector<Limit> limits_of_tlog() {
    return {
        {"tlog/tree.hpp", "max_entry_bytes", [] { return entry_of(65'535); }, "ok", [] { return entry_of(65'536); }, "log.full"},
        {"tlog/tile_builder.cpp", "max_size", [] { return one_more_than(largest - 1); }, "ok", [] { return one_more_than(largest); },
            "log.full"},
        {"tlog/tree.cpp", "max_size", [] { return root_of(largest); }, "tile.malformed", [] { return root_of(largest + 1); },
            "merkle.bad_size"},
        {"tlog/tree.cpp", "max_size", [] { return inclusion_in(largest); }, "tile.malformed", [] { return inclusion_in(largest + 1); },
            "merkle.bad_size"},
        {"tlog/tree.cpp", "max_size", [] { return consistency_with(largest); }, "tile.malformed",
            [] { return consistency_with(largest + 1); }, "merkle.bad_size"},
        {"tlog/tiles.hpp", "max_tile_level", [] { return level_of(7); }, "ok", [] { return level_of(8); }, "tile.bad_path"},
        {"tlog/tiles.hpp", "width of a tile", [] { return width_of(255); }, "ok", [] { return width_of(256); }, "tile.bad_path"},
        {"tlog/tiles.hpp", "width of a tile", [] { return width_of(1); }, "ok", [] { return width_of(0); }, "tile.bad_path"},
        {"tlog/proof_file.hpp", "max_proof_bytes", [] { return proof_of(65'536); }, "ok", [] { return proof_of(65'537); },
            "log_proof.too_large"},
        {"tlog/proof_file.hpp", "max_proof_hashes", [] { return proof_with(63); }, "ok", [] { return proof_with(64); },
            "log_proof.too_large"},
        {"tlog/note.hpp", "max_note_bytes", [] { return note_of(std::size_t{1} << 20); }, "note.malformed",
            [] { return note_of((std::size_t{1} << 20) + 1); }, "note.too_large"},
        {"tlog/note.hpp", "max_signatures", [] { return note_with(100); }, "ok", [] { return note_with(101); }, "note.too_large"},
    };
}

}  // namespace pipa::test
