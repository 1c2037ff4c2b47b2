// From modules that are more or less sure to a symbol without errors, by error correction that knows where the doubts are.
#pragma once

#include <optional>

#include "scan/soft_modules.hpp"

namespace pipa::scan {

// Parity codewords of a block that erasures never use up: what is left says whether the rest of a block is right. With ten, five
// errors can still be found, and a block that is something else passes about once in a hundred thousand times.
inline constexpr std::size_t unused_parity = 10;

struct CleanSymbol {
    std::vector<bool> dark{};  // size * size, row by row, as the standard draws it
    std::size_t erased{};      // the most codewords of one block that were not trusted; 0: plain error correction did
};

[[nodiscard]] std::optional<CleanSymbol> correct_symbol(const SoftModules& soft, const SymbolLayout& layout, bool with_erasures);

}  // namespace pipa::scan
