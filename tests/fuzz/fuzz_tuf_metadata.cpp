// Metadata of an update repository: strict JSON whose canonical form reads back as itself, and every decoder. Signatures
// stand in the way of the decoders in earnest; here they are called without.
#include "fuzz/fuzz.hpp"
#include "tuf/decode.hpp"
#include "tuf/envelope.hpp"
#include "tuf/strict_json.hpp"
#include "tuf/names.hpp"
#include "tuf/path_pattern.hpp"
#include "tuf/trusted_set.hpp"

using namespace pipa;
using fuzz::must;

namespace {

void check_targets(const tuf::Targets& targets) {
    for (const auto& [path, file] : targets.targets) {
        for (const tuf::Delegation& delegation : targets.delegations) static_cast<void>(tuf::is_delegated_path(delegation, path));
        if (targets.succinct_roles) must(tuf::bin_name(*targets.succinct_roles, path).size() > 1, "every path has a bin");
        const std::string name = tuf::file_name_of(path);
        must(name.size() <= 240 && name.find('/') == std::string::npos && !name.starts_with('.'), "a file name stays in its folder");
        if (file.hashes.sha256 || file.hashes.sha512) must(tuf::target_url_path(path, file, true).size() > 64, "a target's hash is in its URL");
    }
    for (const tuf::Delegation& delegation : targets.delegations)
        must(!tuf::is_top_level_role(delegation.name), "no delegated role takes a top-level name");
}

}  // namespace

void fuzz_one(ByteView input) {
    const auto document = tuf::read_json(input, 1 << 20);
    if (document) {
        const std::string canonical = tuf::canonical_json(*document);
        const auto by_library = tuf::parse_strict_json(input, 1 << 20);
        must(by_library && tuf::canonical_json(*by_library) == canonical, "a library reads it the same way");
        // Canonical JSON leaves control characters as they are, so it is JSON again only where there are none.
        const auto again = tuf::read_json(as_bytes(canonical), 1 << 22);
        must(!again || tuf::canonical_json(*again) == canonical, "canonical JSON is canonical");
        if (const auto targets = tuf::decode_targets(*document)) check_targets(*targets);
        static_cast<void>(tuf::decode_snapshot(*document));
        static_cast<void>(tuf::decode_timestamp(*document));
        if (const auto root = tuf::decode_root(*document)) must(root->version >= 1 && root->root.threshold >= 1, "a root needs a signature");
    }
    if (const auto envelope = tuf::open_envelope(input, 1 << 20)) {
        if (const auto root = tuf::decode_root(envelope->body))
            static_cast<void>(tuf::check_signatures(*envelope, root->keys, root->root, "root"));
        if (const auto targets = tuf::decode_targets(envelope->body)) check_targets(*targets);
    }
    static_cast<void>(tuf::TrustedSet::open(input, 0));
}
