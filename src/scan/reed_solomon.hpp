// Reed-Solomon over GF(256) with x^8 + x^4 + x^3 + x^2 + 1, as ISO/IEC 18004 has it: errors, and erasures, which cost half.
// Our own: ZXing-C++ corrects errors only and does not install its decoder, and the libraries that know erasures
// (libfec, Schifra) are not made for codes of 7 to 30 parity codewords in a browser. Held against ZXing's writer in tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace pipa::scan {

struct Corrected {
    bool good{};           // false: the block is as it was
    std::size_t errors{};  // found beyond the places that were named
};

// `block` ends with `parity` codewords. `erased` are places in it whose value is not trusted; at most `parity`.
[[nodiscard]] Corrected correct_block(std::span<std::uint8_t> block, std::size_t parity, std::span<const std::size_t> erased);

}  // namespace pipa::scan
