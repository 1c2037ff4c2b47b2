// Phone bundles: what is read has one encoding, and opening one, pinned to its own first root, ends in a bundle or an error.
#include <algorithm>

#include "fuzz/fuzz.hpp"
#include "trust/open_bundle.hpp"

using namespace pipa;
using fuzz::must;

void fuzz_one(ByteView input) {
    const auto bundle = decode_bundle(input);
    if (!bundle) return must(!open_bundle(input, {}, {}), "what cannot be read is not opened");
    must(encode_bundle(*bundle).value() == to_bytes(input), "a bundle has one encoding");
    const auto is_root = [](const BundleFile& file) { return file.name.ends_with(".root.json"); };
    const auto root = std::ranges::find_if(bundle->metadata, is_root);
    const crypto::Digest pin = root == bundle->metadata.end() ? crypto::Digest{} : crypto::sha256(root->content);
    const auto opened = open_bundle(input, pin, {});
    if (!opened) return;
    must(decode_seen(encode_seen(opened->seen)) == opened->seen, "what was seen comes back whole");
    must(open_bundle(input, pin, encode_seen(opened->seen)).has_value(), "the same bundle opens again");
}
