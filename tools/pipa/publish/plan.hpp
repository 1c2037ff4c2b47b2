// What is to be published, worked out and signed inside one transaction. Inside tools/pipa/publish only.
#pragma once

#include <map>
#include <set>

#include "pipa/publish/publisher.hpp"
#include "pipa/publish/record_book.hpp"
#include "trust/supplement.hpp"

namespace pipa::publish {

struct TargetRow {
    std::string path{};
    std::string part{};
    std::uint64_t length{};
    crypto::Digest sha256{};
};

// "targets/status/HASH.3", as it lies in the tree.
[[nodiscard]] std::string target_file(const TargetRow& row);

// Reads parts that changed, brings `targets` up to date and keeps the new contents at hand.
class Targets {
public:
    Targets(OfficeStore& store, Database& database, const PublishOrder& order, const Actor& actor)
        : m_store(store), m_db(database), m_order(order), m_actor(actor) {}

    [[nodiscard]] Result<void> read_changes();
    [[nodiscard]] const std::map<std::string, TargetRow>& rows() const noexcept { return m_rows; }  // by path
    // By file name in the tree; of those that changed, or that content() was asked for.
    [[nodiscard]] std::map<std::string, Bytes>& fresh() noexcept { return m_fresh; }
    [[nodiscard]] std::size_t changed() const noexcept { return m_changed; }
    // Makes again what OUT does not have. What does not come out as it was (another zlib) counts as changed.
    [[nodiscard]] Result<void> make_missing();

private:
    [[nodiscard]] Result<void> read_rows();
    [[nodiscard]] Result<void> read_part(const std::string& part, std::int64_t revision);

    OfficeStore& m_store;
    Database& m_db;
    const PublishOrder& m_order;
    const Actor& m_actor;
    std::map<std::string, TargetRow> m_rows{};
    std::map<std::string, Bytes> m_fresh{};
    std::size_t m_changed{};
};

// Signs the roles that follow from the targets, bottom up.
class Roles {
public:
    // `emergency` as in TreeFiles.
    Roles(OfficeStore& store, RoleBook& book, const PublishOrder& order, UnixSeconds now, std::string_view emergency, PublishReport& report)
        : m_store(store), m_db(store.parts().database), m_book(book), m_order(order), m_now(now), m_emergency(emergency), m_report(report) {}

    [[nodiscard]] Result<void> sign_all(const std::map<std::string, TargetRow>& rows);
    [[nodiscard]] bool changed() const noexcept { return m_changed; }                      // any role but timestamp
    [[nodiscard]] bool timestamp_changed() const noexcept { return m_timestamp_changed; }

private:
    [[nodiscard]] Result<RoleState> bring(const std::string& name, Json body, UnixSeconds lifetime_s, const RoleKeys& keys);
    [[nodiscard]] Result<RoleState> bring_top(const std::string& name, Json body, UnixSeconds lifetime_s);
    [[nodiscard]] Result<void> renew_root();
    [[nodiscard]] Result<void> sign_bins(const std::string& name, const std::vector<const TargetRow*>& live, std::uint32_t bits);
    [[nodiscard]] Result<void> sign_district(const std::vector<const TargetRow*>& documents);
    [[nodiscard]] Result<Json> targets_body(const std::vector<const TargetRow*>& documents) const;
    [[nodiscard]] Result<Json> snapshot_body() const;
    [[nodiscard]] Result<Json> journal_head() const;

    OfficeStore& m_store;
    Database& m_db;
    RoleBook& m_book;
    const PublishOrder& m_order;
    UnixSeconds m_now;
    std::string m_emergency;
    PublishReport& m_report;
    bool m_changed{};
    bool m_timestamp_changed{};
};

// The key that a delegated role was given; also of "live". Errors: publish.no_root where there is none.
[[nodiscard]] Result<crypto::PublicKey> delegate_key(Database& database, std::string_view name);
[[nodiscard]] Result<std::vector<std::pair<std::string, crypto::PublicKey>>> delegates(Database& database);
inline constexpr std::string_view live_role = "live";

// Verifies what a delegated store published, roles, targets and records, and takes it over; true when a role was new. The error says why its
// last good state stays.
[[nodiscard]] Result<bool> take_over_delegate(Database& database, RoleBook& book, StagedSite& site, const std::string& name,
                                              const std::filesystem::path& tree, UnixSeconds now);
// Stores that keys of the registry name and nobody was delegated: phones would look for their status lists in vain.
[[nodiscard]] Result<std::set<std::string>> undelegated_stores(const OfficeStore& store, Database& database);
// What the signed roles list, as files of the tree ("targets/status/HASH.0"), with their lengths.
[[nodiscard]] Result<std::map<std::string, std::uint64_t>> target_files(const RoleBook& book);

// The tree beside OUT, and its exchange.
struct TreeFiles {  // below OUT/tuf, but for records
    std::map<std::string, Bytes> made{};    // contents at hand
    std::map<std::string, std::filesystem::path> sources{};  // where delegates have theirs
    std::set<std::string> wanted{};         // all that must be there
    std::set<std::string> superseded{};     // may be there
    std::set<std::string> expired{};        // were superseded for so long that they go
    std::vector<std::string> phone_targets{};   // what bundle.cbor must carry; none: there is no bundle
    std::vector<SupplementPlace> supplements{}; // what it leaves out, each a file
    std::string emergency{};                    // when the office said last that every older page must go at once; empty: never
    std::vector<PublishedRecords> records{};    // record files and large dossiers, beside tuf/
};
inline constexpr std::string_view timestamp_file = "metadata/timestamp.json";
// In the folder of `site`, which has what is new of the records. `outdated` takes the supplements of the tree before that are superseded from now on.
[[nodiscard]] Result<void> build_tree(const TreeFiles& files, const PublishOrder& order, const OfficeStore& store, StagedSite& site, UnixSeconds now,
                                      PublishReport& report, std::vector<std::string>& outdated);
// Removes what processes that were killed while they built, or put away what was, left beside OUT. The caller holds the lock of the folder.
void remove_leftovers(const std::filesystem::path& out);
[[nodiscard]] bool has_current_tree(const TreeFiles& files, const PublishOrder& order);
// The timestamp alone, and the bundle with it. Nothing is written where both are there already.
[[nodiscard]] Result<void> renew_timestamp(const TreeFiles& files, const PublishOrder& order, UnixSeconds now, PublishReport& report);

}  // namespace pipa::publish
