#include <catch2/catch_test_macros.hpp>

#include <map>

#include "base/hex.hpp"
#include "support/table.hpp"
#include "tlog/tile_builder.hpp"

using namespace pipa;
using namespace pipa::test;
using merkle::Hash;
using tlog::Tile;

namespace {

Bytes entry_of(std::uint64_t number) { return to_bytes(as_bytes("entry " + std::to_string(number))); }

// The files of a log, in memory.
struct Files {
    std::map<std::string, Bytes> by_path{};

    tlog::PutTile writer() {
        return [this](const Tile& tile, ByteView content) -> Result<void> {
            by_path[tlog::tile_path(tile)] = to_bytes(content);
            return {};
        };
    }
    [[nodiscard]] tlog::ReadTile reader() const {
        return [this](const Tile& tile) -> Result<Bytes> {
            const auto found = by_path.find(tlog::tile_path(tile));
            if (found == by_path.end()) return fail(ErrorCode::FileUnreadable, {}, tlog::tile_path(tile));
            return found->second;
        };
    }
};

Files files_of(std::uint64_t size) {
    Files files;
    tlog::TileBuilder builder(files.writer());
    for (std::uint64_t i = 0; i < size; ++i) REQUIRE(builder.add(entry_of(i)));
    REQUIRE(builder.finish());
    return files;
}

// RFC 6962 section 2.1 on the entries themselves.
Hash root_by_definition(std::uint64_t first, std::uint64_t count) {
    if (count == 0) return crypto::sha256({});
    if (count == 1) return merkle::hash_leaf(entry_of(first));
    std::uint64_t k = 1;
    while (k * 2 < count) k *= 2;
    return merkle::hash_children(root_by_definition(first, k), root_by_definition(first + k, count - k));
}

}  // namespace

TEST_CASE("tree: roots from tiles are those of the entries", "[log]") {
    for (const std::uint64_t size : {0U, 1U, 2U, 3U, 7U, 8U, 255U, 256U, 257U, 511U, 512U, 700U, 65'536U, 66'000U}) {
        INFO(size);
        const Files files = files_of(size);
        CHECK(tlog::tree_root(size, files.reader()) == root_by_definition(0, size));
    }
}

// RFC 6962's own test tree, as Certificate Transparency publishes it: eight entries and the root of each size.
TEST_CASE("tree: the roots of the tree that Certificate Transparency tests with", "[log]") {
    const char* const entries[] = {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const char* const roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                 "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                 "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                 "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Files files;
    tlog::TileBuilder builder(files.writer());
    for (std::size_t i = 0; i < std::size(entries); ++i) {
        REQUIRE(builder.add(from_hex(entries[i]).value()));
        REQUIRE(builder.finish());
        CHECK(to_hex(tlog::tree_root(i + 1, files.reader()).value()) == roots[i]);
    }
}

TEST_CASE("tree: every proof that is made is one that verifies", "[log]") {
    const std::uint64_t size = 300;
    const Files files = files_of(size);
    const Hash root = tlog::tree_root(size, files.reader()).value();
    for (std::uint64_t i = 0; i < size; ++i) {
        const auto proof = tlog::inclusion_proof(i, size, files.reader());
        REQUIRE(proof);
        CHECK(merkle::verify_inclusion(i, size, merkle::hash_leaf(entry_of(i)), *proof, root));
    }
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
        const auto proof = tlog::consistency_proof(old_size, size, files.reader());
        REQUIRE(proof);
        CHECK(merkle::verify_consistency(old_size, size, root_by_definition(0, old_size), root, *proof));
    }
}

TEST_CASE("tree: small trees of every size prove every entry and every older size", "[log]") {
    Files files;
    tlog::TileBuilder builder(files.writer());
    for (std::uint64_t size = 1; size <= 40; ++size) {
        REQUIRE(builder.add(entry_of(size - 1)));
        REQUIRE(builder.finish());
        const Hash root = tlog::tree_root(size, files.reader()).value();
        for (std::uint64_t i = 0; i < size; ++i) {
            CHECK(merkle::verify_inclusion(i, size, merkle::hash_leaf(entry_of(i)), tlog::inclusion_proof(i, size, files.reader()).value(), root));
            CHECK(merkle::verify_consistency(i + 1, size, root_by_definition(0, i + 1), root, tlog::consistency_proof(i + 1, size, files.reader()).value()));
        }
    }
}

TEST_CASE("tree: a log that goes on where it ended has the files of one that grew in one go", "[log]") {
    for (const std::uint64_t first : {0U, 1U, 200U, 255U, 256U, 300U, 512U}) {
        INFO(first);
        Files files = files_of(first);
        tlog::TileBuilder builder(files.writer());
        REQUIRE(builder.resume(first, files.reader()));
        for (std::uint64_t i = first; i < 700; ++i) REQUIRE(builder.add(entry_of(i)));
        REQUIRE(builder.finish());
        for (const auto& [path, content] : files_of(700).by_path) CHECK(files.by_path.at(path) == content);
    }
}

TEST_CASE("tree: tlog-tiles' example of 70,000 entries has the files that it says", "[log]") {
    const Files files = files_of(70'000);
    std::map<std::string, std::size_t> count;
    for (const auto& [path, content] : files.by_path) {
        const Tile tile = tlog::parse_tile_path(path).value();
        ++count[(tile.holds == Tile::Holds::Entries ? "entries" : std::to_string(tile.level)) + (tile.width == 256 ? " full" : " " + std::to_string(tile.width))];
    }
    const std::map<std::string, std::size_t> said = {{"0 full", 273}, {"0 112", 1}, {"1 full", 1}, {"1 17", 1}, {"2 1", 1}, {"entries full", 273}, {"entries 112", 1}};
    CHECK(count == said);
}

TEST_CASE("tree: nothing is handed on twice", "[log]") {
    Files files = files_of(300);
    std::size_t put = 0;
    tlog::TileBuilder builder([&](const Tile&, ByteView) -> Result<void> { ++put; return {}; });
    REQUIRE(builder.resume(300, files.reader()));
    REQUIRE(builder.finish());
    CHECK(put == 0);
    REQUIRE(builder.add(entry_of(300)));
    REQUIRE(builder.finish());
    CHECK(put == 2);  // the last tile of hashes and its bundle; the level above is as it was
}

TEST_CASE("tree: refuses sizes that no proof is about, and tiles of another length", "[log]") {
    Files files = files_of(5);
    CHECK(answer_of(tlog::inclusion_proof(5, 5, files.reader())) == "merkle.bad_size(5 of 5)");
    CHECK(answer_of(tlog::inclusion_proof(0, 0, files.reader())) == "merkle.bad_size(0 of 0)");
    CHECK(answer_of(tlog::consistency_proof(0, 5, files.reader())) == "merkle.bad_size(0 of 5)");
    CHECK(answer_of(tlog::consistency_proof(6, 5, files.reader())) == "merkle.bad_size(6 of 5)");
    CHECK(answer_of(tlog::tree_root(6, files.reader())) == "file.unreadable(tile/0/000.p/6)");
    files.by_path["tile/0/000.p/5"].pop_back();
    CHECK(answer_of(tlog::tree_root(5, files.reader())) == "tile.malformed(tile/0/000.p/5: 159 bytes)");
    tlog::TileBuilder builder(files.writer());
    CHECK(answer_of(builder.resume(5, files.reader())) == "tile.malformed(tile/0/000.p/5: 159 bytes)");
}

TEST_CASE("tree: a bundle that does not fit its tile is noticed before the log goes on", "[log]") {
    Files files = files_of(5);
    files.by_path["tile/entries/000.p/5"].back() ^= 1;
    tlog::TileBuilder builder(files.writer());
    CHECK(answer_of(builder.resume(5, files.reader())) == "log.broken(the last bundle does not fit its tile)");
}

TEST_CASE("tree: bundles are read strictly", "[log]") {
    const Bytes bundle = {0, 1, 'a', 0, 0, 0, 2, 'b', 'c'};
    const auto entries = tlog::entries_in_bundle(bundle, 3);
    REQUIRE(entries);
    CHECK(*entries == std::vector<Bytes>{{'a'}, {}, {'b', 'c'}});
    CHECK(answer_of(tlog::entries_in_bundle(bundle, 2)) == "tile.malformed@5(more than 2 entries)");
    CHECK(answer_of(tlog::entries_in_bundle(bundle, 4)) == "tile.malformed@9(3 entries)");
    CHECK(answer_of(tlog::entries_in_bundle(ByteView(bundle).first(8), 3)) == "tile.malformed@5(2 bytes announced)");
    CHECK(answer_of(tlog::entries_in_bundle(ByteView(bundle).first(4), 3)) == "tile.malformed@3(1 entries)");
}

TEST_CASE("tree: an entry has at most 65,535 bytes", "[log]") {
    Files files;
    tlog::TileBuilder builder(files.writer());
    CHECK(builder.add(Bytes(65'535)));
    CHECK(answer_of(builder.add(Bytes(65'536))) == "log.full@1");
}
