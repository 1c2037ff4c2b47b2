#include "pipa/publish/tuf_metadata.hpp"

#include <algorithm>
#include <set>

#include "base/hex.hpp"
#include "tuf/limits.hpp"

namespace pipa::publish {
namespace {

constexpr const char* specification = "1.0.34";

}  // namespace

std::string format_utc(UnixSeconds time) { return format_rfc3339(time - china_offset_s).substr(0, 19) + "Z"; }

Json key_json(const crypto::PublicKey& key) { return {{"keytype", "ed25519"}, {"scheme", "ed25519"}, {"keyval", {{"public", to_hex(key)}}}}; }

std::string key_id(const crypto::PublicKey& key) { return to_hex(crypto::sha256(as_bytes(tuf::canonical_json(key_json(key))))); }

Json role_json(const RoleKeys& role) {
    std::vector<std::string> ids;
    for (const crypto::PublicKey& key : role.keys) ids.push_back(key_id(key));
    std::ranges::sort(ids);
    return {{"keyids", ids}, {"threshold", role.threshold}};
}

void add_keys(Json& keys, const RoleKeys& role) {
    for (const crypto::PublicKey& key : role.keys) keys[key_id(key)] = key_json(key);
}

Json common_body(std::string_view type, std::uint64_t version, UnixSeconds expires) {
    return {{"_type", type}, {"spec_version", specification}, {"version", version}, {"expires", format_utc(expires)}};
}

Json target_json(std::uint64_t length, const crypto::Digest& sha256) { return {{"length", length}, {"hashes", {{"sha256", to_hex(sha256)}}}}; }

Json file_json(std::uint64_t version, ByteView file) {
    Json out = target_json(file.size(), crypto::sha256(file));
    out["version"] = version;
    return out;
}

Bytes metadata_file(const Json& body, std::vector<RoleSignature> signatures) {
    std::ranges::sort(signatures, {}, &RoleSignature::keyid);
    Json list = Json::array();
    for (const RoleSignature& signature : signatures) list.push_back({{"keyid", signature.keyid}, {"sig", to_hex(signature.value)}});
    return to_bytes(as_bytes(tuf::canonical_json({{"signatures", list}, {"signed", body}})));
}

Result<OpenedFile> open_file(ByteView file) {
    auto document = tuf::parse_strict_json(file, tuf::Limits{}.targets_bytes);
    if (!document) return std::unexpected(document.error());
    const auto bad = [](const char* what) { return fail(ErrorCode::TufBadField, {}, what); };
    if (!document->is_object() || !document->contains("signed") || !(*document)["signed"].is_object()) return bad("signed");
    OpenedFile out{.body = (*document)["signed"]};
    out.signed_bytes = tuf::canonical_json(out.body);
    const Json version = out.body.value("version", Json{});
    if (!version.is_number_unsigned()) return bad("version");
    out.version = version.get<std::uint64_t>();
    const Json expires = out.body.value("expires", Json{});
    const auto time = parse_time(expires.is_string() ? expires.get<std::string>() : std::string{});
    if (!time) return bad("expires");
    out.expires = *time;
    for (const Json& item : member_at(*document, {"signatures"})) {
        const Json& keyid = member_at(item, {"keyid"});
        const Json& text = member_at(item, {"sig"});
        const auto value = from_hex(text.is_string() ? text.get<std::string>() : "-");
        if (!keyid.is_string() || !value || value->size() != crypto::signature_size) return bad("signatures");
        RoleSignature signature{.keyid = keyid.get<std::string>()};
        std::ranges::copy(*value, signature.value.begin());
        out.signatures.push_back(std::move(signature));
    }
    return out;
}

const Json& member_at(const Json& value, std::initializer_list<std::string_view> path) noexcept {
    static const Json none{};
    const Json* at = &value;
    for (const std::string_view name : path) {
        const auto found = at->is_object() ? at->find(name) : at->end();
        if (found == at->end()) return none;
        at = &*found;
    }
    return *at;
}

std::uint32_t count_signatures(const OpenedFile& file, const RoleKeys& role) {
    std::set<std::string> counted;
    for (const crypto::PublicKey& key : role.keys) {
        const std::string id = key_id(key);
        const auto signature = std::ranges::find(file.signatures, id, &RoleSignature::keyid);
        if (signature == file.signatures.end()) continue;
        if (crypto::verify_ed25519(key, as_bytes(file.signed_bytes), signature->value) == crypto::SignatureCheck::Valid) counted.insert(id);
    }
    return static_cast<std::uint32_t>(counted.size());
}

}  // namespace pipa::publish
