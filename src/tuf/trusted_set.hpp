// The metadata that this device trusts, and the checks that a file must pass to become part of it: The Update Framework,
// specification 1.0.34, sections 5.2 to 5.6. Pure: bytes and `now` in. A file that fails changes nothing.
//
// Every accept_... takes a file as it was fetched and does all checks; every adopt_... takes one that this device stored
// earlier, which may be outdated or of another delegator by now, and is ignored (false) unless it is still properly
// signed. With now = 0 nothing counts as expired: that is how a device without a network judges by what it has.
// Errors: tuf.*, in the order of the checks.
#pragma once

#include <memory>

#include "base/error.hpp"
#include "tuf/limits.hpp"
#include "tuf/metadata.hpp"

namespace pipa::tuf {

// One delegation on a search's way: the keys that must have signed the role, as its delegator says right now.
struct Delegated {
    std::string name{};
    Role role{};
    bool terminating{};
    std::shared_ptr<const Targets> delegator{};
};

class TrustedSet {
public:
    // Section 5.2: the root that the device was given or stored. Its expiration does not matter yet.
    [[nodiscard]] static Result<TrustedSet> open(ByteView root_file, UnixSeconds now, const Limits& limits = {});

    // Sections 5.3.4, 5.3.5 and 5.3.7.
    [[nodiscard]] Result<void> accept_root(ByteView file);
    // Section 5.3.10.
    [[nodiscard]] Result<void> check_root_is_fresh() const;
    // Section 5.3.11: a key of the timestamp or snapshot role was withdrawn by a root accepted here.
    [[nodiscard]] bool were_keys_rotated() const noexcept { return m_rotated_at > 0; }
    // The version of the last root accepted here that did so; 0 for none.
    [[nodiscard]] std::uint64_t rotated_at() const noexcept { return m_rotated_at; }

    bool adopt_timestamp(ByteView file);
    void forget_timestamp() noexcept { m_timestamp.reset(); }
    enum class News : std::uint8_t { None, Some };
    // Sections 5.4.2 to 5.4.4. News::None: it has the version that is trusted already, which stays.
    [[nodiscard]] Result<News> accept_timestamp(ByteView file);
    // An adopted timestamp that was not replaced must not have expired either.
    [[nodiscard]] Result<void> check_timestamp_is_fresh() const;

    // Sections 5.5.2 to 5.5.6. adopt_snapshot keeps an outdated one for the comparison of section 5.5.5.
    void adopt_snapshot(ByteView file);
    [[nodiscard]] bool is_snapshot_current() const noexcept { return m_snapshot_current; }
    [[nodiscard]] Result<void> accept_snapshot(ByteView file);

    // Sections 5.6.2 to 5.6.5.
    [[nodiscard]] Result<void> accept_targets(ByteView file);
    // The same for a delegated role, by the keys of the delegation that led to it. It does not become part of the set:
    // another delegation may name other keys, and each path must be verified by its own.
    [[nodiscard]] Result<Targets> read_delegated(ByteView file, const Delegated& delegation) const;

    [[nodiscard]] const Root& root() const noexcept { return m_root; }
    // Null until there is one.
    [[nodiscard]] const Timestamp* timestamp() const noexcept { return m_timestamp ? &*m_timestamp : nullptr; }
    [[nodiscard]] const Snapshot* snapshot() const noexcept { return m_snapshot ? &*m_snapshot : nullptr; }
    [[nodiscard]] std::shared_ptr<const Targets> targets() const noexcept { return m_targets; }
    // What the snapshot says about the metadata of a role; null where it lists none.
    [[nodiscard]] const MetaFile* listed(std::string_view role) const;
    [[nodiscard]] const Limits& limits() const noexcept { return m_limits; }

private:
    TrustedSet(Root root, UnixSeconds now, const Limits& limits) : m_limits(limits), m_now(now), m_root(std::move(root)) {}
    [[nodiscard]] Result<void> check_fresh(UnixSeconds expires, std::string_view name) const;
    [[nodiscard]] Result<Targets> read_targets(ByteView file, const Keys& keys, const Role& role, std::string_view name) const;

    Limits m_limits;
    UnixSeconds m_now;
    Root m_root;
    std::uint64_t m_rotated_at{};
    std::optional<Timestamp> m_timestamp{};
    std::optional<Snapshot> m_snapshot{};
    bool m_snapshot_current{};  // it is the one that the timestamp names, and fresh
    std::shared_ptr<const Targets> m_targets{};
};

// Section 5.7: the length and hashes that the targets metadata signed for. tuf.wrong_length, tuf.wrong_hash, tuf.unknown_hash.
[[nodiscard]] Result<void> check_target(ByteView content, const TargetFile& file, std::string_view target_path);

}  // namespace pipa::tuf
