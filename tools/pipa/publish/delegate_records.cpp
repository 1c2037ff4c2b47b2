#include "pipa/publish/delegate_records.hpp"

#include "host/files.hpp"
#include "trust/records.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> bad(const std::string& name, const std::string& why) {
    return fail(ErrorCode::PublishBadDelegate, {}, name + ": " + why);
}

class Taker {
public:
    Taker(StagedSite& site, const std::string& name, const fs::path& tree, const std::optional<RecordsHead>& before, const RecordsHead& head)
        : m_site(site), m_name(name), m_tree(tree), m_before(before), m_head(head) {}

    void take_all() noexcept { m_take_all = true; }

    Result<void> take() {
        if (auto ok = check_goes_forward(); !ok) return ok;
        const std::uint64_t files = std::uint64_t{1} << m_head.bits;
        for (std::uint64_t at = 0; at < files; ++at) {
            const auto file = static_cast<std::uint32_t>(at);
            if (is_known(file) && m_site.is_at_hand(record_file_name(m_name, m_head, file))) continue;
            if (auto ok = take_file(file); !ok) return ok;
        }
        return {};
    }

    // The dossiers that each file names that was taken now.
    [[nodiscard]] const std::vector<std::pair<std::uint32_t, std::vector<crypto::Digest>>>& taken() const noexcept { return m_taken; }

private:
    // The group of this file is the one of before, to the bit: its name then means what was verified when it was taken.
    [[nodiscard]] bool is_known(std::uint32_t file) const {
        return !m_take_all && m_before && m_before->bits == m_head.bits && m_before->group_of(file).edition == m_head.group_of(file).edition;
    }

    Result<void> check_goes_forward() const {
        if (!m_before) return {};
        const bool goes_back = m_head.edition < m_before->edition || m_head.bits < m_before->bits;
        if (goes_back) return bad(m_name, "its records are older than what was published before");
        const bool same_files = m_head.bits == m_before->bits;
        for (std::size_t group = 0; group < m_head.groups.size(); ++group) {
            const RecordsGroup& now = m_head.groups[group];
            if (same_files && now.edition == m_before->groups[group].edition && now.root == m_before->groups[group].root) continue;
            if (now.edition <= m_before->edition) return bad(m_name, "its records say two things under one edition");
        }
        return {};
    }

    Result<Bytes> read(const std::string& file, std::size_t max_bytes) const {
        auto content = read_file((m_tree / file).string(), max_bytes);
        if (!content) return bad(m_name, file + " cannot be read");
        return content;
    }

    Result<void> take_file(std::uint32_t file) {
        const std::string name = record_file_name(m_name, m_head, file);
        const auto content = read(name, max_record_file_bytes);
        if (!content) return std::unexpected(content.error());
        const auto opened = open_record_file(*content, m_head, file);
        if (!opened) return bad(m_name, name + " is not what was signed (" + std::string{code_name(opened.error().code)} + ")");
        m_taken.emplace_back(file, std::vector<crypto::Digest>{});
        for (const CertificateRecord& record : opened->records)
            if (record.large_dossier)
                if (auto ok = take_dossier(*record.large_dossier); !ok) return ok;
        return m_site.put(name, *content);
    }

    Result<void> take_dossier(const LargeDossier& named) {
        m_taken.back().second.push_back(named.digest);
        const std::string name = large_dossier_name(m_name, named.digest);
        if (m_site.is_at_hand(name)) return {};
        const auto dossier = read(name, named.bytes + 1);
        if (!dossier) return std::unexpected(dossier.error());
        if (const auto right = check_large_dossier(*dossier, named); !right) return bad(m_name, name + " is not what its record names");
        return m_site.put(name, *dossier);
    }

    StagedSite& m_site;
    const std::string& m_name;
    const fs::path& m_tree;
    const std::optional<RecordsHead>& m_before;
    const RecordsHead& m_head;
    bool m_take_all{};
    std::vector<std::pair<std::uint32_t, std::vector<crypto::Digest>>> m_taken{};
};

Result<bool> lacks_large_dossier(Database& db, const StagedSite& site, const std::string& name) {
    auto query = db.query("SELECT DISTINCT digest FROM large_dossiers WHERE store = ?", name);
    if (!query) return std::unexpected(query.error());
    for (auto row = query->step(); !row || *row; row = query->step()) {
        if (!row) return std::unexpected(row.error());
        if (!site.is_at_hand(large_dossier_name(name, query->array<32>(0)))) return true;
    }
    return false;
}

// What the head of before named and the new one does not.
Result<void> supersede_before(Database& db, const std::string& name, const RecordsHead& before, const RecordsHead& head, UnixSeconds now) {
    for (std::uint32_t group = 0; group < before.groups.size(); ++group)
        if (before.bits != head.bits || before.groups[group].edition != head.groups[group].edition)
            if (auto ok = supersede_group(db, name, before, group, now); !ok) return ok;
    return {};
}

// Files of another number name other dossiers; all are superseded, and those that the new files name are wanted all the same.
Result<void> forget_large_dossiers(Database& db, const std::string& name, UnixSeconds now) {
    std::vector<std::uint32_t> files;
    {
        auto query = db.query("SELECT DISTINCT file FROM large_dossiers WHERE store = ?", name);
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            files.push_back(static_cast<std::uint32_t>(query->integer(0)));
        }
    }
    for (const std::uint32_t file : files)
        if (auto ok = save_large_dossiers(db, {name, name}, file, {}, now); !ok) return ok;
    return {};
}

}  // namespace

Result<void> take_over_records(Database& database, StagedSite& site, const std::string& name, const RecordsHead& head, const fs::path& tree,
                               UnixSeconds now) {
    const auto before = saved_head(database, name);
    if (!before) return std::unexpected(before.error());
    const auto lacks = lacks_large_dossier(database, site, name);
    if (!lacks) return std::unexpected(lacks.error());
    Taker taker(site, name, tree, *before, head);
    if (*lacks) taker.take_all();
    if (auto ok = taker.take(); !ok) {
        site.take_back(std::string{records_folder} + "/" + name + "/");
        return ok;
    }
    if (*before)
        if (auto ok = supersede_before(database, name, **before, head, now); !ok) return ok;
    if (*before && (*before)->bits != head.bits)
        if (auto ok = forget_large_dossiers(database, name, now); !ok) return ok;
    for (const auto& [file, digests] : taker.taken())
        if (auto ok = save_large_dossiers(database, {name, name}, file, digests, now); !ok) return ok;
    return save_head(database, name, head);
}

}  // namespace pipa::publish
