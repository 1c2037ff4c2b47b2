// The signed metadata of every role, as the store keeps it, and drafts that wait for keys on other machines.
//
// A role's next version is saved when enough of its keys have signed: those at hand sign at once, others by way of
// requests.hpp. A draft stays what it is while what it should say does not change, so that a signature from
// another machine still fits. Root is kept in every version, all else in the newest. Errors: publish.*, store.*, tuf.*.
#pragma once

#include <optional>

#include "pipa/publish/tuf_metadata.hpp"
#include "pipa/store/store_parts.hpp"
#include "tuf/metadata.hpp"

namespace pipa::publish {

class KeyRing {  // secret keys at hand
public:
    void add(crypto::SecretKey key) { m_keys.push_back(std::move(key)); }
    [[nodiscard]] const std::vector<crypto::SecretKey>& keys() const noexcept { return m_keys; }
    [[nodiscard]] bool empty() const noexcept { return m_keys.empty(); }

private:
    std::vector<crypto::SecretKey> m_keys{};
};

struct SavedRole {
    std::string name{};
    std::uint64_t version{};
    UnixSeconds expires{};
    Bytes file{};
};

// What a role should say: its body but for version and expiration.
struct WantedRole {
    std::string name{};
    Json body{};
    UnixSeconds lifetime_s{};
    std::vector<RoleKeys> keys{};  // each must reach its threshold; root has two when it is rotated
    Json aside{};                  // members that a new version gets and that are no reason for one: journal_member, signed_member
};
// In the snapshot: {"entries": n, "head": hash}, so that a store can be held against what was published.
inline constexpr const char* journal_member = "x-pipa-journal";
// In the timestamp: when it was signed, the 'as of' of every verdict; the version of the current root (tuf/README.md); and when the office said
// last that every older page must go at once, if it ever did (README.md).
inline constexpr const char* signed_member = "x-pipa-signed";
inline constexpr const char* root_member = "x-pipa-root";
inline constexpr const char* emergency_member = "x-pipa-emergency";

enum class RoleState : std::uint8_t { Unchanged, Renewed, Waits };  // Waits: for signatures; the older version stays

class RoleBook {
public:
    RoleBook(Database& database, const KeyRing& ring, const Actor& actor) : m_db(database), m_ring(ring), m_actor(actor) {}

    [[nodiscard]] Result<std::optional<SavedRole>> newest(std::string_view name) const;
    [[nodiscard]] Result<std::vector<SavedRole>> all() const;  // every version that is kept
    // Errors: publish.no_root.
    [[nodiscard]] Result<tuf::Root> root() const;
    [[nodiscard]] Result<RoleKeys> keys_of(std::string_view top_level_role) const;

    // Brings a role to what it should say; it is renewed too when a third of its lifetime or less is left, or when the
    // version that is saved is not signed by these keys.
    [[nodiscard]] Result<RoleState> bring_to(const WantedRole& wanted);

    struct Draft {
        std::string name{};
        OpenedFile file{};
        Bytes bytes{};
    };
    [[nodiscard]] Result<std::vector<Draft>> drafts() const;
    // Another machine's signature. True: the role is complete and saved now.
    [[nodiscard]] Result<bool> add_signature(std::string_view name, const RoleSignature& signature, const std::vector<RoleKeys>& keys);

    // A file that another store signed, verified by the caller.
    [[nodiscard]] Result<void> take_over(const SavedRole& role);

private:
    [[nodiscard]] Result<bool> save_or_keep(const std::string& name, const OpenedFile& file, const std::vector<RoleKeys>& keys);
    [[nodiscard]] Result<void> save(const SavedRole& role);
    [[nodiscard]] Result<std::optional<Draft>> draft(std::string_view name) const;
    void sign(OpenedFile& file, const std::vector<RoleKeys>& keys) const;

    Database& m_db;
    const KeyRing& m_ring;
    const Actor& m_actor;
};

[[nodiscard]] RoleKeys keys_in_root(const tuf::Root& root, const tuf::Role& role);

}  // namespace pipa::publish
