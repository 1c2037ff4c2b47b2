#include <catch2/catch_test_macros.hpp>

#include "support/table.hpp"
#include "tlog/tiles.hpp"

using namespace pipa;
using namespace pipa::test;
using tlog::Tile;

TEST_CASE("tiles: a tile has one path, and the path one tile", "[log]") {
    struct Row { Tile tile; const char* path; };
    const Row rows[] = {
        {{.level = 0, .index = 0}, "tile/0/000"},
        {{.level = 0, .index = 1'234'067}, "tile/0/x001/x234/067"},  // the specification's example
        {{.level = 7, .index = 999}, "tile/7/999"},
        {{.level = 1, .index = 1'000}, "tile/1/x001/000"},
        {{.level = 2, .index = 0, .width = 17}, "tile/2/000.p/17"},
        {{.level = 0, .index = UINT64_MAX, .width = 255}, "tile/0/x018/x446/x744/x073/x709/x551/615.p/255"},
        {{.holds = Tile::Holds::Entries, .index = 273, .width = 112}, "tile/entries/273.p/112"},
    };
    for (const Row& row : rows) {
        CHECK(tlog::tile_path(row.tile) == row.path);
        const auto parsed = tlog::parse_tile_path(row.path);
        REQUIRE(parsed);
        CHECK(*parsed == row.tile);
    }
    for (const char* path : {"", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/0/x001", "tile/0/x000/001", "tile/00/000",
                             "tile/8/000", "tile/-1/000", "tile/0/001/002", "tile/0/x01/002", "tile/0/00a", "tile/0/+01", "tile/0/000.p",
                             "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/1/", "/tile/0/000",
                             "tile/0/x018/x446/x744/x073/x709/x551/616", "tile/entries", "tile/entry/000"}) {
        INFO(path);
        CHECK(without_detail(answer_of(tlog::parse_tile_path(path))) == "tile.bad_path");
    }
}

TEST_CASE("tiles: a tree of 70,000 leaves has the tiles that the specification counts", "[log]") {
    CHECK(tlog::tile_in_tree(0, 272, 70'000).width == 256);
    CHECK(tlog::tile_in_tree(0, 273, 70'000).width == 112);
    CHECK(tlog::tile_in_tree(0, 274, 70'000).width == 0);
    CHECK(tlog::tile_in_tree(1, 0, 70'000).width == 256);
    CHECK(tlog::tile_in_tree(1, 1, 70'000).width == 17);
    CHECK(tlog::tile_in_tree(2, 0, 70'000).width == 1);
    CHECK(tlog::tile_in_tree(3, 0, 70'000).width == 0);
    CHECK(tlog::tile_in_tree(0, 0, 256).width == 256);
    CHECK(tlog::tile_in_tree(1, 0, 256).width == 1);
    CHECK(tlog::tile_in_tree(7, 0, UINT64_MAX).width == 255);
}

TEST_CASE("tiles: a node of the tree is found in one tile", "[log]") {
    const auto leaf = tlog::place_of_node(0, 300, 70'000);
    CHECK(leaf.tile == Tile{.level = 0, .index = 1});
    CHECK(leaf.first == 44);
    CHECK(leaf.count == 1);
    const auto pair = tlog::place_of_node(3, 33, 70'000);  // leaves 264 to 271
    CHECK(pair.tile == Tile{.level = 0, .index = 1});
    CHECK(pair.first == 8);
    CHECK(pair.count == 8);
    const auto high = tlog::place_of_node(9, 128, 70'000);  // leaves 65,536 to 66,047: hashes 256 and 257 of level 1
    CHECK(high.tile == Tile{.level = 1, .index = 1, .width = 17});
    CHECK(high.first == 0);
    CHECK(high.count == 2);
}
