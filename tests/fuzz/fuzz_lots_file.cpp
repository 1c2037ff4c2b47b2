// Lots files: what is read has one encoding, and every entry is found by its number.
#include "fuzz/fuzz.hpp"
#include "record/lots_file.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto entries = parse_lots_file(input);
    if (!entries) return must(entries.error().byte_offset.value_or(0) <= std::max(input.size(), max_lots_file_bytes), "the offset lies in the input");
    must(encode_lots_file(*entries).value() == to_bytes(input), "a lots file has one encoding");
    for (const LotEntry& entry : *entries) must(find_lot(*entries, entry.number) == &entry, "an entry is found");
}
