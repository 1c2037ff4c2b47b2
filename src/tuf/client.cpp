#include "tuf/client.hpp"

#include <algorithm>

#include "tuf/names.hpp"

namespace pipa::tuf {

Result<Client> Client::open(ByteView root_file, UnixSeconds now, const Limits& limits) {
    auto trusted = TrustedSet::open(root_file, now, limits);
    if (!trusted) return std::unexpected(trusted.error());
    Client client(std::move(*trusted));
    client.ask_storage(Stage::KnownTimestamp, "timestamp");
    return client;
}

void Client::ask_storage(Stage stage, std::string_view role) {
    m_stage = stage;
    m_request = Request{Request::From::Storage, stored_metadata_name(role), m_trusted.limits().targets_bytes};
}

void Client::ask_metadata(Stage stage, std::string_view role, std::uint64_t version, std::uint64_t max_bytes) {
    m_stage = stage;
    m_request = Request{Request::From::MetadataUrl, metadata_path(role, version), max_bytes};
}

// Sections 5.5.1 and 5.6.1: the file that a role above lists, by its version where snapshots are consistent.
void Client::ask_listed(Stage stage, std::string_view role, const MetaFile& file, std::size_t limit) {
    const std::uint64_t max_bytes = file.length.value_or(limit);
    if (max_bytes > limit) return stop({ErrorCode::TufTooLarge, {}, std::string(role)});
    ask_metadata(stage, role, m_trusted.root().consistent_snapshot ? file.version : 0, max_bytes);
}

// Section 5.3.3: "Try downloading version N+1 of the root metadata file."
void Client::ask_next_root() {
    ask_metadata(Stage::Root, "root", m_trusted.root().version + 1, m_trusted.limits().root_bytes);
}

void Client::keep(std::string_view role, Bytes content) { m_writes.push_back({stored_metadata_name(role), std::move(content)}); }

void Client::end_task(Stage stage) {
    m_stage = stage;
    m_request.reset();
}

void Client::stop(Error error) {
    m_error = std::move(error);
    const bool searching = m_stage >= Stage::Refreshed && m_stage != Stage::Failed;
    end_task(searching ? Stage::Refreshed : Stage::Failed);
}

void Client::answer(Answer answer) {
    switch (m_stage) {
        case Stage::KnownTimestamp: return got_known_timestamp(answer);
        case Stage::EarlyTimestamp: return got_early_timestamp(std::move(answer));
        case Stage::StoredTimestamp:
        case Stage::StoredSnapshot:
        case Stage::StoredTargets:
        case Stage::StoredDelegated: return got_stored(answer);
        case Stage::Root:
        case Stage::Timestamp:
        case Stage::Snapshot:
        case Stage::Targets:
        case Stage::Delegated: return got_fetched(std::move(answer));
        case Stage::Refreshed:
        case Stage::Failed: return;  // nothing was asked
    }
}

// Does a timestamp that the present root's keys have signed say that this root is the current one?
bool Client::is_root_stated_current() const noexcept {
    return m_trusted.timestamp() != nullptr && m_trusted.timestamp()->root_version == m_trusted.root().version;
}

// The order of section 5.3, from the beginning.
void Client::start_in_order() {
    m_trusted.forget_timestamp();
    ask_next_root();
}

// The stored timestamp tells whose repository this is: one that states its root's version in the timestamp.
void Client::got_known_timestamp(const Answer& answer) {
    const bool found = answer.outcome == Answer::Outcome::Found;
    if (!found || !m_trusted.adopt_timestamp(answer.content) || !is_root_stated_current()) return start_in_order();
    ask_metadata(Stage::EarlyTimestamp, "timestamp", 0, m_trusted.limits().timestamp_bytes);
}

// Whatever is not as it should be is left to the usual order: a new root may explain it, and if none does, that order says why.
void Client::got_early_timestamp(Answer answer) {
    const std::string path = m_request->path;
    if (answer.outcome == Answer::Outcome::Unreachable) return stop({ErrorCode::TufUnreachable, {}, path + ": " + answer.detail});
    const bool fits = answer.outcome == Answer::Outcome::Found && answer.content.size() <= m_request->max_bytes;
    const auto accepted = fits ? m_trusted.accept_timestamp(answer.content) : std::unexpected(Error{});
    const bool current = accepted && is_root_stated_current() && m_trusted.check_root_is_fresh() && m_trusted.check_timestamp_is_fresh();
    if (!current) return start_in_order();
    if (*accepted == TrustedSet::News::Some) keep("timestamp", std::move(answer.content));
    ask_storage(Stage::StoredSnapshot, "snapshot");
}

// A stored file that is missing, unreadable or no longer properly signed is as good as none.
void Client::got_stored(const Answer& answer) {
    const bool found = answer.outcome == Answer::Outcome::Found;
    const Limits& limits = m_trusted.limits();
    switch (m_stage) {
        case Stage::StoredTimestamp:
            if (found) m_trusted.adopt_timestamp(answer.content);
            // Section 5.4.1.
            return ask_metadata(Stage::Timestamp, "timestamp", 0, limits.timestamp_bytes);
        case Stage::StoredSnapshot:
            if (found) m_trusted.adopt_snapshot(answer.content);
            if (m_trusted.is_snapshot_current()) return ask_storage(Stage::StoredTargets, "targets");
            return ask_listed(Stage::Snapshot, "snapshot", m_trusted.timestamp()->snapshot, limits.snapshot_bytes);
        case Stage::StoredTargets:
            if (found && m_trusted.accept_targets(answer.content)) return end_task(Stage::Refreshed);
            return ask_listed(Stage::Targets, "targets", *m_trusted.listed("targets"), limits.targets_bytes);
        default: break;
    }
    if (found) {
        if (auto targets = m_trusted.read_delegated(answer.content, *m_visiting))
            return visited(std::make_shared<const Targets>(std::move(*targets)));
    }
    ask_listed(Stage::Delegated, m_visiting->name, *m_trusted.listed(m_visiting->name), limits.targets_bytes);
}

void Client::got_fetched(Answer answer) {
    const std::string path = m_request->path;
    switch (answer.outcome) {
        case Answer::Outcome::Found: break;
        case Answer::Outcome::Missing:
            if (m_stage == Stage::Root) return root_is_latest();  // section 5.3.3
            return stop({ErrorCode::TufNotFound, {}, path});
        case Answer::Outcome::Unreachable: return stop({ErrorCode::TufUnreachable, {}, path + ": " + answer.detail});
        case Answer::Outcome::TooLarge: return stop({ErrorCode::TufTooLarge, {}, path});
    }
    if (answer.content.size() > m_request->max_bytes) return stop({ErrorCode::TufTooLarge, {}, path});
    switch (m_stage) {
        case Stage::Root: return got_root(std::move(answer.content));
        case Stage::Timestamp: return got_timestamp(std::move(answer.content));
        case Stage::Snapshot: return got_snapshot(std::move(answer.content));
        case Stage::Targets: return got_targets(std::move(answer.content));
        default: break;
    }
    auto targets = m_trusted.read_delegated(answer.content, *m_visiting);
    // Section 5.6.7: "If any metadata [...] cannot be downloaded nor validated, end the search."
    if (!targets) return stop(targets.error());
    keep(m_visiting->name, std::move(answer.content));
    visited(std::make_shared<const Targets>(std::move(*targets)));
}

void Client::got_root(Bytes file) {
    if (const auto accepted = m_trusted.accept_root(file); !accepted) return stop(accepted.error());
    keep("root", std::move(file));  // section 5.3.8
    // Section 5.3.3: "or we have downloaded more than Y number of root metadata files".
    if (++m_rotations >= m_trusted.limits().root_rotations) return root_is_latest();
    ask_next_root();  // section 5.3.9
}

void Client::root_is_latest() {
    if (const auto fresh = m_trusted.check_root_is_fresh(); !fresh) return stop(fresh.error());  // section 5.3.10
    if (!m_trusted.were_keys_rotated()) return ask_storage(Stage::StoredTimestamp, "timestamp");
    // Section 5.3.11: "If the timestamp and / or snapshot keys have been rotated, then delete the trusted timestamp and
    // snapshot metadata files."
    m_writes.push_back({stored_metadata_name("timestamp"), {}});
    m_writes.push_back({stored_metadata_name("snapshot"), {}});
    ask_metadata(Stage::Timestamp, "timestamp", 0, m_trusted.limits().timestamp_bytes);
}

void Client::got_timestamp(Bytes file) {
    const auto accepted = m_trusted.accept_timestamp(file);
    if (!accepted) return stop(accepted.error());
    if (*accepted == TrustedSet::News::Some) keep("timestamp", std::move(file));  // section 5.4.5
    // An update cycle may have ended early after it stored this timestamp, so an unchanged one is no reason to skip
    // the rest: what follows asks the network only for what is missing.
    if (const auto fresh = m_trusted.check_timestamp_is_fresh(); !fresh) return stop(fresh.error());
    if (!m_trusted.were_keys_rotated()) return ask_storage(Stage::StoredSnapshot, "snapshot");
    ask_listed(Stage::Snapshot, "snapshot", m_trusted.timestamp()->snapshot, m_trusted.limits().snapshot_bytes);
}

void Client::got_snapshot(Bytes file) {
    if (const auto accepted = m_trusted.accept_snapshot(file); !accepted) return stop(accepted.error());
    keep("snapshot", std::move(file));  // section 5.5.7
    ask_storage(Stage::StoredTargets, "targets");
}

void Client::got_targets(Bytes file) {
    if (const auto accepted = m_trusted.accept_targets(file); !accepted) return stop(accepted.error());
    keep("targets", std::move(file));  // section 5.6.6
    end_task(Stage::Refreshed);
}

}  // namespace pipa::tuf
