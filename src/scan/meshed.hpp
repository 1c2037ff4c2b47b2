// Our own way to a symbol that ZXing's detector does not make out: finders, mesh, soft modules, correction with erasures.
#pragma once

#include "scan/finders.hpp"

namespace pipa::scan {

// What bounds the time in a picture of thousands of finders.
struct Patience {
    std::size_t triples{};  // of finders
    std::size_t modules{};  // in all symbols tried; a typical certificate has 3,249 and is tried three to nine times where it is not read
};

[[nodiscard]] std::vector<ScannedCode> read_meshed(const GreyImage& image, const std::vector<Finder>& finders, std::size_t most,
                                                   const Patience& patience);

}  // namespace pipa::scan
