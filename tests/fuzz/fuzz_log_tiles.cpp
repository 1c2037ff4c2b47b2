// A public log's files: a tree that is built in two goes from any entries has the root of its leaves and proofs that hold; one byte that is
// changed in a tile, or anything else in its place, is never taken for it; paths and places mean one tile; no checkpoint but the log's own opens.
#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "support/log_proofs.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/proof_file.hpp"
#include "tlog/tile_builder.hpp"

using namespace pipa;
using namespace pipa::tlog;
using fuzz::must;

namespace {

using Files = std::map<std::string, Bytes>;

merkle::Hash root_of(std::span<const merkle::Hash> leaves) {
    if (leaves.size() == 1) return leaves.front();
    const std::size_t left = std::bit_ceil(leaves.size()) / 2;
    return merkle::hash_children(root_of(leaves.first(left)), root_of(leaves.subspan(left)));
}

struct Log {
    Files files{};
    std::vector<merkle::Hash> leaves{};

    [[nodiscard]] ReadTile reader() const {
        return [this](const Tile& tile) -> Result<Bytes> {
            const auto found = files.find(tile_path(tile));
            if (found == files.end()) return fail(ErrorCode::TileMalformed);
            return found->second;
        };
    }
    Result<void> grow(std::uint64_t to, ByteView entries) {
        TileBuilder builder([this](const Tile& tile, ByteView content) -> Result<void> {
            files[tile_path(tile)] = to_bytes(content);
            return {};
        });
        if (auto ok = builder.resume(leaves.size(), reader()); !ok) return ok;
        while (leaves.size() < to) {
            // Short entries that differ, in a window over the input.
            const std::size_t at = entries.empty() ? 0 : leaves.size() * 3 % entries.size();
            const ByteView entry = entries.subspan(at, std::min<std::size_t>(leaves.size() % 7, entries.size() - at));
            if (auto ok = builder.add(entry); !ok) return ok;
            leaves.push_back(merkle::hash_leaf(entry));
        }
        return builder.finish();
    }
};

void check_tree(std::uint64_t first, std::uint64_t size, ByteView entries) {
    Log log;
    must(log.grow(first, entries).has_value(), "a log takes its entries");
    const Log half = log;
    must(log.grow(size, entries).has_value(), "a log goes on where it ended");
    Log whole;
    must(whole.grow(size, entries) && std::ranges::includes(log.files, whole.files), "two goes leave the files of one");
    const auto root = tree_root(size, log.reader());
    must(root && *root == (size == 0 ? crypto::sha256({}) : root_of(log.leaves)), "a tree has the root of its leaves");
    if (size == 0) return;
    const std::uint64_t index = first % size;
    const auto proof = inclusion_proof(index, size, log.reader());
    must(proof && merkle::verify_inclusion(index, size, log.leaves[index], *proof, *root), "what is in a log can be shown");
    if (first > 0) {
        const auto consistent = consistency_proof(first, size, log.reader());
        must(consistent && merkle::verify_consistency(first, size, root_of(half.leaves), *root, *consistent), "what a log becomes can be shown");
    }
    // One byte of one file.
    const std::uint8_t spoiler = entries.empty() ? 1 : static_cast<std::uint8_t>(entries.front() | 1);
    auto file = std::next(log.files.begin(), spoiler % static_cast<std::ptrdiff_t>(log.files.size()));
    file->second[spoiler % file->second.size()] ^= spoiler;
    const auto spoilt = tree_root(size, log.reader());
    const auto shown = inclusion_proof(index, size, log.reader());
    must(!spoilt || *spoilt == *root || !file->first.starts_with("tile/entries"), "entries are no part of a root");
    must(!shown || *shown == *proof || !merkle::verify_inclusion(index, size, log.leaves[index], *shown, *root), "a spoilt tile proves nothing");
    TileBuilder again([](const Tile&, ByteView) -> Result<void> { return {}; });
    static_cast<void>(again.resume(size, log.reader()));
}

void check_places(ByteView numbers) {
    std::uint64_t size = 0, index = 0;
    if (numbers.size() < 18) return;
    std::memcpy(&size, numbers.data(), sizeof size);
    std::memcpy(&index, numbers.data() + sizeof size, sizeof index);
    const Tile tile{.level = numbers[16] % (max_tile_level + 1U), .index = index, .width = numbers[17] + 1U};
    const auto again = parse_tile_path(tile_path(tile));
    must(again && *again == tile, "a tile has one path");
    must(tile_in_tree(tile.level, index, size).width <= tile_width, "a tile has a width");
    // Whatever a server says that it holds.
    const ReadTile anything = [&](const Tile& wanted) -> Result<Bytes> {
        Bytes content(wanted.width * std::size_t{32});
        for (std::size_t i = 0; i < content.size(); ++i) content[i] = numbers[i % numbers.size()];
        return content;
    };
    if (const auto root = tree_root(size, anything); root && index < size)
        if (const auto proof = inclusion_proof(index, size, anything)) must(proof->size() <= 64, "a proof is as long as the tree is high");
    static_cast<void>(consistency_proof(index, size, anything));
    const ReadTile given = [&](const Tile&) -> Result<Bytes> { return to_bytes(numbers); };
    TileBuilder builder([](const Tile&, ByteView) -> Result<void> { return {}; });
    if (builder.resume(size, given)) static_cast<void>(builder.add(numbers.first(3)));
}

void check_checkpoint(std::string_view text) {
    static const note::VerifierKey key = note::parse_verifier_key(test::load_table("log_proof.json")["base"]["key"].get<std::string>()).value();
    const auto opened = open_checkpoint(text, key.name, key, {});
    if (!opened) return;
    must(opened->checkpoint.origin == key.name && note::verify_note(text, std::span(&key, 1)).has_value(), "only what the log signed opens");
    must(opened->checkpoint.size < 1000, "the log signed no larger tree");
}

}  // namespace

void fuzz_one(ByteView input) {
    if (input.size() < 5) return;
    const ByteView rest = input.subspan(5);
    switch (input[0] % 3) {
        case 0: {
            const std::uint64_t size = (input[1] + 256U * input[2]) % 600, first = size == 0 ? 0 : (input[3] + 256U * input[4]) % (size + 1);
            return check_tree(first, size, rest);
        }
        case 1: return check_places(rest);
        default: return check_checkpoint(as_text(rest));
    }
}
