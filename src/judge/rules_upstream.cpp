// What went into this lot, judged by the same rules: stopped by a notice, failed in a test, or found wanting in another way.
#include <algorithm>
#include <array>
#include <climits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

// Empty where this device should know and does not.
std::optional<Status> status_of(const RuleInput& input, const CheckedStatement& told) {
    const auto index = told.statement->certificate->status_index;
    if (input.trust == nullptr || !index || !input.trust->keeps_status()) return Status::Valid;  // there is none to know
    return input.trust->status_of(*index, told.key->store);
}

// What the certificate itself has to say, as it would where it is the one that was asked about.
void look_at_itself(const RuleInput& input, const CheckedStatement& told, Findings& reasons) {
    if (status_of(input, told).value_or(Status::Valid) != Status::Valid) add(reasons, ReasonId::StatusWithdrawn);
    const bool bought = input.certificate.form == Form::Buyer2025 || told.key->role == Role::Buyer;
    if (bought && input.certificate.upstream.empty()) add(reasons, ReasonId::UpstreamMissing);
}

// The gravest that is to be said against one certificate upstream.
void judge_one(const RuleInput& input, std::size_t at, Findings& reasons) {
    const CheckedStatement& told = input.dossier.statements[at];
    RuleInput theirs = for_upstream(input, at);
    const std::vector<Bearing> bearings = lot_bearings_of(theirs);
    theirs.bearings = bearings;
    Findings findings;
    look_at_itself(theirs, told, findings);
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

Upstream::State looked_up(const RuleInput& input, const UpstreamReference& reference) {
    const auto found = std::ranges::find(input.upstream, reference, &Upstream::reference);
    return found == input.upstream.end() ? Upstream::State::NotOnRecord : found->state;
}

// Numbers that nothing here answers for, or whose place in a status list is not known, behind what this record alone speaks of: who buys from
// himself leads back to nothing.
std::vector<std::string_view> unanswered_behind(const RuleInput& input, std::span<const std::size_t> known) {
    const auto& statements = input.dossier.statements;
    std::vector<std::size_t> followed;
    const auto follow = [&](const UpstreamReference& reference) {
        const auto found = std::ranges::find_if(known, [&](std::size_t at) { return is_referred_to(reference, statements[at]); });
        if (found == known.end()) return false;
        if (std::ranges::find(followed, *found) == followed.end()) followed.push_back(*found);
        return true;
    };
    for (const UpstreamReference& reference : input.certificate.upstream)
        if (looked_up(input, reference) != Upstream::State::Stands) follow(reference);
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < followed.size(); ++i) {
        const CheckedStatement& told = statements[followed[i]];
        if (!status_of(input, told)) out.push_back(told.statement->id());
        for (const UpstreamReference& reference : told.statement->certificate->upstream)
            if (!follow(reference)) out.push_back(reference.number);
    }
    return out;
}

}  // namespace

void judge_upstream(const RuleInput& input, Findings& reasons) {
    if (input.certificate.upstream.empty()) return;
    // Of two of one number the reasons do not say which is meant, so both are told.
    const auto is_said = [&](std::string_view number) {
        return std::ranges::count(input.certificate.upstream, number, &UpstreamReference::number) < 2 && std::ranges::any_of(reasons.all(), [&](const Reason& reason) { return is_stop(reason) && names(reason, number); });
    };
    const std::vector<std::size_t> known = known_upstream(input);
    for (const std::size_t at : known)
        if (!is_said(input.dossier.statements[at].statement->id())) judge_one(input, at, reasons);
    std::vector<std::string_view> not_checked;
    const auto say_not_checked = [&](std::string_view number) {
        if (is_said(number) || std::ranges::find(not_checked, number) != not_checked.end()) return;
        not_checked.push_back(number);
        add(reasons, ReasonId::UpstreamNotChecked).with("number", number);
    };
    // What did not fit into one judgement was not looked at, and any of these numbers may lead to it.
    const bool cut_short = known.size() >= max_upstream_judged;
    // What went into this lot had been promised before it.
    const auto is_earlier = [&](const ParsedStatement& other) { return day_of(other.issued()) <= day_of(input.certificate.issued_unix_s); };
    const bool anything_known = input.has_dossier || !input.upstream.empty();
    for (const UpstreamReference& reference : input.certificate.upstream) {
        const std::string& number = reference.number;
        const auto state = looked_up(input, reference);
        const bool in_dossier = std::ranges::any_of(known, [&](std::size_t at) {
            const CheckedStatement& other = input.dossier.statements[at];
            return is_referred_to(reference, other) && is_earlier(*other.statement);
        });
        if (state == Upstream::State::Stopped && !is_said(number)) add(reasons, ReasonId::UpstreamWanting).with("number", number);
        const bool unknown = cut_short || state == Upstream::State::NotChecked || (state == Upstream::State::NotOnRecord && !in_dossier);
        if (unknown && anything_known) say_not_checked(number);
    }
    for (const std::string_view number : unanswered_behind(input, known)) say_not_checked(number);
    const auto speaks_against = [](const Reason& reason) {
        return reason.id == ReasonId::UpstreamStopped || reason.id == ReasonId::UpstreamTestFailed || reason.id == ReasonId::UpstreamWanting ||
               reason.id == ReasonId::UpstreamNotChecked;
    };
    if (input.has_dossier && std::ranges::none_of(reasons.all(), speaks_against))
        add(reasons, ReasonId::UpstreamNamed).with("count", std::to_string(input.certificate.upstream.size()));
}

}  // namespace pipa
