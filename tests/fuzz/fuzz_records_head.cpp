// Records heads: what is read has one encoding, and every file has a name of its own.
#include "fuzz/fuzz.hpp"

#include <algorithm>

#include "trust/records.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto head = parse_records_head(input);
    if (!head) return must(head.error().byte_offset.value_or(0) <= std::max(input.size(), max_records_head_bytes), "the offset lies in the input");
    must(encode_records_head(*head).value() == to_bytes(input), "a head has one encoding");
    const auto last = static_cast<std::uint32_t>((std::uint64_t{1} << head->bits) - 1);
    must(last == 0 || record_file_name({}, *head, 0) != record_file_name({}, *head, last), "two files have two names");
    must(!open_record_file(input, *head, last), "a head is no record file");
}
