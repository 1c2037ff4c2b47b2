// Drawings: whatever comes without a problem survives the way through a pack unchanged.
#include "fuzz/fuzz.hpp"
#include "education/svg.hpp"

using namespace pipa;
using namespace pipa::learn;
using fuzz::must;

void fuzz_one(ByteView input) {
    Problems problems;
    const Drawing drawing = parse_svg(as_text(input), "d", "d.svg", problems);
    if (!problems.empty()) return;
    const Bytes wire = cbor::encode(encode_drawing(drawing));
    const auto value = cbor::decode(wire, cbor::Rules::deterministic);
    must(value.has_value(), "well formed");
    const auto again = decode_drawing(*value, 0);
    must(again.has_value(), "what has no problem is a drawing of a pack");
    must(cbor::encode(encode_drawing(*again)) == wire, "the same drawing");
}
