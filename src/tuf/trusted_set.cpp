#include "tuf/trusted_set.hpp"

#include <algorithm>

#include "tuf/decode.hpp"
#include "tuf/envelope.hpp"

namespace pipa::tuf {
namespace {

std::string version_detail(std::string_view name, std::uint64_t got, std::uint64_t expected) {
    return std::string(name) + ": " + std::to_string(got) + ", not " + std::to_string(expected);
}

Result<void> check_hashes(ByteView content, const Hashes& hashes, std::string_view name) {
    const bool wrong = (hashes.sha256 && crypto::sha256(content) != *hashes.sha256) ||
                       (hashes.sha512 && crypto::sha512(content) != *hashes.sha512);
    if (wrong) return fail(ErrorCode::TufWrongHash, {}, std::string(name));
    const bool checked = hashes.sha256 || hashes.sha512;
    if (hashes.listed && !checked) return fail(ErrorCode::TufUnknownHash, {}, std::string(name));
    return {};
}

// Sections 5.5.2 and 5.6.2: against what the role above has signed for, before anything is parsed.
Result<void> check_meta_file(ByteView file, const MetaFile& expected, std::string_view name) {
    if (expected.length && file.size() != *expected.length) return fail(ErrorCode::TufWrongLength, {}, std::string(name));
    return check_hashes(file, expected.hashes, name);
}

// Opens the envelope and checks its signatures; only then is anybody to look at what it says.
Result<JsonValue> open_signed(ByteView file, std::size_t max_bytes, const Keys& keys, const Role& role, std::string_view name) {
    auto envelope = open_envelope(file, max_bytes);
    if (!envelope) return std::unexpected(envelope.error());
    if (const auto valid = check_signatures(*envelope, keys, role, name); !valid) return std::unexpected(valid.error());
    return std::move(envelope->body);
}

template <typename T>
Result<T> decoded(const Result<JsonValue>& body, Result<T> (*decode)(const JsonValue&)) {
    if (!body) return std::unexpected(body.error());
    return decode(*body);
}

// A key was withdrawn. Additions and a new threshold are no reason to forget what was seen.
bool was_rotated(const Role& before, const Role& after) {
    return !std::ranges::all_of(before.keyids, [&](const std::string& id) {
        return std::ranges::find(after.keyids, id) != after.keyids.end();
    });
}

// Section 5.5.5: no file that was listed disappears or gets an older version.
Result<void> check_snapshot_goes_forward(const Snapshot& before, const Snapshot& after) {
    for (const auto& [name, file] : before.meta) {
        const auto found = after.meta.find(name);
        if (found == after.meta.end()) return fail(ErrorCode::TufRoleRemoved, {}, name.substr(0, 100));
        if (found->second.version < file.version)
            return fail(ErrorCode::TufRollback, {}, version_detail(name, found->second.version, file.version));
    }
    return {};
}

}  // namespace

Result<TrustedSet> TrustedSet::open(ByteView root_file, UnixSeconds now, const Limits& limits) {
    const auto envelope = open_envelope(root_file, limits.root_bytes);
    if (!envelope) return std::unexpected(envelope.error());
    auto root = decode_root(envelope->body);
    if (!root) return std::unexpected(root.error());
    // It is trusted for how it came here; that it fits its own keys shows that it came whole.
    const auto valid = check_signatures(*envelope, root->keys, root->root, "root");
    if (!valid) return std::unexpected(valid.error());
    return TrustedSet(std::move(*root), now, limits);
}

Result<void> TrustedSet::check_fresh(UnixSeconds expires, std::string_view name) const {
    // "The expiration timestamp MUST be higher than the fixed update start time."
    if (expires > m_now) return {};
    return fail(ErrorCode::TufExpired, {}, std::string(name) + " at " + format_rfc3339(expires));
}

Result<void> TrustedSet::accept_root(ByteView file) {
    const auto envelope = open_envelope(file, m_limits.root_bytes);
    if (!envelope) return std::unexpected(envelope.error());
    // Section 5.3.4: signed by "(1) a THRESHOLD of keys specified in the trusted root metadata file (version N), and
    // (2) a THRESHOLD of keys specified in the new root metadata file being validated (version N+1)."
    if (const auto by_old = check_signatures(*envelope, m_root.keys, m_root.root, "root"); !by_old)
        return std::unexpected(by_old.error());
    auto root = decode_root(envelope->body);
    if (!root) return std::unexpected(root.error());
    if (const auto by_new = check_signatures(*envelope, root->keys, root->root, "root"); !by_new)
        return std::unexpected(by_new.error());
    // Section 5.3.5: "exactly the version in the trusted root metadata (version N) incremented by one".
    if (root->version != m_root.version + 1)
        return fail(root->version <= m_root.version ? ErrorCode::TufRollback : ErrorCode::TufWrongVersion, {},
                    version_detail("root", root->version, m_root.version + 1));
    if (was_rotated(m_root.timestamp, root->timestamp) || was_rotated(m_root.snapshot, root->snapshot)) m_rotated_at = root->version;
    m_root = std::move(*root);
    return {};
}

Result<void> TrustedSet::check_root_is_fresh() const { return check_fresh(m_root.expires, "root"); }

bool TrustedSet::adopt_timestamp(ByteView file) {
    auto timestamp = decoded(open_signed(file, m_limits.timestamp_bytes, m_root.keys, m_root.timestamp, "timestamp"), decode_timestamp);
    if (!timestamp) return false;
    m_timestamp = std::move(*timestamp);
    return true;
}

Result<TrustedSet::News> TrustedSet::accept_timestamp(ByteView file) {
    // Section 5.4.2.
    auto timestamp = decoded(open_signed(file, m_limits.timestamp_bytes, m_root.keys, m_root.timestamp, "timestamp"), decode_timestamp);
    if (!timestamp) return std::unexpected(timestamp.error());
    if (m_timestamp) {
        // Section 5.4.3.1. "In case they are equal, discard the new timestamp metadata [...]. This is normal."
        if (timestamp->version == m_timestamp->version) return News::None;
        if (timestamp->version < m_timestamp->version)
            return fail(ErrorCode::TufRollback, {}, version_detail("timestamp", timestamp->version, m_timestamp->version));
        // Section 5.4.3.2.
        if (timestamp->snapshot.version < m_timestamp->snapshot.version)
            return fail(ErrorCode::TufRollback, {},
                        version_detail("snapshot", timestamp->snapshot.version, m_timestamp->snapshot.version));
    }
    // Section 5.4.4.
    if (const auto fresh = check_fresh(timestamp->expires, "timestamp"); !fresh) return std::unexpected(fresh.error());
    m_timestamp = std::move(*timestamp);
    return News::Some;
}

Result<void> TrustedSet::check_timestamp_is_fresh() const {
    if (!m_timestamp) return fail(ErrorCode::TufNotFound, {}, "timestamp");
    return check_fresh(m_timestamp->expires, "timestamp");
}

void TrustedSet::adopt_snapshot(ByteView file) {
    auto snapshot = decoded(open_signed(file, m_limits.snapshot_bytes, m_root.keys, m_root.snapshot, "snapshot"), decode_snapshot);
    if (!snapshot) return;
    m_snapshot_current = m_timestamp && snapshot->version == m_timestamp->snapshot.version && snapshot->expires > m_now &&
                         check_meta_file(file, m_timestamp->snapshot, "snapshot").has_value();
    m_snapshot = std::move(*snapshot);
}

Result<void> TrustedSet::accept_snapshot(ByteView file) {
    if (!m_timestamp) return fail(ErrorCode::TufNotFound, {}, "timestamp");
    const MetaFile& expected = m_timestamp->snapshot;
    // Section 5.5.2.
    if (const auto same = check_meta_file(file, expected, "snapshot"); !same) return same;
    // Section 5.5.3.
    auto snapshot = decoded(open_signed(file, m_limits.snapshot_bytes, m_root.keys, m_root.snapshot, "snapshot"), decode_snapshot);
    if (!snapshot) return std::unexpected(snapshot.error());
    // Section 5.5.4.
    if (snapshot->version != expected.version)
        return fail(ErrorCode::TufWrongVersion, {}, version_detail("snapshot", snapshot->version, expected.version));
    // Section 5.5.5.
    if (m_snapshot) {
        if (const auto forward = check_snapshot_goes_forward(*m_snapshot, *snapshot); !forward) return forward;
    }
    // Section 5.5.6.
    if (const auto fresh = check_fresh(snapshot->expires, "snapshot"); !fresh) return fresh;
    m_snapshot = std::move(*snapshot);
    m_snapshot_current = true;
    return {};
}

const MetaFile* TrustedSet::listed(std::string_view role) const {
    if (!m_snapshot) return nullptr;
    const auto found = m_snapshot->meta.find(std::string(role) + ".json");
    return found == m_snapshot->meta.end() ? nullptr : &found->second;
}

Result<Targets> TrustedSet::read_targets(ByteView file, const Keys& keys, const Role& role, std::string_view name) const {
    const MetaFile* expected = listed(name);
    if (expected == nullptr) return fail(ErrorCode::TufNotInSnapshot, {}, std::string(name));
    // Section 5.6.2.
    if (const auto same = check_meta_file(file, *expected, name); !same) return std::unexpected(same.error());
    // Section 5.6.3.
    auto targets = decoded(open_signed(file, m_limits.targets_bytes, keys, role, name), decode_targets);
    if (!targets) return targets;
    // Section 5.6.4.
    if (targets->version != expected->version)
        return fail(ErrorCode::TufWrongVersion, {}, version_detail(name, targets->version, expected->version));
    // Section 5.6.5.
    if (const auto fresh = check_fresh(targets->expires, name); !fresh) return std::unexpected(fresh.error());
    return targets;
}

Result<void> TrustedSet::accept_targets(ByteView file) {
    auto targets = read_targets(file, m_root.keys, m_root.targets, "targets");
    if (!targets) return std::unexpected(targets.error());
    m_targets = std::make_shared<const Targets>(std::move(*targets));
    return {};
}

Result<Targets> TrustedSet::read_delegated(ByteView file, const Delegated& delegation) const {
    return read_targets(file, delegation.delegator->delegation_keys, delegation.role, delegation.name);
}

Result<void> check_target(ByteView content, const TargetFile& file, std::string_view target_path) {
    if (content.size() != file.length) return fail(ErrorCode::TufWrongLength, {}, std::string(target_path));
    return check_hashes(content, file.hashes, target_path);
}

}  // namespace pipa::tuf
