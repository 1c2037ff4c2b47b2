#include "judge/rules.hpp"
#include "judge/steps.hpp"

namespace pipa {
namespace {

void look_at_dossier(Judgement& judgement, const TrustStore& trust, const Evidence& evidence) {
    static const CheckedDossier no_dossier;
    judgement.dossier = evidence.dossier;
    const CheckedDossier& dossier = judgement.dossier ? *judgement.dossier : no_dossier;
    const FieldData& field = evidence.field_data != nullptr ? *evidence.field_data : trust.pack().field_data;
    RuleInput input{judgement.certificate->certificate, *judgement.issuer, dossier, field, judgement.now_unix_s, judgement.dossier != nullptr, judgement.bearings, evidence.notices};
    judgement.bearings = bearings_of(input);
    input.bearings = judgement.bearings;
    run_rules(input, judgement.reasons);
}

}  // namespace

Evidence Evidence::with(std::shared_ptr<const CheckedDossier> dossier) {
    const Record record = dossier ? Record::Given : Record::NotAsked;
    return {record, std::move(dossier), nullptr};
}

Evidence Evidence::open(ByteView file, const TrustStore& trust) {
    auto dossier = open_dossier(file, trust);
    if (!dossier) return {Record::Unreadable, nullptr, nullptr};
    return with(std::make_shared<const CheckedDossier>(std::move(*dossier)));
}

Judgement judge_answer(std::string_view text, const TrustStore& trust, UnixSeconds now, const Evidence& evidence) {
    Judgement out = examine(text, trust, now);
    if (may_have_dossier(out)) {
        look_at_availability(out, evidence.record);
        look_at_dossier(out, trust, evidence);
    }
    conclude(out);
    return out;
}

}  // namespace pipa
