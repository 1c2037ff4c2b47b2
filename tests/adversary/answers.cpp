#include "adversary/answers.hpp"

#include <algorithm>
#include <array>

namespace pipa::test {
namespace {

// What is good to hear, or says nothing of the goods. Everything else counts, so that a new reason is held to the invariants by itself.
constexpr std::array speaks_for_goods = {ReasonId::SignatureFits,       ReasonId::ShownBeforeLoss, ReasonId::RecheckConfirmed, ReasonId::RecheckCleared,
                                         ReasonId::IntervalKept,        ReasonId::DegreeDaysKept,  ReasonId::UpstreamNamed,    ReasonId::FurtherFindings,
                                         ReasonId::SeveralCertificates, ReasonId::NotListed,       ReasonId::Drill,            ReasonId::IssuedDaysAgo};

// "test" of "test.failed".
std::string_view kind_of(ReasonId id) {
    const std::string_view code = rule_of(id).code;
    return code.substr(0, code.find('.'));
}

int count_in(const Answer& answer, ReasonId id) {
    const auto found = answer.said.find(id);
    return found == answer.said.end() ? 0 : found->second;
}

// A graver word of the same kind, said more often than before: "failed" in place of "suspected".
bool gave_way(ReasonId id, const Answer& before, const Answer& after) {
    return std::ranges::any_of(after.said, [&](const auto& one) { return one.first < id && kind_of(one.first) == kind_of(id) && one.second > count_in(before, one.first); });
}

std::string told(const Answer& answer) {
    return std::string{level_name(answer.level)} + " (" + std::string{rule_of(answer.headline).code} + ")";
}

}  // namespace

Answer answer_of(const Judgement& judgement) {
    Answer out{.level = judgement.level, .headline = judgement.reasons.front().id};
    for (const Reason& reason : judgement.reasons)
        if (std::ranges::find(speaks_for_goods, reason.id) == speaks_for_goods.end()) ++out.said[reason.id];
    return out;
}

int gravity_of(Level level) noexcept { return level == Level::Stop ? 3 : level == Level::Unknown ? 2 : level == Level::Caution ? 1 : 0; }

std::map<ReasonId, int> losses(const Answer& before, const Answer& after) {
    std::map<ReasonId, int> out;
    for (const auto& [id, count] : before.said)
        if (count_in(after, id) < count && !gave_way(id, before, after)) out[id] = count - count_in(after, id);
    return out;
}

std::map<ReasonId, int> gains(const Answer& before, const Answer& after) {
    std::map<ReasonId, int> out;
    for (const auto& [id, count] : after.said)
        if (count > count_in(before, id) && id != ReasonId::StatementDoesNotStand) out[id] = count - count_in(before, id);
    return out;
}

std::string compared(const Answer& before, const Answer& after) {
    std::string out = told(before) + " became " + told(after);
    for (const auto& [id, fewer] : losses(before, after)) out += "; " + std::string{rule_of(id).code} + " " + std::to_string(count_in(before, id)) + " -> " + std::to_string(count_in(after, id));
    for (const auto& [id, more] : gains(before, after)) out += "; " + std::string{rule_of(id).code} + " +" + std::to_string(more);
    return out;
}

}  // namespace pipa::test
