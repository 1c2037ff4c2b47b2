#include "support/dossier_stories.hpp"

#include <stdexcept>

#include "base/hex.hpp"
#include "record/statement_types.hpp"
#include "support/json_records.hpp"
#include "support/signing.hpp"
#include "trust/cose_verify.hpp"

namespace pipa::test {
namespace {

constexpr const char* default_issued = "2026-11-13T08:00:00+08:00";
constexpr const char* recheck_issued = "2026-11-16T08:00:00+08:00";
constexpr const char* default_producer = "92330113XXDEM0023Q";  // P2

}  // namespace

void complete_story(Json& statement, const StoryDigests& digests) {
    if (!statement.contains("issued")) statement["issued"] = statement.contains("recheck_of") ? recheck_issued : default_issued;
    const std::string type = statement["type"].get<std::string>();
    const bool owned = type == "test" || type == "input" || type == "work" || type == "patrol" || type == "grade" ||
                       (type == "notice" && (statement.contains("lots") || statement.contains("certificates")));
    if (owned && !statement.contains("producer") && !statement.contains("producers")) statement["producer"] = default_producer;
    for (const char* reference : {"recheck_of", "closes", "test"})
        if (statement.contains(reference)) statement[reference] = digests.contains(statement[reference].get<std::string>()) ? digests.at(statement[reference].get<std::string>()) : std::string(64, 'a');
    statement.erase("signer");
    statement.erase("type");
}

void refer_upstream(Json& certificate, const StoryDigests& digests) {
    if (!certificate.contains("upstream")) return;
    for (Json& number : certificate["upstream"])
        if (const auto found = digests.find(number.get<std::string>()); found != digests.end()) number = found->second;
}

Bytes sign_story(Json statement, StoryDigests& digests) {
    if (statement.contains("certificate")) {  // a certificate among the statements: what it says in place of the base's
        const Json fields = load_table("dossier_rules.json")["base"]["certificate"];
        Json all = fields;
        for (const auto& [key, value] : statement["certificate"].items()) all[key] = value;
        refer_upstream(all, digests);
        const Certificate certificate = certificate_from(all);
        const auto signer = worthless_key(statement["signer"].get<std::string>());
        Bytes message = sign_certificate(signer, certificate);
        digests[certificate.number] = format_reference(reference_to(certificate.number, kid_of(signer.public_key()), crypto::sha256(message)));
        return message;
    }
    const auto signer = worthless_key(statement["signer"].get<std::string>());
    const auto type = statement_type_named(statement["type"].get<std::string>()).value();
    complete_story(statement, digests);
    const auto payload = payload_from_json(statement.dump(), *schema_of(type));
    if (!payload) throw std::runtime_error(answer_of(payload.error()));
    Bytes message = sign_payload(signer, type, cbor::encode(*payload));
    digests[statement["id"].get<std::string>()] = to_hex(crypto::sha256(message));
    return message;
}

}  // namespace pipa::test
