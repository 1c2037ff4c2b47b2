// Trust packs: the content of each that is read has one encoding; unsigned ones are never opened.
#include "fuzz/fuzz.hpp"
#include "trust/trust_store.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    static const Bytes nobodys_key(crypto::public_key_size, 0x42);
    must(!TrustStore::open(input, nobodys_key), "an unsigned pack is never opened");
    const auto pack = decode_trust_pack(input, 0);
    if (pack) must(encode_trust_pack(*pack) == to_bytes(input), "a pack has one encoding");
    else must(pack.error().byte_offset.value_or(0) <= input.size(), "the offset lies in the input");
}
