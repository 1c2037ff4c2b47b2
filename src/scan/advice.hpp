// What would help with a code that is seen and not read, as far as one picture tells: for a live camera that has been silent for a while.
// A guess from finder patterns, darkness and edges; it decides nothing.
#pragma once

#include <cstdint>
#include <string_view>

#include "scan/read_codes.hpp"

namespace pipa {

enum class Advice : std::uint8_t {
    None,        // nothing that looks like a code, or nothing that can be told
    Closer,      // its modules are too small
    Further,     // it reaches beyond the picture
    Straighter,  // it is seen from the side
    LessGlare,   // a part of it is as light as paper
    Steadier,    // its edges are smeared: a hand that moves, or a lens that is not clean
};

[[nodiscard]] Advice advice_for(const GreyImage& image);
[[nodiscard]] std::string_view advice_name(Advice advice) noexcept;  // "closer"; empty for None

}  // namespace pipa
