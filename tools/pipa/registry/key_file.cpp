#include "pipa/registry/key_file.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "host/files.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::size_t max_key_file_bytes = 4096;
constexpr int format_version = 1;

// A parsed key file, whose texts are wiped when it goes away.
struct KeyDocument {
    Json json{};
    ~KeyDocument() {
        const auto seed = json.find("seed");
        if (seed != json.end() && seed->is_string()) crypto::wipe(seed->get_ref<std::string&>());
    }
};

Result<Bytes> hex_member(const Json& json, const char* name) {
    const auto member = json.find(name);
    if (member == json.end() || !member->is_string()) return fail(ErrorCode::KeyBadFile, {}, name);
    auto bytes = from_hex(member->get_ref<const std::string&>());
    if (!bytes) return fail(ErrorCode::KeyBadFile, {}, name);
    return bytes;
}

Result<void> read_document(const fs::path& path, KeyDocument& out) {
    auto content = read_file(path, max_key_file_bytes);
    if (!content) return std::unexpected(content.error());
    out.json = Json::parse(as_text(*content), nullptr, false);
    crypto::wipe(*content);
    if (!out.json.is_object() || out.json.value("pipa_key", Json{}) != format_version)
        return fail(ErrorCode::KeyBadFile, {}, path.string());
    return {};
}

Result<PublicKeyFacts> facts_of(const KeyDocument& document) {
    const auto public_key = hex_member(document.json, "public_key");
    if (!public_key) return std::unexpected(public_key.error());
    PublicKeyFacts facts{.kid = kid_of(*public_key), .locked = document.json.contains("locked")};
    if (public_key->size() != facts.public_key.size()) return fail(ErrorCode::KeyBadFile, {}, "public_key");
    std::ranges::copy(*public_key, facts.public_key.begin());
    return facts;
}

Result<crypto::LockedSeed> locked_seed(const Json& json) {
    crypto::LockedSeed locked;
    const auto member = [&](const char* name) { return json.is_object() ? json.value(name, Json{}) : Json{}; };
    const Json operations = member("operations");
    const Json memory_bytes = member("memory_bytes");
    if (member("kdf") != "argon2id" || !operations.is_number_unsigned() || !memory_bytes.is_number_unsigned())
        return fail(ErrorCode::KeyBadFile, {}, "locked");
    locked.operations = operations.get<std::uint64_t>();
    locked.memory_bytes = memory_bytes.get<std::uint64_t>();
    for (auto [name, target] : {std::pair{"salt", &locked.salt}, {"nonce", &locked.nonce}, {"box", &locked.box}}) {
        auto bytes = hex_member(json, name);
        if (!bytes) return std::unexpected(bytes.error());
        *target = std::move(*bytes);
    }
    return locked;
}

Result<Bytes> seed_of(const KeyDocument& document, const fs::path& path, const PassphraseSource& source) {
    if (!document.json.contains("locked")) return hex_member(document.json, "seed");
    const auto locked = locked_seed(document.json["locked"]);
    if (!locked) return std::unexpected(locked.error());
    const auto passphrase = passphrase_for(source, path);
    if (!passphrase) return std::unexpected(passphrase.error());
    return crypto::unlock_seed(*locked, passphrase->text());
}

Json locked_json(const crypto::LockedSeed& locked) {
    return {{"kdf", "argon2id"},           {"operations", locked.operations},   {"memory_bytes", locked.memory_bytes},
            {"salt", to_hex(locked.salt)}, {"nonce", to_hex(locked.nonce)}, {"box", to_hex(locked.box)}};
}

}  // namespace

Result<void> save_key(const fs::path& path, const crypto::SecretKey& key, const std::optional<Passphrase>& passphrase,
                      IfExists if_exists) {
    KeyDocument document{{{"pipa_key", format_version}, {"kid", to_hex(kid_of(key.public_key()))}, {"public_key", to_hex(key.public_key())}}};
    Bytes seed = key.copy_seed();
    if (passphrase) {
        const auto locked = crypto::lock_seed(seed, passphrase->text());
        crypto::wipe(seed);
        if (!locked) return std::unexpected(locked.error());
        document.json["locked"] = locked_json(*locked);
    } else {
        document.json["seed"] = to_hex(seed);
        crypto::wipe(seed);
    }
    std::string text = document.json.dump(1) + "\n";
    auto written = write_file_atomically(path, as_bytes(text), if_exists, secret_mode);
    crypto::wipe(text);
    return written;
}

Result<crypto::SecretKey> load_key(const fs::path& path, const PassphraseSource& source) {
    KeyDocument document;
    if (auto ok = read_document(path, document); !ok) return std::unexpected(ok.error());
    const auto facts = facts_of(document);
    if (!facts) return std::unexpected(facts.error());
    auto seed = seed_of(document, path, source);
    if (!seed) return std::unexpected(seed.error());
    auto key = crypto::SecretKey::from_seed(*seed);
    crypto::wipe(*seed);
    // A public key that does not belong to the seed would make every signature useless, and might hide a swap.
    if (key && key->public_key() != facts->public_key) return fail(ErrorCode::KeyBadFile, {}, "public_key");
    return key;
}

Result<PublicKeyFacts> show_key(const fs::path& path) {
    KeyDocument document;
    if (auto ok = read_document(path, document); !ok) return std::unexpected(ok.error());
    return facts_of(document);
}

Result<crypto::PublicKey> public_key_of(const std::string& hex_or_path) {
    constexpr std::size_t hex_digits = 2 * crypto::public_key_size;
    std::string hex = hex_or_path;
    if (auto direct = from_hex(hex); hex.size() != hex_digits || !direct) {
        auto content = read_file(hex_or_path, max_key_file_bytes);
        if (!content) return std::unexpected(content.error());
        hex = as_text(*content);
        crypto::wipe(*content);
        if (hex.starts_with('{')) {
            crypto::wipe(hex);
            auto facts = show_key(hex_or_path);
            if (!facts) return std::unexpected(facts.error());
            return facts->public_key;
        }
        hex.erase(hex.find_last_not_of(" \r\n\t") + 1);
    }
    const auto bytes = from_hex(hex);
    if (!bytes || bytes->size() != crypto::public_key_size) return fail(ErrorCode::Ed25519BadPublicKey, {}, hex_or_path);
    crypto::PublicKey key{};
    std::ranges::copy(*bytes, key.begin());
    return key;
}

}  // namespace pipa
