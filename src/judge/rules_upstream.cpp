// What went into this lot: stopped by a notice (rules_notices.cpp), or found wanting when it was judged by the same rules.
#include <algorithm>

#include "judge/rules.hpp"

namespace pipa {

void judge_upstream(const RuleInput& input, std::vector<Reason>& reasons) {
    if (input.certificate.upstream.empty()) return;
    const auto is_stopped = [](const Reason& reason) { return reason.id == ReasonId::UpstreamStopped; };
    const auto names = [](const Reason& reason, std::string_view number) {
        return std::ranges::any_of(reason.arguments, [&](const Argument& argument) { return argument.name == "number" && argument.value == number; });
    };
    bool in_order = std::ranges::none_of(reasons, is_stopped);
    for (const Upstream& upstream : input.upstream) {
        const bool known = std::ranges::any_of(reasons, [&](const Reason& reason) { return is_stopped(reason) && names(reason, upstream.number); });
        if (upstream.state == Upstream::State::Stopped && !known) add(reasons, ReasonId::UpstreamWanting).with("number", upstream.number);
        if (upstream.state == Upstream::State::NotChecked) add(reasons, ReasonId::UpstreamNotChecked).with("number", upstream.number);
        in_order = in_order && upstream.state != Upstream::State::Stopped && upstream.state != Upstream::State::NotChecked;
    }
    if (in_order && input.has_dossier) add(reasons, ReasonId::UpstreamNamed).with("count", std::to_string(input.certificate.upstream.size()));
}

}  // namespace pipa
