#include "pipa/publish/record_book.hpp"

#include <algorithm>

#include "host/files.hpp"
#include "pipa/publish/contents.hpp"
#include "pipa/publish/record_making.hpp"
#include "trust/records.hpp"

namespace pipa::publish {
namespace {

using merkle::Hash;

struct FileCounts {
    std::uint64_t certificates{};
    std::uint64_t half{};  // of the smaller half, were the file split in two
};

class Bringer {
public:
    Bringer(OfficeStore& store, StagedSite& site, const Actor& actor, bool rebuild)
        : m_store(store), m_db(store.parts().database), m_site(site), m_actor(actor), m_rebuild(rebuild), m_name(records_name_of(store)) {}

    Result<OwnRecords> run() {
        const auto saved = saved_head(m_db, {});
        if (!saved) return std::unexpected(saved.error());
        auto ok = *saved ? go_on(**saved) : start_over({});
        if (ok) ok = m_db.run("DELETE FROM record_changes");
        if (ok) ok = count_and_save();
        if (!ok) return std::unexpected(ok.error());
        return OwnRecords{std::move(m_head), m_left_out_proofs};
    }

private:
    [[nodiscard]] std::uint32_t files_of_group() const noexcept { return std::uint32_t{1} << (m_head.bits - m_head.group_bits()); }
    // The places that fall into a file.
    [[nodiscard]] std::uint32_t first_place(std::uint32_t file) const noexcept {
        return static_cast<std::uint32_t>(std::uint64_t{file} << (max_record_bits - m_head.bits));
    }
    [[nodiscard]] std::uint32_t last_place(std::uint32_t file) const noexcept {
        return static_cast<std::uint32_t>(((std::uint64_t{file} + 1) << (max_record_bits - m_head.bits)) - 1);
    }

    Result<void> go_on(const RecordsHead& saved) {
        m_head = saved;
        m_edition = saved.edition + 1;
        std::set<std::uint32_t> changed;
        if (auto ok = read_changes(changed); !ok) return ok;
        for (const std::uint32_t file : changed)
            if (auto ok = recount(file); !ok) return ok;
        const auto smallest_half = m_db.number("SELECT min(half) FROM record_files");
        if (!smallest_half) return std::unexpected(smallest_half.error());
        const bool can_split = m_head.bits < max_record_bits && smallest_half->value_or(0) >= static_cast<std::int64_t>(fewest_certificates);
        if (can_split) return start_over(saved);
        const std::uint32_t size = files_of_group();
        for (std::uint32_t group = 0; group < m_head.groups.size(); ++group) {
            const auto from = changed.lower_bound(group * size), to = changed.upper_bound(group * size + (size - 1));
            if (auto ok = bring_group(group, {from, to}); !ok) return ok;
        }
        return {};
    }

    // All files anew, as many as there should be by now.
    Result<void> start_over(const std::optional<RecordsHead>& before) {
        m_edition = before ? before->edition + 1 : 1;
        if (before)
            for (std::uint32_t group = 0; group < before->groups.size(); ++group)
                if (auto ok = supersede_group(m_db, m_name, *before, group, m_actor.now); !ok) return ok;
        const auto bits = largest_bits();
        if (!bits) return std::unexpected(bits.error());
        if (auto ok = forget_files(); !ok) return ok;
        m_head = {.edition = m_edition, .bits = *bits};
        m_head.groups.resize(std::size_t{1} << m_head.group_bits());
        for (std::uint32_t group = 0; group < m_head.groups.size(); ++group) {
            std::set<std::uint32_t> files;
            for (std::uint32_t i = 0; i < files_of_group(); ++i) files.insert(files.end(), group * files_of_group() + i);
            if (auto ok = bring_group(group, std::move(files)); !ok) return ok;
        }
        return {};
    }

    Result<void> forget_files() {
        std::vector<crypto::Digest> large;
        auto query = m_db.query("SELECT DISTINCT digest FROM large_dossiers WHERE store = ''");
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            large.push_back(query->array<32>(0));
        }
        for (const crypto::Digest& digest : large)
            if (auto ok = supersede(m_db, large_dossier_name(m_name, digest), m_actor.now); !ok) return ok;
        if (auto ok = m_db.run("DELETE FROM large_dossiers WHERE store = ''"); !ok) return ok;
        return m_db.run("DELETE FROM record_files");
    }

    Result<std::uint32_t> largest_bits() {
        const auto certificates = m_db.number("SELECT count(*) FROM certificates");
        if (!certificates) return std::unexpected(certificates.error());
        PlaceCounts counts(static_cast<std::uint64_t>(certificates->value_or(0)));
        auto query = m_db.query("SELECT record_place FROM certificates");
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            counts.add(static_cast<std::uint32_t>(query->integer(0)));
        }
        return counts.largest_bits();
    }

    Result<void> read_changes(std::set<std::uint32_t>& changed) {
        auto query = m_db.query("SELECT place FROM record_changes");
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            changed.insert(static_cast<std::uint32_t>(static_cast<std::uint64_t>(query->integer(0)) >> (max_record_bits - m_head.bits)));
        }
        return {};
    }

    Result<void> recount(std::uint32_t file) {
        const std::uint32_t first = first_place(file), last = last_place(file);
        const auto all = m_db.number("SELECT count(*) FROM certificates WHERE record_place BETWEEN ? AND ?", first, last);
        if (!all) return std::unexpected(all.error());
        const auto lower = m_db.number("SELECT count(*) FROM certificates WHERE record_place BETWEEN ? AND ?", first, first + (last - first) / 2);
        if (!lower) return std::unexpected(lower.error());
        const std::int64_t certificates = all->value_or(0), half = std::min(lower->value_or(0), certificates - lower->value_or(0));
        return m_db.run("UPDATE record_files SET certificates = ?, half = ? WHERE file = ?", certificates, half, file);
    }

    // The leaves of a group as they were published; zeros where none was.
    Result<std::vector<Hash>> leaves_of(std::uint32_t group) {
        std::vector<Hash> leaves(files_of_group());
        const std::uint32_t first = group * files_of_group();
        auto query = m_db.query("SELECT file, leaf FROM record_files WHERE file BETWEEN ? AND ?", first, first + (files_of_group() - 1));
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            leaves[static_cast<std::size_t>(query->integer(0)) - first] = query->array<32>(1);
        }
        return leaves;
    }

    // `changed`: files whose records may be others than before. Where none comes out otherwise, the group stays what it is.
    Result<void> bring_group(std::uint32_t group, std::set<std::uint32_t> changed) {
        const RecordsHead before = m_head;
        for (;;) {
            if (auto ok = make_changed(changed); !ok) return ok;
            const auto leaves = changed.empty() ? std::vector<Hash>{} : leaves_of(group);
            if (!leaves) return std::unexpected(leaves.error());
            if (!changed.empty())
                if (auto ok = take_root(group, before, LeafTree(*leaves).root()); !ok) return ok;
            const auto other = put_missing(group, before);
            if (!other) return std::unexpected(other.error());
            if (!*other) break;
            // Another zlib makes other bytes of the same records: then that file has changed as well.
            changed.insert(**other);
        }
        m_made.clear();
        return {};
    }

    Result<void> make_changed(const std::set<std::uint32_t>& changed) {
        m_made.clear();
        for (const std::uint32_t file : changed) {
            FileCounts counts;
            auto made = make(file, counts);
            if (!made) return std::unexpected(made.error());
            m_left_out_proofs += made->left_out_proofs;
            auto ok = m_db.run("INSERT OR REPLACE INTO record_files (file, leaf, certificates, half) VALUES (?, ?, ?, ?)", file, made->leaf,
                               counts.certificates, counts.half);
            if (!ok) return ok;
            m_made.insert_or_assign(file, std::move(made->content));
        }
        return {};
    }

    Result<void> take_root(std::uint32_t group, const RecordsHead& before, const Hash& root) {
        if (m_head.groups[group].root == root && before.groups[group].edition > 0) return {};
        m_head.groups[group] = {m_edition, root};
        m_head.edition = m_edition;
        if (before.groups[group].edition == 0) return {};
        return supersede_group(m_db, m_name, before, group, m_actor.now);
    }

    // The file's content from the store's own records, and its large dossiers put down.
    Result<MadeContent> make(std::uint32_t file, FileCounts& counts) {
        auto records = records_placed(m_store, first_place(file), last_place(file));
        if (!records) return std::unexpected(records.error());
        counts.certificates = records->size();
        const std::uint32_t middle = first_place(file) + (last_place(file) - first_place(file)) / 2;
        const auto is_lower = [&](const CertificateRecord& record) { return record_place(record.number) <= middle; };
        const auto lower = static_cast<std::uint64_t>(std::ranges::count_if(*records, is_lower));
        counts.half = std::min(lower, counts.certificates - lower);
        auto made = make_record_content(std::move(*records), m_head.bits);
        if (!made) return made;
        std::vector<crypto::Digest> digests;
        for (const Bytes& dossier : made->large_dossiers) {
            digests.push_back(crypto::sha256(dossier));
            const std::string name = large_dossier_name(m_name, digests.back());
            if (m_rebuild ? !m_site.has(name) : !m_site.is_at_hand(name))
                if (auto ok = m_site.put(name, dossier); !ok) return std::unexpected(ok.error());
        }
        if (auto ok = save_large_dossiers(m_db, {.name = m_name}, file, digests, m_actor.now); !ok) return std::unexpected(ok.error());
        return made;
    }

    // Files of the group that are not at hand under their names, or whose large dossiers are not.
    Result<std::vector<std::uint32_t>> missing_of(std::uint32_t group) {
        std::vector<std::uint32_t> out;
        const std::uint32_t first = group * files_of_group(), last = first + (files_of_group() - 1);
        const bool all = m_rebuild || m_head.groups[group].edition == m_edition;
        for (std::uint32_t i = 0; i < files_of_group(); ++i)
            if (all || !m_site.is_at_hand(record_file_name(m_name, m_head, first + i))) out.push_back(first + i);
        if (all) return out;
        auto query = m_db.query("SELECT file, digest FROM large_dossiers WHERE store = '' AND file BETWEEN ? AND ?", first, last);
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            if (!m_site.is_at_hand(large_dossier_name(m_name, query->array<32>(1)))) out.push_back(static_cast<std::uint32_t>(query->integer(0)));
        }
        return out;
    }

    // Puts down what is missing. A file is handed back whose records do not come out as they were published.
    Result<std::optional<std::uint32_t>> put_missing(std::uint32_t group, const RecordsHead& before) {
        const auto missing = missing_of(group);
        if (!missing) return std::unexpected(missing.error());
        if (missing->empty()) return std::optional<std::uint32_t>{};
        const auto leaves = leaves_of(group);
        if (!leaves) return std::unexpected(leaves.error());
        const LeafTree tree(*leaves);
        for (const std::uint32_t file : *missing) {
            const std::uint32_t leaf = file % files_of_group();
            auto content = content_of(file, before, (*leaves)[leaf]);
            if (!content) return std::unexpected(content.error());
            if (!*content) return std::optional{file};
            const auto enclosed = encode_record_envelope({file, tree.path(leaf), std::move(**content)});
            if (!enclosed) return std::unexpected(enclosed.error());
            if (auto ok = m_site.put(record_file_name(m_name, m_head, file), *enclosed); !ok) return std::unexpected(ok.error());
        }
        return std::optional<std::uint32_t>{};
    }

    // As it was made just now, or as it was published under the group's edition before; else made again. Nothing where it does not come out as
    // it was.
    Result<std::optional<Bytes>> content_of(std::uint32_t file, const RecordsHead& before, const Hash& leaf) {
        if (const auto made = m_made.find(file); made != m_made.end()) return std::optional{made->second};
        const bool was_there = before.group_of(file).edition > 0 && before.group_of(file).edition != m_head.group_of(file).edition;
        if (!m_rebuild && was_there) {
            auto published = read_file((m_site.out() / record_file_name(m_name, before, file)).string(), max_record_file_bytes);
            auto envelope = published ? parse_record_envelope(*published) : std::unexpected(published.error());
            if (envelope && merkle::hash_leaf(envelope->content) == leaf) return std::optional{std::move(envelope->content)};
        }
        FileCounts counts;
        auto made = make(file, counts);
        if (!made) return std::unexpected(made.error());
        if (made->leaf != leaf) return std::optional<Bytes>{};
        return std::optional{std::move(made->content)};
    }

    Result<void> count_and_save() {
        const auto certificates = m_db.number("SELECT sum(certificates) FROM record_files");
        if (!certificates) return std::unexpected(certificates.error());
        const auto fewest = m_db.number("SELECT min(certificates) FROM record_files");
        if (!fewest) return std::unexpected(fewest.error());
        m_head.certificates = static_cast<std::uint64_t>(certificates->value_or(0));
        m_head.fewest = static_cast<std::uint64_t>(fewest->value_or(0));
        return save_head(m_db, {}, m_head);
    }

    OfficeStore& m_store;
    Database& m_db;
    StagedSite& m_site;
    const Actor& m_actor;
    bool m_rebuild;
    std::string m_name;
    RecordsHead m_head{};
    std::uint64_t m_edition{};  // of what changes now
    std::size_t m_left_out_proofs{};
    std::map<std::uint32_t, Bytes> m_made{};  // contents of the group that is being brought
};

}  // namespace

Result<OwnRecords> bring_records(OfficeStore& store, StagedSite& site, const Actor& actor, bool rebuild) {
    return Bringer(store, site, actor, rebuild).run();
}

}  // namespace pipa::publish
