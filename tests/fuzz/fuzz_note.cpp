// Signed notes, verifier keys, checkpoints and tile paths: what is read can be written again, byte for byte.
#include "fuzz/fuzz.hpp"
#include "crypto/base64.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/tiles.hpp"

using namespace pipa;
using fuzz::must;

namespace {

std::string write(const note::Note& parsed) {
    std::string out = parsed.text + "\n";
    for (const note::SignatureLine& line : parsed.signatures) {
        Bytes bytes;
        for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(line.key_id >> shift));
        bytes.insert(bytes.end(), line.signature.begin(), line.signature.end());
        out += "— " + line.name + " " + crypto::to_base64(bytes) + "\n";
    }
    return out;
}

}  // namespace

void fuzz_one(ByteView bytes) {
    const std::string_view input = as_text(bytes);
    if (const auto parsed = note::parse_note(input)) {
        must(write(*parsed) == input, "a note is written as it was read");
        static_cast<void>(tlog::parse_checkpoint(parsed->text));
    }
    if (const auto key = note::parse_verifier_key(input)) {
        must(key->id == note::key_id(key->name, key->kind, key->key), "a verifier key has the id of its key");
        static_cast<void>(note::verify_note(input, std::span(&*key, 1)));
    }
    if (const auto checkpoint = tlog::parse_checkpoint(input)) {
        std::string out = checkpoint->origin + "\n" + std::to_string(checkpoint->size) + "\n" + crypto::to_base64(checkpoint->root) + "\n";
        for (const std::string& line : checkpoint->extensions) out += line + "\n";
        must(out == input, "a checkpoint is written as it was read");
    }
    if (const auto tile = tlog::parse_tile_path(input)) must(tlog::tile_path(*tile) == input, "a tile has one path");
}
