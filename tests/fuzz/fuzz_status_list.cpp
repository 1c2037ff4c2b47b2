// Status lists: the first byte chooses the bits of an entry, the rest is the zlib stream.
#include "fuzz/fuzz.hpp"
#include "trust/status_list.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    if (input.empty()) return;
    constexpr std::size_t max_bytes = 1 << 16;
    const unsigned bits = 1U << (input[0] % 4);
    const auto list = StatusList::unpack(input.subspan(1), bits, max_bytes);
    if (!list) return;
    must(list->size() <= max_bytes * 8 / bits, "a list is no larger than it may be");
    for (std::uint64_t i = 0; i < list->size(); ++i) {
        const auto status = list->status(i);
        must(status && *status < (1U << bits), "every entry can be read");
    }
    must(!list->status(list->size()), "there is nothing after the last entry");
}
