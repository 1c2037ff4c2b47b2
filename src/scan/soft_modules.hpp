// What each module of a symbol probably is: +1 dark, -1 light, between them what is not sure.
#pragma once

#include "scan/mesh.hpp"

namespace pipa::scan {

struct SoftModules {
    std::size_t size{};
    std::vector<float> values{};  // row by row

    [[nodiscard]] float at(Cell cell) const noexcept { return values[cell.row * size + cell.column]; }
};

// Each module against the dark and the light ones around it: a threshold that follows glare, shadow and faint print.
[[nodiscard]] SoftModules local_levels(const GreyImage& image, const Mesh& mesh, std::size_t size);

// A linear equaliser, as a modem's: weights over the samples around a module, learnt from the patterns every symbol has and then
// from what it has decided itself, undo the blur of this very picture.
[[nodiscard]] SoftModules equalised(const GreyImage& image, const Mesh& mesh, const SymbolLayout& layout);

}  // namespace pipa::scan
