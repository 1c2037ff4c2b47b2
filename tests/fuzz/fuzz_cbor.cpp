// CBOR: what is read under the strict rules is written as it was; what is read under the lenient ones is written so that
// the strict ones read it (floats apart), and means the same.
#include "fuzz/fuzz.hpp"
#include "wire/cbor.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto strict = cbor::decode(input, cbor::Rules::deterministic);
    const auto lenient = cbor::decode(input, cbor::Rules::well_formed);
    if (strict) {
        must(cbor::encode(*strict) == to_bytes(input), "strict: written as it was read");
        must(lenient.has_value(), "what the strict rules read, the lenient ones read");
    }
    if (!lenient) {
        must(lenient.error().byte_offset.value() <= input.size(), "the offset lies in the input");
        return;
    }
    const std::string notation = cbor::diagnostic(*lenient);
    const Bytes encoded = cbor::encode(*lenient);
    const auto again = cbor::decode(encoded, cbor::Rules::well_formed);
    must(again.has_value(), "lenient: what is written is read");
    must(cbor::encode(*again) == encoded, "lenient: written the same again");
    must(cbor::diagnostic(*again).size() == notation.size(), "lenient: the same items, be it in another order");
    const auto deterministic = cbor::decode(encoded, cbor::Rules::deterministic);
    must(deterministic || deterministic.error().code == ErrorCode::CborFloat, "what is written is deterministic");
}
