// What went into this lot, judged by the same rules: stopped by a notice, failed in a test, or found wanting in another way.
#include <algorithm>
#include <array>
#include <climits>

#include "judge/rules.hpp"

namespace pipa {
namespace {

struct UpstreamReason {
    ReasonId of_upstream;
    ReasonId here;
};
// What of an upstream certificate travels downstream under a name of its own, and with what it is said of; the rest is 'wanting'.
constexpr std::array travels = {
    UpstreamReason{ReasonId::Recalled, ReasonId::UpstreamStopped},       UpstreamReason{ReasonId::Withdrawn, ReasonId::UpstreamStopped},
    UpstreamReason{ReasonId::Suspended, ReasonId::UpstreamStopped},      UpstreamReason{ReasonId::TestFailed, ReasonId::UpstreamTestFailed},
    UpstreamReason{ReasonId::TestDeclaredFailed, ReasonId::UpstreamTestFailed},
};

bool is_stop(const Reason& reason) { return rule_of(reason.id).level == Level::Stop; }

bool names(const Reason& reason, std::string_view number) {
    return std::ranges::any_of(reason.arguments, [&](const Argument& argument) { return argument.name == "number" && argument.value == number; });
}

void look_at_status(const RuleInput& input, const CheckedStatement& told, Findings& reasons) {
    const auto index = input.certificate.status_index;
    if (input.trust == nullptr || !index || !input.trust->keeps_status()) return;
    const auto status = input.trust->status_of(*index, told.key->store);
    if (status && *status != Status::Valid) add(reasons, ReasonId::StatusWithdrawn);
}

// The gravest that is to be said against one certificate upstream.
void judge_one(const RuleInput& input, std::size_t at, Findings& reasons) {
    const CheckedStatement& told = input.dossier.statements[at];
    RuleInput theirs = for_upstream(input, at);
    const std::vector<Bearing> bearings = lot_bearings_of(theirs);
    theirs.bearings = bearings;
    Findings findings;
    look_at_status(theirs, told, findings);
    for (const auto rule : {judge_notices, judge_tests, judge_inputs, judge_labels}) rule(theirs, findings);
    std::vector<Reason> found = findings.finish();
    const auto gravest = std::ranges::min_element(found, {}, [](const Reason& reason) { return is_stop(reason) ? static_cast<int>(reason.id) : INT_MAX; });
    if (gravest == found.end() || !is_stop(*gravest)) return;
    const auto row = std::ranges::find(travels, gravest->id, &UpstreamReason::of_upstream);
    Reason& reason = add(reasons, row == travels.end() ? ReasonId::UpstreamWanting : row->here);
    reason.arguments = std::move(gravest->arguments);
    reason.evidence = std::move(gravest->evidence);
    reason.arguments.insert(reason.arguments.begin(), {"number", std::string{told.statement->id()}});
}

}  // namespace

void judge_upstream(const RuleInput& input, Findings& reasons) {
    if (input.certificate.upstream.empty()) return;
    const auto is_said = [&](std::string_view number) {
        return std::ranges::any_of(reasons.all(), [&](const Reason& reason) { return is_stop(reason) && names(reason, number); });
    };
    const std::vector<std::size_t> known = known_upstream(input);
    for (const std::size_t at : known)
        if (!is_said(input.dossier.statements[at].statement->id())) judge_one(input, at, reasons);
    // What did not fit into one judgement was not looked at, and any of these numbers may lead to it.
    const bool cut_short = known.size() >= max_upstream_judged;
    // What went into this lot had been promised before it.
    const auto is_earlier = [&](const ParsedStatement& other) { return day_of(other.issued()) <= day_of(input.certificate.issued_unix_s); };
    const bool anything_known = input.has_dossier || !input.upstream.empty();
    for (const std::string& number : input.certificate.upstream) {
        const auto looked_up = std::ranges::find(input.upstream, number, &Upstream::number);
        const auto state = looked_up == input.upstream.end() ? Upstream::State::NotOnRecord : looked_up->state;
        const bool in_dossier = std::ranges::any_of(known, [&](std::size_t at) {
            const ParsedStatement& other = *input.dossier.statements[at].statement;
            return other.id() == number && is_earlier(other);
        });
        if (state == Upstream::State::Stopped && !is_said(number)) add(reasons, ReasonId::UpstreamWanting).with("number", number);
        const bool unknown = cut_short || state == Upstream::State::NotChecked || (state == Upstream::State::NotOnRecord && !in_dossier);
        if (unknown && anything_known && !is_said(number)) add(reasons, ReasonId::UpstreamNotChecked).with("number", number);
    }
    const auto speaks_against = [](const Reason& reason) {
        return reason.id == ReasonId::UpstreamStopped || reason.id == ReasonId::UpstreamTestFailed || reason.id == ReasonId::UpstreamWanting ||
               reason.id == ReasonId::UpstreamNotChecked;
    };
    if (input.has_dossier && std::ranges::none_of(reasons.all(), speaks_against))
        add(reasons, ReasonId::UpstreamNamed).with("count", std::to_string(input.certificate.upstream.size()));
}

}  // namespace pipa
