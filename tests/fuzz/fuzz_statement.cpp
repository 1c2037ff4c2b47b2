// Statements of the dossier: what parses has one encoding, survives its JSON, and its fields can be asked for.
#include "fuzz/fuzz.hpp"
#include "record/dossier.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto statement = parse_any_statement(input);
    if (!statement) {
        must(statement.error().byte_offset.value_or(0) <= std::max<std::size_t>(input.size(), max_manifest_bytes), "the offset lies in the input");
        return;
    }
    const cose::Statement& envelope = statement->statement;
    must(cose::assemble_statement(envelope.protected_bytes, envelope.payload, envelope.signature) == to_bytes(input), "a statement has one encoding");
    must(!statement->id().empty(), "a statement has an id");
    const Schema* schema = schema_of(statement->type());
    if (schema == nullptr) return must(statement->certificate.has_value(), "only certificates have no table");
    must(cbor::encode(statement->payload) == envelope.payload, "a payload has one encoding");
    const auto again = payload_from_json(payload_to_json(statement->payload, *schema), *schema);
    must(again && cbor::encode(*again) == envelope.payload, "a payload survives its JSON");
}
