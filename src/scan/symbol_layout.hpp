// What is where in a QR symbol (ISO/IEC 18004:2015, model 2): patterns every symbol of a version has, and the order of its codewords.
// ZXing knows the same and keeps it to itself; ours is needed where a symbol is too poor for its detector. Tests hold the two together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pipa::scan {

struct Cell {  // a module
    std::size_t column{};
    std::size_t row{};
};

enum class Module : std::uint8_t { Light, Dark, Format, Data };  // Light and Dark are the same in every symbol of the version

struct SymbolLayout {
    int version{};
    std::size_t size{};                // modules a side
    std::vector<Module> modules{};     // size * size, row by row
    std::vector<Cell> alignments{};    // middles of the alignment patterns; the last one is at the lower right
    std::vector<Cell> data{};          // in the order of the codewords' bits
    std::array<Cell, 30> format{};     // both copies of the format's 15 bits, highest first

    [[nodiscard]] Module at(Cell cell) const noexcept { return modules[cell.row * size + cell.column]; }
};

// `version` is 1..40; made once and kept.
[[nodiscard]] SymbolLayout make_layout(int version);

struct Block {
    std::size_t length{};  // codewords in all
    std::size_t parity{};
};

enum class Correction : std::uint8_t { M, L, H, Q };  // by the two bits that name it

[[nodiscard]] std::vector<Block> blocks_of(const SymbolLayout& layout, Correction level);
[[nodiscard]] unsigned format_bits(Correction level, unsigned mask) noexcept;
[[nodiscard]] bool is_masked(unsigned mask, Cell cell) noexcept;

}  // namespace pipa::scan
