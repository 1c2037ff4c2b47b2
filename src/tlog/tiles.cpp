#include "tlog/tiles.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace pipa::tlog {
namespace {

constexpr std::uint32_t tile_height = 8;  // 2^8 hashes
constexpr std::string_view partial_mark = ".p/";

std::string three_digits(std::uint64_t number) {
    std::string digits = std::to_string(number);
    return digits.insert(0, 3 - digits.size(), '0');
}

// A decimal number without leading zeroes.
std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = problem == std::errc{} && end == text.data() + text.size();
    if (!whole || number > most || (text.size() > 1 && text.front() == '0')) return {};
    return number;
}

// "x001/x234/067" -> 1234067: "zero-padded 3-digit path elements. All but the last path element MUST begin with an x."
std::optional<std::uint64_t> parse_index(std::string_view text) {
    std::string digits;
    while (text.starts_with('x')) {
        if (text.size() < 5 || text[4] != '/') return {};
        digits += text.substr(1, 3);
        text.remove_prefix(5);
    }
    // One number, one path: no leading element of zeroes.
    if (text.size() != 3 || digits.starts_with("000")) return {};
    digits += text;
    const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return parse_number(std::string_view{digits}.substr(first), UINT64_MAX);
}

}  // namespace

std::string tile_path(const Tile& tile) {
    std::string path = three_digits(tile.index % 1000);
    for (std::uint64_t rest = tile.index / 1000; rest > 0; rest /= 1000) path = "x" + three_digits(rest % 1000) + "/" + path;
    path = (tile.holds == Tile::Holds::Entries ? "tile/entries/" : "tile/" + std::to_string(tile.level) + "/") + path;
    return tile.width == tile_width ? path : path + std::string(partial_mark) + std::to_string(tile.width);
}

Result<Tile> parse_tile_path(std::string_view path) {
    const auto bad = [&] { return fail(ErrorCode::TileBadPath, {}, std::string(path.substr(0, 100))); };
    constexpr std::string_view start = "tile/";
    if (!path.starts_with(start)) return bad();
    std::string_view rest = path.substr(start.size());
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return bad();
    Tile tile;
    if (rest.substr(0, slash) == "entries") {
        tile.holds = Tile::Holds::Entries;
    } else {
        const auto level = parse_number(rest.substr(0, slash), max_tile_level);
        if (!level) return bad();
        tile.level = static_cast<std::uint32_t>(*level);
    }
    rest.remove_prefix(slash + 1);
    if (const auto mark = rest.find(partial_mark); mark != std::string_view::npos) {
        const auto width = parse_number(rest.substr(mark + partial_mark.size()), tile_width - 1);
        if (!width || *width == 0) return bad();
        tile.width = static_cast<std::uint32_t>(*width);
        rest = rest.substr(0, mark);
    }
    const auto index = parse_index(rest);
    if (!index) return bad();
    tile.index = *index;
    return tile;
}

// "The partial tile at level l for a tree of size s has floor(s / 256**l) mod 256 entries."
Tile tile_in_tree(std::uint32_t level, std::uint64_t index, std::uint64_t tree_size) {
    const std::uint64_t hashes = tree_size >> (tile_height * level);  // on this level
    const std::uint64_t full_tiles = hashes / tile_width;
    std::uint32_t width = 0;
    if (index < full_tiles) width = tile_width;
    if (index == full_tiles) width = static_cast<std::uint32_t>(hashes % tile_width);
    return {.level = level, .index = index, .width = width};
}

NodePlace place_of_node(std::uint32_t height, std::uint64_t index, std::uint64_t tree_size) {
    const std::uint32_t within = height % tile_height;  // levels above the hashes that the tile stores
    const std::uint64_t first = index << within;        // counted along the tile level
    return {tile_in_tree(height / tile_height, first / tile_width, tree_size), static_cast<std::uint32_t>(first % tile_width),
            std::uint32_t{1} << within};
}

}  // namespace pipa::tlog
