#include "pipa/registry/enrolment.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "pipa/input/json_reader.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

// nlohmann's plain json sorts its members.
std::string signed_text(const Json& request) {
    Json rest = request;
    rest.erase("signature");
    return "pipa enrolment\n" + nlohmann::json(rest).dump();
}

}  // namespace

Json make_enrolment(const Json& party, std::string_view role, const crypto::SecretKey& key) {
    Json out = {{"pipa_enrolment", 1}, {"public_key", to_hex(key.public_key())}, {"role", role}, {"party", party}};
    out["signature"] = to_hex(key.sign(as_bytes(signed_text(out))));
    return out;
}

Result<Json> open_enrolment(std::string_view text) {
    auto request = parse_json(text);
    if (!request) return request;
    const auto member = [&](const char* name) { return request->is_object() && request->contains(name) && (*request)[name].is_string() ? (*request)[name].get<std::string>() : std::string{}; };
    if (!request->is_object() || request->value("pipa_enrolment", Json{}) != 1 || !request->contains("party")) return fail(ErrorCode::JsonInvalid, {}, "this is no request to be registered");
    const auto key = from_hex(member("public_key")), signature = from_hex(member("signature"));
    crypto::PublicKey public_key{};
    crypto::Signature value{};
    if (!key || key->size() != public_key.size() || !signature || signature->size() != value.size()) return fail(ErrorCode::JsonInvalid, {}, "public_key or signature");
    std::ranges::copy(*key, public_key.begin());
    std::ranges::copy(*signature, value.begin());
    if (crypto::verify_ed25519(public_key, as_bytes(signed_text(*request)), value) != crypto::SignatureCheck::Valid)
        return fail(ErrorCode::CoseWrongSignature, {}, "the request was changed after it was signed");
    request->erase("signature");
    return request;
}

}  // namespace pipa
