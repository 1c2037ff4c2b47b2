// An office's registry as JSON: what has nothing wrong becomes a trust pack that the strict reader takes, and is written and read as the same;
// no change to a key makes one that it refuses.
#include <algorithm>
#include <array>

#include "fuzz/fuzz.hpp"
#include "pipa/registry/registry.hpp"
#include "pipa/registry/registry_change.hpp"
#include "trust/pack_codec.hpp"

using namespace pipa;
using fuzz::must;

namespace {

void check_changes(TrustPack pack) {
    if (pack.keys.empty()) return;
    const TrustPack before = pack;
    must(registry_difference(before, pack).empty(), "a registry does not differ from itself");
    const cose::Kid kid = kid_of(pack.keys.front().public_key);
    const auto lost = pack.keys.front().compromised_since;
    must(compromise_key(pack, kid, pack.issued_unix_s).has_value(), "a listed key can be lost");
    must(*pack.keys.front().compromised_since <= lost.value_or(pack.issued_unix_s), "a key is never lost later than was said before");
    std::array<std::uint8_t, 32> next = pack.keys.front().public_key;
    next[0] ^= 1;
    if (!rotate_key(pack, kid, next, pack.issued_unix_s)) return;
    must(pack.keys.size() == before.keys.size() + 1 && !registry_difference(before, pack).empty(), "a change is told");
    must(*pack.keys.front().valid_until < pack.issued_unix_s, "the old key ends before the new one begins");
}

}  // namespace

void fuzz_one(ByteView input) {
    const auto document = parse_json(as_text(input));
    if (!document) return;
    TrustPack pack;
    const DocumentProblems problems = read_registry(*document, pack);
    if (!std::ranges::all_of(problems, is_uscc_problem)) return;
    const Bytes encoded = encode_trust_pack(pack);
    must(decode_trust_pack(encoded, 0).has_value(), "a registry without problems is a trust pack");
    TrustPack again;
    must(read_registry(registry_json(pack), again).size() == problems.size(), "a registry that is written has the same problems");
    must(encode_trust_pack(again) == encoded, "a registry that is written reads the same");
    check_changes(std::move(pack));
}
