#include <algorithm>

#include "base/hex.hpp"
#include "crypto/base64.hpp"
#include "tuf/decode.hpp"
#include "tuf/limits.hpp"

namespace pipa::tuf {
namespace {

// Section 4.2.3: "YYYY-MM-DDTHH:MM:SSZ. Time is always in UTC."
UnixSeconds read_expires(Fields& body) {
    const std::string text = body.text("expires");
    const auto time = parse_time(text);
    const bool exact = time && text.size() == 20 && text.back() == 'Z';
    if (!exact) body.complain("expires");
    return exact ? *time : 0;
}

// Section 4.3: "clients MUST verify that 'spec_version' matches the expected version number": any version 1.
void check_spec_version(Fields& body) {
    const std::string text = body.text("spec_version");
    const bool numeric = std::ranges::all_of(text, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    if (!numeric || !text.starts_with("1.")) body.complain("spec_version", ErrorCode::TufSpecVersion);
}

// The bytes between the two lines of a PEM text (RFC 7468), which hold a SubjectPublicKeyInfo.
std::optional<Bytes> from_pem(std::string_view text) {
    constexpr std::string_view head = "-----BEGIN PUBLIC KEY-----";
    constexpr std::string_view tail = "-----END PUBLIC KEY-----";
    if (!text.starts_with(head)) return {};
    text.remove_prefix(head.size());
    const auto end = text.find(tail);
    if (end == std::string_view::npos || text.find_first_not_of("\r\n", end + tail.size()) != std::string_view::npos) return {};
    auto bytes = crypto::from_base64(text.substr(0, end), crypto::LineBreaks::Ignore);
    if (!bytes || bytes->empty()) return {};
    return std::move(*bytes);
}

std::optional<Bytes> from_hex_key(std::string_view text) {
    auto bytes = from_hex(text);
    if (!bytes || bytes->size() != crypto::public_key_size) return {};
    return std::move(*bytes);
}

struct Scheme {
    std::string_view name;
    Key::Kind kind;
    std::optional<Bytes> (*read)(std::string_view);
};

// Section 4.2.2. The last is how older repositories name the second.
constexpr Scheme schemes[] = {
    {"ed25519/ed25519", Key::Kind::Ed25519, from_hex_key},
    {"ecdsa/ecdsa-sha2-nistp256", Key::Kind::EcdsaP256, from_pem},
    {"rsa/rsassa-pss-sha256", Key::Kind::RsaPssSha256, from_pem},
    {"ecdsa-sha2-nistp256/ecdsa-sha2-nistp256", Key::Kind::EcdsaP256, from_pem},
};

// Section 4.3: "Clients MUST calculate each KEYID to verify this is correct for the associated key." Section 4.2.1: it
// is "the SHA-256 hash of the canonical form of the key". Some tools hash only the three fields that the specification
// defines and leave out those they add; both are right, and neither lets one id stand for two keys.
bool is_key_id(const std::string& keyid, const JsonValue& key) {
    const auto hash = [](const JsonValue& value) { return to_hex(crypto::sha256(as_bytes(canonical_json(value)))); };
    if (keyid == hash(key)) return true;
    JsonValue plain{.type = JsonValue::Type::Object};
    for (const char* name : {"keytype", "keyval", "scheme"}) {  // in the order of their bytes
        const JsonValue* member = key.find(name);
        plain.items.push_back(member == nullptr ? JsonValue{.name = name} : *member);
    }
    return keyid == hash(plain);
}

Key read_key(const std::string& keyid, const JsonValue& object, const std::string& where, std::optional<Error>& problem) {
    Fields fields(object, where, problem);
    Key key{.name = fields.text("keytype") + "/" + fields.text("scheme")};
    const JsonValue& value = fields.object("keyval");
    if (problem) return key;
    if (!is_key_id(keyid, object)) {
        key.defect = Key::Defect::WrongKeyId;
        return key;
    }
    const auto scheme = std::ranges::find(schemes, key.name, &Scheme::name);
    if (scheme == std::ranges::end(schemes)) {
        key.name.resize(std::min<std::size_t>(key.name.size(), 80));
        key.defect = Key::Defect::UnknownScheme;
        return key;
    }
    Fields values(value, where + ".keyval", problem);
    auto material = scheme->read(values.text("public"));
    key.kind = scheme->kind;
    key.defect = material ? Key::Defect::None : Key::Defect::Malformed;
    if (material) key.material = std::move(*material);
    return key;
}

// For short lists.
bool has_doubles(const std::vector<std::string>& list) {
    for (auto at = list.begin(); at != list.end(); ++at)
        if (std::find(list.begin(), at, *at) != at) return true;
    return false;
}

}  // namespace

bool is_top_level_role(std::string_view name) noexcept {
    return name == "root" || name == "timestamp" || name == "snapshot" || name == "targets";
}

Common read_common(Fields& body, std::string_view type) {
    if (body.text("_type") != type) body.complain("_type", ErrorCode::TufWrongType);
    check_spec_version(body);
    const std::uint64_t version = body.number("version", 1, max_version);
    return {.version = version, .expires = read_expires(body)};
}

Keys read_keys(const JsonValue& object, const std::string& where, std::optional<Error>& problem) {
    Keys keys;
    for (const JsonValue& key : object.items) keys.emplace(key.name, read_key(key.name, key, where + "." + key.name.substr(0, 8), problem));
    return keys;
}

Role read_role(Fields& fields) {
    Role role{.keyids = fields.texts("keyids"),
              .threshold = static_cast<std::uint32_t>(fields.number("threshold", 1, 1'000'000))};
    if (role.keyids.size() > max_keys_of_role) fields.complain("keyids");
    else if (has_doubles(role.keyids)) fields.complain("keyids", ErrorCode::TufDuplicateKey);
    return role;
}

Hashes read_hashes(Fields& file) {
    Hashes hashes;
    const JsonValue& listed = file.object("hashes");
    if (listed.items.empty()) file.complain("hashes");  // section 4.4: "one or more hashes"
    hashes.listed = true;
    const auto read = [&]<std::size_t Size>(const char* name, std::optional<std::array<std::uint8_t, Size>>& into) {
        const JsonValue* text = listed.find(name);
        if (text == nullptr) return;
        const auto bytes = from_hex(text->is(JsonValue::Type::Text) ? std::string_view{text->text} : "-");
        if (!bytes || bytes->size() != Size) return file.complain("hashes");
        std::ranges::copy(*bytes, into.emplace().begin());
    };
    read("sha256", hashes.sha256);
    read("sha512", hashes.sha512);
    return hashes;
}

}  // namespace pipa::tuf
