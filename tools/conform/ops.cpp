#include <array>

#include "base/base10.hpp"
#include "base/hex.hpp"
#include "conform/driver.hpp"
#include "conform/log_ops.hpp"
#include "page/view_json.hpp"
#include "host/files.hpp"
#include "record/uscc.hpp"
#include "host/embedded_catalogues.hpp"
#include "host/trust_source.hpp"
#include "wire/gs1/digital_link.hpp"

namespace pipa::conform {
namespace {

using crypto::SignatureCheck;

Result<void> ed25519_verify(const Json& request, Json&) {
    const auto public_key = hex_parameter(request, "public_key");
    const auto message = hex_parameter(request, "message");
    const auto signature = hex_parameter(request, "signature");
    for (const auto* parameter : {&public_key, &message, &signature})
        if (!*parameter) return std::unexpected(parameter->error());
    switch (crypto::verify_ed25519(*public_key, *message, *signature)) {
        case SignatureCheck::Valid: return {};
        case SignatureCheck::Wrong: return fail(ErrorCode::Ed25519WrongSignature);
        case SignatureCheck::BadPublicKey: return fail(ErrorCode::Ed25519BadPublicKey);
        case SignatureCheck::BadSignature: return fail(ErrorCode::Ed25519BadSignature);
    }
    return fail(ErrorCode::Ed25519WrongSignature);
}

Result<void> cbor_decode(const Json& request, Json& answer) {
    const auto input = hex_parameter(request, "hex");
    if (!input) return std::unexpected(input.error());
    const auto value = cbor::decode(*input, cbor::Rules::deterministic);
    if (!value) return std::unexpected(value.error());
    answer["diag"] = cbor::diagnostic(*value);
    answer["hex"] = to_hex(cbor::encode(*value));
    return {};
}

Result<void> cose_verify1(const Json& request, Json& answer) {
    const auto message = hex_parameter(request, "message");
    const auto public_key = hex_parameter(request, "public_key");
    const auto aad = has_parameter(request, "external_aad") ? hex_parameter(request, "external_aad") : Result<Bytes>{};
    const auto payload = has_parameter(request, "payload") ? hex_parameter(request, "payload") : Result<Bytes>{};
    for (const auto* parameter : {&message, &public_key, &aad, &payload})
        if (!*parameter) return std::unexpected(parameter->error());
    std::optional<ByteView> detached;
    if (has_parameter(request, "payload")) detached = *payload;
    const auto verified = verify_sign1(*message, *public_key, *aad, detached);
    if (!verified) return std::unexpected(verified.error());
    answer["payload"] = to_hex(verified->payload);
    answer["protected"] = to_hex(verified->protected_bytes);
    return {};
}

Result<Bytes> certificate_bytes(const Json& request) {
    if (has_parameter(request, "hex")) return hex_parameter(request, "hex");
    const auto text = text_parameter(request, "text");
    if (!text) return std::unexpected(text.error());
    auto qr = parse_qr_text(*text);
    if (!qr) return std::unexpected(qr.error());
    return std::move(qr->certificate);
}

Result<void> cert_parse(const Json& request, Json& answer) {
    const auto bytes = certificate_bytes(request);
    if (!bytes) return std::unexpected(bytes.error());
    const auto certificate = parse_certificate(*bytes);
    if (!certificate) return std::unexpected(certificate.error());
    answer["certificate"] = Json::parse(to_json(*certificate));
    return {};
}

Result<void> base10_encode(const Json& request, Json& answer) {
    const auto bytes = hex_parameter(request, "hex");
    if (!bytes) return std::unexpected(bytes.error());
    answer["digits"] = to_base10(*bytes);
    return {};
}

Result<void> base10_decode(const Json& request, Json& answer) {
    const auto digits = text_parameter(request, "digits");
    if (!digits) return std::unexpected(digits.error());
    const auto bytes = from_base10(*digits);
    if (!bytes) return std::unexpected(bytes.error());
    answer["hex"] = to_hex(*bytes);
    return {};
}

Result<void> uscc_check(const Json& request, Json&) {
    const auto text = text_parameter(request, "text");
    if (!text) return std::unexpected(text.error());
    return check_uscc(*text);
}

// Keys of the query that are no Application Identifiers: one text a key, a list of texts where it stands there often.
Json keys_and_values(const std::vector<gs1::Element>& others) {
    Json out = Json::object();
    for (const auto& [key, value] : others) {
        Json& slot = out[key];
        if (slot.is_null()) slot = value;
        else if (slot.is_string()) slot = Json::array({slot, value});
        else slot.push_back(value);
    }
    return out;
}

Result<void> gs1_parse(const Json& request, Json& answer) {
    const auto uri = text_parameter(request, "uri");
    if (!uri) return std::unexpected(uri.error());
    const auto link = gs1::parse_digital_link(*uri);
    if (!link) return std::unexpected(link.error());
    answer["elements"] = Json::object();
    for (const auto& [identifier, value] : link->elements) answer["elements"][identifier] = value;
    if (!link->others.empty()) answer["other"] = keys_and_values(link->others);
    return {};
}

// The office's public key: the parameter `office_key`, or the file office.pub beside the pack.
Result<Bytes> office_key(const Json& request, const std::string& trust_path) {
    if (has_parameter(request, "office_key")) return hex_parameter(request, "office_key");
    const std::string folder = trust_path.substr(0, trust_path.rfind('/') + 1);
    auto text = read_file(folder + "office.pub", 200);
    if (!text) return text;
    while (!text->empty() && text->back() <= ' ') text->pop_back();
    return from_hex(as_text(*text));
}

// What proves a pack, and what proves a bundle or a repository: given, or beside it.
Result<TrustAnchor> anchor_of(const Json& request, const std::string& path, TrustKind kind) {
    TrustAnchor anchor;
    if (kind == TrustKind::Pack || has_parameter(request, "office_key")) {
        auto key = office_key(request, path);
        if (!key) return std::unexpected(key.error());
        anchor.office_key = std::move(*key);
    }
    if (kind == TrustKind::Pack) return anchor;
    if (has_parameter(request, "root_pin")) {
        const auto text = text_parameter(request, "root_pin");
        if (!text) return std::unexpected(text.error());
        const auto pin = parse_root_pin(*text);
        if (!pin) return std::unexpected(pin.error());
        anchor.root_pin = *pin;
        anchor.repository_only = true;
        return anchor;
    }
    const auto beside = root_pin_beside(path);
    if (!beside) return std::unexpected(beside.error());
    anchor.root_pin = *beside;
    return anchor;
}

Result<OpenedTrust> open_trust(const Json& request) {
    const auto path = text_parameter(request, "trust");
    if (!path) return std::unexpected(path.error());
    const auto kind = trust_kind_of(*path);
    if (!kind) return std::unexpected(kind.error());
    const auto anchor = anchor_of(request, *path, *kind);
    if (!anchor) return std::unexpected(anchor.error());
    return open_trust_source(*path, *anchor);
}

Result<void> judge_text(const Json& request, Json& answer) {
    const auto text = text_parameter(request, "text");
    if (!text) return std::unexpected(text.error());
    const auto now = request.find("now");
    const bool now_ok = now != request.end() && now->is_number_integer() && is_plausible_time(now->get<std::int64_t>());
    if (!now_ok) return fail(ErrorCode::ConformBadRequest, {}, "now");
    const auto language = has_parameter(request, "lang") ? text_parameter(request, "lang") : std::string{default_language};
    if (!language) return std::unexpected(language.error());
    const Catalogue* catalogue = embedded_catalogue(*language);
    if (catalogue == nullptr) return fail(ErrorCode::ConformBadRequest, {}, "lang");
    auto trust = open_trust(request);
    if (!trust) return std::unexpected(trust.error());
    const bool by_hand = has_parameter(request, "dossier");
    const auto dossier = by_hand ? text_parameter(request, "dossier") : std::string{};
    if (!dossier) return std::unexpected(dossier.error());
    const FileSource files = by_hand ? dossier_source(*dossier, trust->files) : trust->files;
    const inquiry::Wishes wishes{.records = by_hand ? inquiry::RecordsFrom::ByHand : inquiry::RecordsFrom::Site};
    const inquiry::Inquiry asked = inquire(trust->session, files, *text, now->get<std::int64_t>(), wishes);
    answer.update(Json::parse(to_json(asked.judgement(), make_view(asked.judgement(), *asked.trust(), *catalogue))));
    answer.erase("version");
    return {};
}

constexpr std::array ops = {
    NamedOp{"ed25519.verify", ed25519_verify}, NamedOp{"cbor.decode", cbor_decode},     NamedOp{"cose.verify1", cose_verify1},
    NamedOp{"cert.parse", cert_parse},         NamedOp{"base10.encode", base10_encode}, NamedOp{"base10.decode", base10_decode},
    NamedOp{"uscc.check", uscc_check},         NamedOp{"gs1.parse", gs1_parse},
             NamedOp{"judge", judge_text},
    NamedOp{"merkle.inclusion", merkle_inclusion}, NamedOp{"merkle.consistency", merkle_consistency},
    NamedOp{"note.verify", note_verify},       NamedOp{"tsl.get", tsl_get},
    NamedOp{"log.proof", log_proof},
};

}  // namespace

std::span<const NamedOp> core_ops() { return ops; }

}  // namespace pipa::conform
