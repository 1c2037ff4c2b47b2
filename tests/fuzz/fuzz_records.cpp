// Records: heads, envelopes and contents have one encoding each; a file that opens answers for every number in it.
#include "fuzz/fuzz.hpp"
#include "trust/records.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    if (const auto head = parse_records_head(input)) must(encode_records_head(*head).value() == to_bytes(input), "a head has one encoding");
    if (const auto records = parse_records(input)) must(encode_records(*records).value() == to_bytes(input), "records have one encoding");
    const auto envelope = parse_record_envelope(input);
    if (!envelope) return;
    must(encode_record_envelope(*envelope).value() == to_bytes(input), "an envelope has one encoding");
    // Some head that this file may be held against: what opens under it is right, and nothing else is asked.
    RecordsHead head{.edition = 1, .certificates = 1, .groups = {{.edition = 1}}};
    if (const auto file = open_record_file(input, head, 0))
        for (const CertificateRecord& record : file->records) must(find_record(*file, record.number) == &record, "a record is found");
}
