// Certificates: each that is read has one payload, and is shown as valid JSON.
#include <nlohmann/json.hpp>

#include "fuzz/fuzz.hpp"
#include "page/view_json.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto read = parse_certificate(input);
    if (!read) {
        must(read.error().byte_offset.value_or(0) <= input.size(), "the offset lies in the input");
        return;
    }
    const auto payload = encode_certificate(read->certificate);
    must(payload.has_value(), "what is read can be written");
    must(*payload == read->statement.payload, "a certificate has one payload");
    must(nlohmann::json::accept(to_json(*read)), "a certificate is valid JSON");
}
