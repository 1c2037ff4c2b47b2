#include "pipa/publish/publisher.hpp"

#include <algorithm>

#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "host/folder_lock.hpp"
#include "pipa/publish/going_back.hpp"
#include "pipa/publish/log_proofs.hpp"
#include "pipa/publish/phone_bundle.hpp"
#include "pipa/publish/record_tables.hpp"
#include "pipa/publish/tuf_metadata.hpp"
#include "pipa/store/store_parts.hpp"
#include "trust/records.hpp"
#include "tuf/names.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

fs::path parent_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path{"."}; }

std::string metadata_file_name(const SavedRole& role) {
    return role.name == "timestamp" ? std::string{timestamp_file} : "metadata/" + tuf::metadata_path(role.name, role.version);
}

// The page's own files, the key in them and what stands beside them: as one digest, to see whether anything changed.
Result<crypto::Digest> digest_of_page(const PublishOrder& order, const OfficeStore& store, std::string_view emergency) {
    Bytes all(order.office_key.begin(), order.office_key.end());
    const auto add = [&all](ByteView bytes) {
        const crypto::Digest digest = crypto::sha256(bytes);
        all.insert(all.end(), digest.begin(), digest.end());
    };
    add(as_bytes(order.demo_now ? std::to_string(*order.demo_now) : std::string{}));
    add(as_bytes(emergency));
    add(as_bytes(order.oembed));
    for (const char* name : {"registry.cose", "learn.cose"}) {
        const auto document = store.document(name);
        if (!document) return std::unexpected(document.error());
        add(document->value_or(Bytes{}));
    }
    if (order.built_site.empty()) return crypto::sha256(all);
    std::vector<fs::path> paths;
    std::error_code error;
    for (fs::recursive_directory_iterator at(order.built_site, error); !error && at != fs::recursive_directory_iterator(); at.increment(error))
        if (at->is_regular_file(error)) paths.push_back(at->path());
    if (error) return fail(ErrorCode::FileUnreadable, {}, system_reason(error.value(), order.built_site));
    std::ranges::sort(paths);
    for (const fs::path& path : paths) {
        const auto content = read_file(path, max_target_bytes);
        if (!content) return std::unexpected(content.error());
        add(as_bytes(path.lexically_relative(order.built_site).string()));
        add(*content);
    }
    return crypto::sha256(all);
}

// One run: the plan is made and signed in one transaction, then the tree follows.
class Run {
public:
    Run(OfficeStore& store, const PublishOrder& order, const KeyRing& ring, const Actor& actor)
        : m_store(store), m_db(store.parts().database), m_order(order), m_actor(actor), m_book(m_db, ring, m_actor), m_site(order.out) {}

    Result<PublishReport> run() {
        const auto lock = lock_folder(parent_of(m_order.out));
        if (!lock) return fail(ErrorCode::FileUnwritable, {}, lock.error().detail);
        remove_leftovers(m_order.out);
        auto transaction = Transaction::begin(m_db);
        if (!transaction) return std::unexpected(transaction.error());
        auto planned = plan();
        // Drafts are kept, so that they can be signed elsewhere.
        if (!planned && planned.error().code != ErrorCode::PublishNeedsSignature) return std::unexpected(planned.error());
        if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
        if (!planned) return std::unexpected(planned.error());
        if (auto ok = put_in_place(); !ok) return std::unexpected(ok.error());
        if (auto ok = m_db.run("INSERT OR REPLACE INTO published (name, digest) VALUES ('page', ?)", m_page); !ok) return std::unexpected(ok.error());
        return m_report;
    }

private:
    Result<void> plan() {
        auto ok = read_files("SELECT file FROM superseded WHERE at < ?", m_files.expired);
        if (!ok) return ok;
        if (ok = must_not_go_back(m_store, m_order.out); !ok) return ok;
        if (ok = heed_emergency(); !ok) return ok;
        if (ok = take_over_delegates(); !ok) return ok;
        if (ok = take_proofs(); !ok) return ok;
        if (ok = bring_own_records(); !ok) return ok;
        Targets targets(m_store, m_db, m_order, m_actor);
        if (ok = targets.read_changes(); !ok) return ok;
        if (ok = targets.make_missing(); !ok) return ok;
        m_report.parts_changed = targets.changed();
        m_files.made = std::move(targets.fresh());
        Roles roles(m_store, m_book, m_order, m_actor.now, m_files.emergency, m_report);
        if (ok = roles.sign_all(targets.rows()); !ok) return ok;
        m_changed = m_changed || roles.changed();
        if (ok = list_files(); !ok) return ok;
        return compare_page();
    }

    // Once it was said it stays: a page that has not been open since must hear of it too.
    Result<void> heed_emergency() {
        if (m_order.emergency)
            if (auto ok = m_db.run("INSERT OR REPLACE INTO published (name, digest) VALUES ('emergency', ?)", to_bytes(as_bytes(format_utc(m_actor.now)))); !ok) return ok;
        auto query = m_db.query("SELECT digest FROM published WHERE name = 'emergency'");
        if (!query) return std::unexpected(query.error());
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (*row) m_files.emergency = as_text(query->bytes(0));
        return {};
    }

    // A town that sends nonsense must not keep the others from being published: its last good state stays.
    Result<void> take_over_delegates() {
        for (const auto& [name, tree] : m_order.delegate_trees) {
            const auto taken = take_over_delegate(m_db, m_book, m_site, name, tree, m_actor.now);
            if (!taken) {
                m_report.warnings.push_back(to_string(taken.error()));
                continue;
            }
            m_changed = m_changed || *taken;
        }
        return {};
    }

    // A record that cannot be made must not stop revocations, notices and time stamps: all records stay as they were, and that is said.
    Result<void> bring_own_records() {
        if (auto ok = m_db.script("SAVEPOINT records"); !ok) return ok;
        auto brought = bring_records(m_store, m_site, m_actor, m_order.rebuild);
        if (!brought) return keep_records(brought.error());
        if (auto ok = m_db.script("RELEASE records"); !ok) return ok;
        m_report.records = std::move(brought->head);
        if (const std::size_t count = brought->left_out_proofs; count > 0)
            m_report.warnings.push_back("record files had no room for the public log's proofs of " + std::to_string(count) + " certificates");
        return {};
    }

    Result<void> keep_records(const Error& error) {
        const std::string_view code = code_name(error.code);
        if (!code.starts_with("records.") && !code.starts_with("dossier.")) return std::unexpected(error);
        if (auto ok = m_db.script("ROLLBACK TO records; RELEASE records"); !ok) return ok;
        const std::string name = records_name_of(m_store);
        for (std::uint32_t bits = 0; name.empty() && bits <= max_record_bits; ++bits) m_site.take_back(std::string{records_folder} + "/" + std::to_string(bits) + "/");
        m_site.take_back(std::string{records_folder} + "/" + (name.empty() ? "large" : name) + "/");
        if (const auto before = saved_head(m_db, {}); before && *before) m_report.records = **before;
        m_report.warnings.push_back(std::string{urgent_mark} + "records: one cannot be made, so all stay as they were published last: " + to_string(error));
        return {};
    }

    // The log's word is an extra: without it everything else is published.
    Result<void> take_proofs() {
        if (m_order.log.empty()) return {};
        const auto taken = take_log_proofs(m_store, m_order.log, m_actor);
        if (taken) m_report.log_proofs = *taken;
        else m_report.warnings.push_back("no proofs of the public log: " + to_string(taken.error()));
        return {};
    }

    Result<void> list_files() {
        const auto roles = m_book.all();
        if (!roles) return std::unexpected(roles.error());
        for (const SavedRole& role : *roles) {
            const std::string name = metadata_file_name(role);
            m_files.wanted.insert(name);
            m_files.made.insert_or_assign(name, role.file);
            if (role.name == "root" || role.name == "targets" || role.name == "snapshot" || role.name == "timestamp" || role.name == live_role || role.name == m_store.identity().name)
                m_versions[role.name] = role.version;
        }
        m_report.versions.assign(m_versions.begin(), m_versions.end());
        const auto listed = target_files(m_book);
        if (!listed) return std::unexpected(listed.error());
        for (const auto& [file, length] : *listed) {
            m_files.wanted.insert(file);
            for (const auto& [name, tree] : m_order.delegate_trees)
                if (file.starts_with("targets/" + name + "/")) m_files.sources[file] = tree / "tuf" / file;
        }
        if (auto ok = choose_for_phones(*listed); !ok) return ok;
        auto records = published_records(m_store);
        if (!records) return std::unexpected(records.error());
        m_files.records = std::move(*records);
        return read_files("SELECT file FROM superseded WHERE at >= ?", m_files.superseded);
    }

    Result<void> choose_for_phones(const std::map<std::string, std::uint64_t>& listed) {
        if (!m_store.identity().prefix.empty()) return {};  // a delegated store has no root to begin with
        PhoneTargets chosen = phone_targets(listed);
        m_files.phone_targets = std::move(chosen.paths);
        m_files.supplements = std::move(chosen.supplements);
        const auto missing = undelegated_stores(m_store, m_db);
        if (!missing) return std::unexpected(missing.error());
        for (const std::string& name : *missing) m_report.warnings.push_back("keys of the registry name the store '" + name + "', which was not delegated (pipa roles delegate)");
        return {};
    }

    Result<void> read_files(Sql sql, std::set<std::string>& out) {
        auto query = m_db.query(sql, m_actor.now - superseded_for_s);
        if (!query) return std::unexpected(query.error());
        for (;;) {
            const auto row = query->step();
            if (!row) return std::unexpected(row.error());
            if (!*row) return {};
            out.insert(query->text(0));
        }
    }

    Result<void> compare_page() {
        const auto digest = digest_of_page(m_order, m_store, m_files.emergency);
        if (!digest) return std::unexpected(digest.error());
        m_page = *digest;
        const auto same = m_db.number("SELECT 1 FROM published WHERE name = 'page' AND digest = ?", m_page);
        if (!same) return std::unexpected(same.error());
        m_changed = m_changed || !*same;
        return {};
    }

    Result<void> put_in_place() {
        using enum PublishReport::Outcome;
        if (m_changed || m_site.count() > 0 || m_order.rebuild || !has_current_tree(m_files, m_order)) {
            m_report.outcome = Published;
            return build();
        }
        m_report.files_kept = m_files.wanted.size();
        return renew_timestamp(m_files, m_order, m_actor.now, m_report);
    }

    Result<void> build() {
        std::vector<std::string> outdated;
        if (auto ok = build_tree(m_files, m_order, m_store, m_site, m_actor.now, m_report, outdated); !ok) return ok;
        // Not before the tree without them is in place: it alone tells which supplements are new among those that nobody wants.
        if (auto ok = m_db.run("DELETE FROM superseded WHERE at < ?", m_actor.now - superseded_for_s); !ok) return ok;
        for (const std::string& file : outdated)
            if (auto ok = m_db.run("INSERT OR REPLACE INTO superseded (file, at) VALUES (?, ?)", file, m_actor.now); !ok) return ok;
        return {};
    }

    OfficeStore& m_store;
    Database& m_db;
    const PublishOrder& m_order;
    Actor m_actor;
    RoleBook m_book;
    PublishReport m_report{};
    StagedSite m_site;
    TreeFiles m_files{};
    std::map<std::string, std::uint64_t> m_versions{};
    crypto::Digest m_page{};
    bool m_changed{};
};

}  // namespace

Result<PublishReport> publish(OfficeStore& store, const PublishOrder& order, const KeyRing& ring, const Actor& actor) {
    return Run(store, order, ring, actor).run();
}

}  // namespace pipa::publish
