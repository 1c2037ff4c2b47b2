#include "scan/symbol_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>

#include "scan/reed_solomon.hpp"

namespace pipa::scan {
namespace {

struct Format {
    Correction level{};
    unsigned mask{};
    float score{};  // of 60: both copies, each bit at most 2
};

std::vector<Format> likely_formats(const SoftModules& soft, const SymbolLayout& layout) {
    std::array<float, 15> seen{};
    for (std::size_t i = 0; i < layout.format.size(); ++i) seen[i % 15] += std::clamp(soft.at(layout.format[i]), -1.0F, 1.0F);
    std::vector<Format> all;
    for (const Correction level : {Correction::M, Correction::L, Correction::H, Correction::Q})
        for (unsigned mask = 0; mask < 8; ++mask) {
            Format format{.level = level, .mask = mask};
            const unsigned bits = format_bits(level, mask);
            for (std::size_t i = 0; i < 15; ++i) format.score += (bits >> (14 - i) & 1U) ? seen[i] : -seen[i];
            all.push_back(format);
        }
    std::ranges::sort(all, std::ranges::greater{}, &Format::score);
    return all;
}

struct Codeword {
    std::uint8_t value{};
    float doubt{};  // the least sure of its bits; small is doubtful
};

std::vector<Codeword> codewords_of(const SoftModules& soft, const SymbolLayout& layout, unsigned mask) {
    std::vector<Codeword> out(layout.data.size() / 8, {.value = 0, .doubt = 10});
    for (std::size_t i = 0; i < out.size() * 8; ++i) {
        const Cell cell = layout.data[i];
        const float bit = is_masked(mask, cell) ? -soft.at(cell) : soft.at(cell);
        Codeword& codeword = out[i / 8];
        codeword.value = static_cast<std::uint8_t>(2U * codeword.value + (bit > 0 ? 1U : 0U));
        codeword.doubt = std::min(codeword.doubt, std::abs(bit));
    }
    return out;
}

// Where the codewords of each block stand in the symbol: data codewords of all blocks in turn, then their parity.
std::vector<std::vector<std::size_t>> places_of(const std::vector<Block>& blocks) {
    std::vector<std::vector<std::size_t>> places(blocks.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < blocks.back().length - blocks.back().parity; ++i)
        for (std::size_t b = 0; b < blocks.size(); ++b)
            if (i < blocks[b].length - blocks[b].parity) places[b].push_back(next++);
    for (std::size_t i = 0; i < blocks.front().parity; ++i)
        for (auto& of_block : places) of_block.push_back(next++);
    return places;
}

// Small blocks keep some parity for finding that they are wrong (table 9's p).
std::size_t most_errors(std::size_t parity) noexcept { return parity <= 7 ? 2 : parity <= 10 ? 4 : parity / 2; }

// How many codewords were erased, if the block could be corrected: the most doubtful ones, two more at each attempt.
std::optional<std::size_t> correct(std::vector<std::uint8_t>& block, std::span<const std::size_t> by_doubt, std::size_t parity,
                                   bool with_erasures) {
    const std::size_t most = with_erasures && parity > unused_parity ? parity - unused_parity : 0;
    for (std::size_t erased = 0; erased <= most; erased += 2) {
        std::vector<std::uint8_t> trial = block;
        const Corrected done = correct_block(trial, parity, by_doubt.first(erased));
        if (!done.good || done.errors > most_errors(parity)) continue;
        block = std::move(trial);
        return erased;
    }
    return std::nullopt;
}

std::vector<bool> draw(const SymbolLayout& layout, const Format& format, const std::vector<Codeword>& codewords) {
    std::vector<bool> dark(layout.modules.size());
    for (std::size_t i = 0; i < dark.size(); ++i) dark[i] = layout.modules[i] == Module::Dark;
    const auto put = [&](Cell cell, bool value) { dark[cell.row * layout.size + cell.column] = value; };
    const unsigned bits = format_bits(format.level, format.mask);
    for (std::size_t i = 0; i < layout.format.size(); ++i) put(layout.format[i], bits >> (14 - i % 15) & 1U);
    for (std::size_t i = 0; i < layout.data.size(); ++i) {
        const bool bit = i / 8 < codewords.size() && (codewords[i / 8].value >> (7 - i % 8) & 1U);
        put(layout.data[i], bit != is_masked(format.mask, layout.data[i]));
    }
    return dark;
}

std::optional<CleanSymbol> correct_as(const SoftModules& soft, const SymbolLayout& layout, const Format& format, bool with_erasures) {
    std::vector<Codeword> codewords = codewords_of(soft, layout, format.mask);
    const std::vector<Block> blocks = blocks_of(layout, format.level);
    const auto places = places_of(blocks);
    std::size_t erased = 0;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        std::vector<std::uint8_t> block;
        for (const std::size_t place : places[b]) block.push_back(codewords[place].value);
        std::vector<std::size_t> by_doubt(block.size());
        std::iota(by_doubt.begin(), by_doubt.end(), std::size_t{0});
        std::ranges::sort(by_doubt, {}, [&](std::size_t i) { return std::pair{codewords[places[b][i]].doubt, i}; });
        const auto done = correct(block, by_doubt, blocks[b].parity, with_erasures);
        if (!done) return std::nullopt;
        erased = std::max(erased, *done);
        for (std::size_t i = 0; i < block.size(); ++i) codewords[places[b][i]].value = block[i];
    }
    return CleanSymbol{.dark = draw(layout, format, codewords), .erased = erased};
}

}  // namespace

std::optional<CleanSymbol> correct_symbol(const SoftModules& soft, const SymbolLayout& layout, bool with_erasures) {
    constexpr float least_score = 9;
    const std::vector<Format> formats = likely_formats(soft, layout);
    for (std::size_t i = 0; i < (with_erasures ? 2U : 1U); ++i) {
        if (formats[i].score < least_score) break;
        if (auto clean = correct_as(soft, layout, formats[i], with_erasures)) return clean;
    }
    return std::nullopt;
}

}  // namespace pipa::scan
