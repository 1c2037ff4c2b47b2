// Record files: envelope and records each have one encoding; what a head vouches for opens to records that stand in their place, or not at all.
#include "fuzz/fuzz.hpp"

#include <algorithm>

#include "tlog/merkle.hpp"
#include "trust/records.hpp"

using namespace pipa;
using fuzz::must;

namespace {

bool lies_within(const Error& error, std::size_t size) { return error.byte_offset.value_or(0) <= size; }

void look_at_records(ByteView input) {
    const auto records = parse_records(input);
    if (!records) return must(lies_within(records.error(), std::max(input.size(), max_record_content_bytes)), "the offset lies in the input");
    must(encode_records(*records).value() == to_bytes(input), "records have one encoding");
}

// The head of a store whose only file, or whose only other file, has this content.
RecordsHead head_of(const RecordEnvelope& envelope) {
    RecordsHead head{.edition = 1, .bits = 6};
    head.groups.assign(64, {1, merkle::hash_leaf(envelope.content)});
    if (envelope.index == 0) head = {.edition = 1, .groups = {head.groups.front()}};
    return head;
}

}  // namespace

void fuzz_one(ByteView input) {
    look_at_records(input);
    const auto envelope = parse_record_envelope(input);
    if (!envelope) return must(lies_within(envelope.error(), std::max(input.size(), max_record_file_bytes)), "the offset lies in the input");
    must(encode_record_envelope(*envelope).value() == to_bytes(input), "an envelope has one encoding");
    const RecordsHead head = head_of(*envelope);
    if (envelope->index >= std::uint64_t{1} << head.bits) return;
    const auto file = open_record_file(input, head, envelope->index);
    if (!file) return;
    for (const CertificateRecord& record : file->records) {
        must(find_record(*file, record.number) == &record, "a record is found");
        must(record_index(record.number, head.bits) == envelope->index, "a record stands in its place");
    }
}
