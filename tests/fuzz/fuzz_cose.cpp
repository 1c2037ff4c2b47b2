// COSE_Sign1, both layers: nothing is verified that was not signed, and a statement has one encoding.
#include "fuzz/fuzz.hpp"
#include "trust/cose_verify.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    static const Bytes nobodys_key(crypto::public_key_size, 0x42);
    const auto general = cose::parse_sign1(input);
    if (general) {
        must(general->signature.size() == cose::signature_size, "a signature has 64 bytes");
        must(general->algorithm == cose::algorithm_ed25519 || general->algorithm == cose::algorithm_eddsa, "the algorithm is known");
    }
    const auto verified = verify_sign1(input, nobodys_key, {}, {});
    must(!verified, "nobody's key verifies nothing");

    const auto statement = cose::parse_statement(input, {});
    if (!statement) {
        must(statement.error().byte_offset.value() <= input.size(), "the offset lies in the input");
        return;
    }
    must(general.has_value(), "every statement is a COSE_Sign1 message");
    must(cose::assemble_statement(statement->protected_bytes, statement->payload, statement->signature) == to_bytes(input), "a statement has one encoding");
    const ByteView payload = input.subspan(statement->payload_offset, statement->payload.size());
    must(to_bytes(payload) == statement->payload, "the payload stands where the offset says");
}
