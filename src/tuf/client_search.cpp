// Section 5.6.7: "Perform a pre-order depth-first search for metadata about the desired target, beginning with the
// top-level targets role."
#include <algorithm>
#include <iterator>

#include "tuf/client.hpp"
#include "tuf/names.hpp"
#include "tuf/path_pattern.hpp"

namespace pipa::tuf {

void Client::find(std::string_view target_path) {
    m_found.reset();
    if (m_stage == Stage::Failed || !m_trusted.targets()) return;
    m_error.reset();
    m_target_path = target_path;
    m_to_visit.clear();
    m_visited = {"targets"};
    end_task(Stage::Refreshed);
    visited(m_trusted.targets());
}

// Section 5.6.7.1: a role that has the target ends the search; otherwise its delegations are looked at first.
void Client::visited(const std::shared_ptr<const Targets>& targets) {
    if (const auto found = targets->targets.find(m_target_path); found != targets->targets.end())
        return take_target(found->second);
    push_delegations(targets);
    visit_next();
}

// Section 5.6.7.2: "recursively search the list of delegations in order of appearance", only those whose paths match.
void Client::push_delegations(const std::shared_ptr<const Targets>& targets) {
    std::vector<Delegated> children;
    if (targets->succinct_roles)
        children.push_back({bin_name(*targets->succinct_roles, m_target_path), targets->succinct_roles->role, false, targets});
    for (const Delegation& delegation : targets->delegations) {
        if (!is_delegated_path(delegation, m_target_path)) continue;
        children.push_back({delegation.name, delegation.role, delegation.terminating, targets});
        if (!delegation.terminating) continue;
        // Section 4.5: a terminating delegation ends the search "once this delegation (and its descendants) have been
        // processed": neither those after it nor those that an ancestor still had are looked at.
        m_to_visit.clear();
        break;
    }
    std::ranges::move(children.rbegin(), children.rend(), std::back_inserter(m_to_visit));
}

void Client::visit_next() {
    // "If this role has been visited before, then skip this role (so that cycles in the delegation graph are avoided)."
    while (!m_to_visit.empty() && std::ranges::find(m_visited, m_to_visit.back().name) != m_visited.end()) m_to_visit.pop_back();
    if (m_to_visit.empty()) return stop({ErrorCode::TufNoSuchTarget, {}, m_target_path});
    // The top-level role was visited as well but is not a delegated one.
    if (m_visited.size() > m_trusted.limits().visited_roles)
        return stop({ErrorCode::TufTooManyRoles, {}, std::to_string(m_visited.size() - 1)});
    m_visiting = std::move(m_to_visit.back());
    m_to_visit.pop_back();
    m_visited.push_back(m_visiting->name);
    // Nothing that the snapshot does not vouch for is even asked for.
    if (m_trusted.listed(m_visiting->name) == nullptr) return stop({ErrorCode::TufNotInSnapshot, {}, m_visiting->name});
    ask_storage(Stage::StoredDelegated, m_visiting->name);
}

void Client::take_target(const TargetFile& file) {
    if (file.length > m_trusted.limits().target_bytes) return stop({ErrorCode::TufTooLarge, {}, m_target_path});
    if (!file.hashes.sha256 && !file.hashes.sha512) return stop({ErrorCode::TufUnknownHash, {}, m_target_path});
    m_found = file;
    end_task(Stage::Refreshed);
}

// A role that the snapshot does not list is one that was not published yet.
bool is_signed_absence(const Error& error) noexcept { return error.code == ErrorCode::TufNoSuchTarget || error.code == ErrorCode::TufNotInSnapshot; }

Request Client::target_request() const {
    return {Request::From::TargetsUrl, target_url_path(m_target_path, *m_found, m_trusted.root().consistent_snapshot),
            m_found->length};
}

}  // namespace pipa::tuf
