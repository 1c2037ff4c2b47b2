#include "scan/symbol_layout.hpp"

#include <algorithm>
#include <cstddef>

namespace pipa::scan {
namespace {

using PerVersion = std::array<std::uint8_t, 40>;

// ISO/IEC 18004:2015 table 9, by the two bits that name the level: M, L, H, Q.
constexpr std::array<PerVersion, 4> parity_codewords = {{
    {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
     26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    {7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
     28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
     30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
     28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
}};
constexpr std::array<PerVersion, 4> block_counts = {{
    {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
     17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    {1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
     8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
     25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
    {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
     23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
}};

std::size_t size_of(int version) noexcept { return 17 + 4 * static_cast<std::size_t>(version); }

Module dark_if(bool dark) noexcept { return dark ? Module::Dark : Module::Light; }

std::size_t distance(std::size_t a, std::size_t b) noexcept { return a > b ? a - b : b - a; }

struct Drawing {
    SymbolLayout& layout;

    void set(std::size_t column, std::size_t row, Module module) { layout.modules[row * layout.size + column] = module; }

    void finder(std::size_t middle_column, std::size_t middle_row) {
        for (std::size_t row = 0; row < layout.size; ++row)
            for (std::size_t column = 0; column < layout.size; ++column) {
                const std::size_t ring = std::max(distance(column, middle_column), distance(row, middle_row));
                if (ring <= 4) set(column, row, dark_if(ring != 2 && ring != 4));
            }
    }
    void alignment(Cell middle) {
        for (std::size_t row = middle.row - 2; row <= middle.row + 2; ++row)
            for (std::size_t column = middle.column - 2; column <= middle.column + 2; ++column)
                set(column, row, dark_if(std::max(distance(column, middle.column), distance(row, middle.row)) != 1));
    }
    void timing() {
        for (std::size_t i = 8; i < layout.size - 8; ++i) {
            set(i, 6, dark_if(i % 2 == 0));
            set(6, i, dark_if(i % 2 == 0));
        }
    }
    // Its 18 bits: the version and what is left of it after division by 1F25 (annex D).
    void version_bits() {
        const auto version = static_cast<unsigned>(layout.version);
        if (version < 7) return;
        unsigned rest = version << 12;
        for (unsigned bit = 17; bit >= 12; --bit)
            if (rest >> bit & 1U) rest ^= 0x1F25U << (bit - 12);
        const unsigned bits = version << 12 | rest;
        for (std::size_t i = 0; i < 18; ++i) {
            const Module module = dark_if(bits >> i & 1U);
            set(layout.size - 11 + i % 3, i / 3, module);
            set(i / 3, layout.size - 11 + i % 3, module);
        }
    }
};

void place_alignments(SymbolLayout& layout) {
    if (layout.version < 2) return;
    const auto version = static_cast<std::size_t>(layout.version);
    const std::size_t count = version / 7 + 2;
    const std::size_t step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;  // annex E
    std::vector<std::size_t> places(count, 6);
    for (std::size_t i = 1; i < count; ++i) places[i] = layout.size - 7 - (count - 1 - i) * step;
    for (const std::size_t row : places)
        for (const std::size_t column : places)
            if (!(row == 6 && column == 6) && !(row == 6 && column == layout.size - 7) && !(row == layout.size - 7 && column == 6))
                layout.alignments.push_back({column, row});
}

void place_format(SymbolLayout& layout) {
    const std::size_t n = layout.size;
    for (std::size_t i = 0; i < 6; ++i) layout.format[i] = {i, 8};
    layout.format[6] = {7, 8};
    layout.format[7] = {8, 8};
    layout.format[8] = {8, 7};
    for (std::size_t i = 0; i < 6; ++i) layout.format[9 + i] = {8, 5 - i};
    for (std::size_t i = 0; i < 7; ++i) layout.format[15 + i] = {8, n - 1 - i};
    for (std::size_t i = 0; i < 8; ++i) layout.format[22 + i] = {n - 8 + i, 8};
}

void place_data(SymbolLayout& layout) {
    bool upwards = true;
    for (std::size_t right = layout.size - 1; right > 0 && right < layout.size; right -= 2) {
        if (right == 6) --right;  // the timing pattern's column
        for (std::size_t i = 0; i < layout.size; ++i)
            for (const std::size_t column : {right, right - 1}) {
                const Cell cell{column, upwards ? layout.size - 1 - i : i};
                if (layout.at(cell) == Module::Data) layout.data.push_back(cell);
            }
        upwards = !upwards;
    }
}

}  // namespace

SymbolLayout make_layout(int version) {
    SymbolLayout layout{.version = version, .size = size_of(version)};
    layout.modules.assign(layout.size * layout.size, Module::Data);
    Drawing drawing{layout};
    place_alignments(layout);
    drawing.timing();
    for (const Cell middle : layout.alignments) drawing.alignment(middle);
    drawing.finder(3, 3);
    drawing.finder(layout.size - 4, 3);
    drawing.finder(3, layout.size - 4);
    place_format(layout);
    for (const Cell cell : layout.format) drawing.set(cell.column, cell.row, Module::Format);
    drawing.set(8, layout.size - 8, Module::Dark);
    drawing.version_bits();
    place_data(layout);
    return layout;
}

std::vector<Block> blocks_of(const SymbolLayout& layout, Correction level) {
    const auto at = static_cast<std::size_t>(layout.version - 1);
    const std::size_t parity = parity_codewords[static_cast<std::size_t>(level)][at];
    const std::size_t count = block_counts[static_cast<std::size_t>(level)][at];
    const std::size_t codewords = layout.data.size() / 8;
    std::vector<Block> blocks(count, {.length = codewords / count, .parity = parity});
    for (std::size_t i = count - codewords % count; i < count; ++i) ++blocks[i].length;  // the longer ones come last
    return blocks;
}

unsigned format_bits(Correction level, unsigned mask) noexcept {
    const unsigned named = static_cast<unsigned>(level) << 3 | mask;
    unsigned rest = named << 10;
    for (unsigned bit = 14; bit >= 10; --bit)
        if (rest >> bit & 1U) rest ^= 0x537U << (bit - 10);
    return (named << 10 | rest) ^ 0x5412U;
}

bool is_masked(unsigned mask, Cell cell) noexcept {
    const std::size_t i = cell.row;
    const std::size_t j = cell.column;
    switch (mask) {
        case 0: return (i + j) % 2 == 0;
        case 1: return i % 2 == 0;
        case 2: return j % 3 == 0;
        case 3: return (i + j) % 3 == 0;
        case 4: return (i / 2 + j / 3) % 2 == 0;
        case 5: return i * j % 2 + i * j % 3 == 0;
        case 6: return (i * j % 2 + i * j % 3) % 2 == 0;
        default: return (i * j % 3 + (i + j) % 2) % 2 == 0;
    }
}

}  // namespace pipa::scan
