// Shared by the fuzzers. Each is one function over bytes; what must hold is said with `must`.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "base/bytes.hpp"

namespace pipa::fuzz {

// Stops the fuzzer, which then keeps the input.
inline void must(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

}  // namespace pipa::fuzz

void fuzz_one(pipa::ByteView input);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz_one({data, size});
    return 0;
}
