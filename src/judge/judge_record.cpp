#include "judge/rules.hpp"
#include "judge/steps.hpp"

namespace pipa {
namespace {

void look_at_story(Judgement& judgement, const TrustStore& trust, const Background& background) {
    static const Story no_story;
    judgement.story = background.story;
    const Story& story = judgement.story ? *judgement.story : no_story;
    const FieldData& field = background.field_data != nullptr ? *background.field_data : trust.pack().field_data;
    RuleInput input{judgement.certificate->certificate, *judgement.issuer, story, field, judgement.now_unix_s, judgement.story != nullptr, judgement.heard, background.notices};
    judgement.heard = hear(input);
    input.heard = judgement.heard;
    run_rules(input, judgement.reasons);
}

}  // namespace

Background Background::with(std::shared_ptr<const Story> story) {
    const Record record = story ? Record::Given : Record::NotAsked;
    return {record, std::move(story), nullptr};
}

Background Background::open(ByteView dossier, const TrustStore& trust) {
    auto story = open_dossier(dossier, trust);
    if (!story) return {Record::Unreadable, nullptr, nullptr};
    return with(std::make_shared<const Story>(std::move(*story)));
}

Judgement judge_answer(std::string_view text, const TrustStore& trust, UnixSeconds now, const Background& background) {
    Judgement out = examine(text, trust, now);
    if (may_have_story(out)) {
        look_at_availability(out, background.record);
        look_at_story(out, trust, background);
    }
    conclude(out);
    return out;
}

}  // namespace pipa
