// Our own way to a symbol that ZXing's detector does not make out: finders, mesh, soft modules, correction with erasures.
#pragma once

#include "scan/finders.hpp"

namespace pipa::scan {

// At most `most` codes, from at most so many triples of finders: what bounds the time in a picture of thousands of them.
[[nodiscard]] std::vector<ScannedCode> read_meshed(const GreyImage& image, const std::vector<Finder>& finders, std::size_t most,
                                                   std::size_t triples);

}  // namespace pipa::scan
