#include "judge/findings.hpp"
#include "judge/rules.hpp"
#include "limits/limits.hpp"

namespace pipa::test {
namespace {

std::string findings_of(int count) {
    Findings findings;
    for (int i = 0; i < count; ++i) (void)findings.add(ReasonId::Warning);
    const std::vector<Reason> told = findings.finish();
    return std::to_string(told.size()) + " told, the last " + std::string{rule_of(told.back().id).code};
}

UpstreamReference reference(const std::string& number) { return reference_to(number, {}, crypto::Digest{}); }

CheckedStatement certificate_told(const std::string& number, std::vector<UpstreamReference> upstream) {
    CheckedStatement out;
    out.statement = ParsedStatement{{.type = cose::StatementType::Certificate}, cbor::MapBuilder{}.finish(),
        Certificate{.number = number, .upstream = std::move(upstream)}};
    out.party = std::make_shared<const Party>();
    out.key = std::make_shared<const KeyEntry>();
    out.standing = Standing::Stands;
    return out;
}

// How many certificates upstream are known of one that names these.
std::string known_of(const CheckedDossier& dossier, std::vector<UpstreamReference> upstream) {
    const Certificate certificate{.number = "C", .upstream = std::move(upstream)};
    const Party issuer;
    const FieldData field;
    return std::to_string(known_upstream({.certificate = certificate, .issuer = issuer, .dossier = dossier, .field = field}).size());
}
// Each made from the next.
std::string chain_of(int length) {
    CheckedDossier dossier;
    for (int i = 1; i <= length; ++i) dossier.statements.push_back(certificate_told("U" + std::to_string(i),
        {reference("U" + std::to_string(i + 1))}));
    return known_of(dossier, {reference("U1")});
}
std::string beside_each_other(int count) {
    CheckedDossier dossier;
    std::vector<UpstreamReference> references;
    for (int i = 0; i < count; ++i) {
        references.push_back(reference("U" + std::to_string(i)));
        dossier.statements.push_back(certificate_told(references.back().number, {}));
    }
    return known_of(dossier, std::move(references));
}

std::string judged_at(UnixSeconds device_now) { return std::to_string(judge("", TrustStore{}, device_now).now_unix_s); }

}  // namespace

std::vector<Limit> limits_of_judge() {
    return {
        {"judge/findings.hpp", "most_of_a_kind", [] { return findings_of(32); }, "32 told, the last notice.warning",
            [] { return findings_of(33); }, "33 told, the last dossier.further_findings"},
        {"judge/rules.hpp", "max_upstream_depth", [] { return chain_of(3); }, "3", [] { return chain_of(4); }, "3"},
        {"judge/rules.hpp", "max_upstream_judged", [] { return beside_each_other(32); }, "32", [] { return beside_each_other(33); }, "32"},
        {"judge/judge.cpp", "latest_now", [] { return judged_at(7'258'089'599); }, "7258089599", [] { return judged_at(7'258'089'600); },
            "7258089599"},
        {"judge/judge.cpp", "earliest_now", [] { return judged_at(0); }, "0", [] { return judged_at(-1); }, "0"},
    };
}

}  // namespace pipa::test
