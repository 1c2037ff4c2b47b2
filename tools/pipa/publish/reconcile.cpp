#include "pipa/publish/reconcile.hpp"

#include <algorithm>
#include <array>

#include "host/files.hpp"
#include "pipa/publish/contents.hpp"
#include "pipa/publish/going_back.hpp"
#include "pipa/publish/plan.hpp"
#include "pipa/publish/record_tables.hpp"
#include "pipa/publish/verified_tree.hpp"
#include "pipa/store/store_sets.hpp"
#include "trust/pack_codec.hpp"
#include "trust/records.hpp"
#include "trust/status_list.hpp"
#include "wire/cbor.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

// One run; every step changes nothing where it was done before.
class Reconciler {
public:
    Reconciler(OfficeStore& store, const fs::path& tree, const Actor& actor) : m_store(store), m_db(store.parts().database), m_tree(tree), m_actor(actor) {}

    Result<Reconciled> run() {
        auto ok = verify();
        if (ok) ok = take_documents();
        if (ok) ok = close_blocks();
        if (ok) ok = take_notices();
        if (ok) ok = take_records();
        if (ok) ok = take_statuses();
        if (ok) ok = take_roles();
        if (ok && m_out.nameless.empty()) ok = settle();
        if (!ok) return std::unexpected(ok.error());
        return std::move(m_out);
    }

private:
    // Whoever can write to the tree, or brings another office's, changes nothing here.
    Result<void> verify() {
        const KeyRing none;
        const auto root = RoleBook(m_db, none, m_actor).newest("root");
        if (!root) return std::unexpected(root.error());
        if (!*root) return fail(ErrorCode::PublishNoRoot);
        auto verified = verify_tree(m_tree, (*root)->file);
        if (!verified) return std::unexpected(verified.error());
        m_verified = std::move(*verified);
        for (const auto& [part, target] : m_verified.targets)
            if (const auto content = content_of(part); !content) return std::unexpected(content.error());
        return {};
    }

    Result<Bytes> content_of(std::string_view part) const { return verified_target(m_tree, m_verified, std::string{part}); }

    Result<void> put(std::vector<Bytes> messages) {
        const auto stored = m_store.put_statements(messages, m_actor);
        if (!stored) return std::unexpected(stored.error());
        m_out.statements += static_cast<std::size_t>(std::ranges::count_if(*stored, &Put::is_new));
        return {};
    }

    static std::int64_t registry_version(ByteView message) {
        const auto statement = cose::parse_statement(message, cose::StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
        const auto pack = statement ? decode_trust_pack(statement->payload, statement->payload_offset) : std::unexpected(statement.error());
        return pack ? pack->version : 0;
    }

    Result<void> take_documents() {
        for (const auto& [part, target] : m_verified.targets) {
            if (part.find('/') != std::string::npos || part == notices_part || part == records_part) continue;
            const auto content = content_of(part);
            if (!content) return std::unexpected(content.error());
            const auto known = m_store.document(part);
            if (!known) return std::unexpected(known.error());
            if (*known && **known == *content) continue;
            // One that was signed and not yet published may be newer.
            if (part == "registry.cose" && *known && registry_version(**known) >= registry_version(*content)) continue;
            if (part == "registry.cose" || part == "learn.cose") {
                if (auto ok = put({*content}); !ok) return ok;
            } else if (const auto changed = m_store.put_document(part, *content, m_actor); !changed) {
                return std::unexpected(changed.error());
            }
        }
        return {};
    }

    // No place that may have been handed out since is handed out again.
    Result<void> close_blocks() {
        std::int64_t end = 0;
        for (const auto& [part, target] : m_verified.targets)
            if (const auto place = parse_status_path(part)) end = std::max(end, (std::int64_t{place->shard} + 1) * status_shard_entries);
        if (auto ok = m_db.run("UPDATE status_blocks SET taken = count"); !ok) return ok;
        const auto free = m_db.number("SELECT max(first + count) FROM status_blocks");
        if (!free) return std::unexpected(free.error());
        const std::int64_t first = free->value_or(0);
        if (first >= end) return {};
        const auto block = m_store.reserve_indices_at(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - first), "restored", m_actor);
        if (!block) return std::unexpected(block.error());
        return m_db.run("UPDATE status_blocks SET taken = count");
    }

    Result<void> take_notices() {
        const auto content = content_of(notices_part);
        if (!content) return std::unexpected(content.error());
        if (content->empty()) return {};
        const auto list = cbor::decode(*content, cbor::Rules::deterministic, {.max_bytes = max_target_bytes});
        if (!list) return std::unexpected(list.error());
        std::vector<Bytes> messages;
        for (const cbor::Value& message : list->items) messages.push_back(message.bytes);
        return put(std::move(messages));
    }

    Result<void> take_records() {
        const auto content = content_of(records_part);
        if (!content) return std::unexpected(content.error());
        if (content->empty()) return {};
        const auto head = parse_records_head(*content);
        if (!head) return std::unexpected(head.error());
        m_head = *head;
        const std::string name = records_name_of(m_store);
        for (std::uint64_t index = 0; index < (std::uint64_t{1} << head->bits); ++index) {
            const auto file = read_file((m_tree / record_file_name(name, *head, static_cast<std::uint32_t>(index))).string(), max_record_file_bytes);
            if (!file) return std::unexpected(file.error());
            const auto opened = open_record_file(*file, *head, static_cast<std::uint32_t>(index));
            if (!opened) return std::unexpected(opened.error());
            for (const CertificateRecord& record : opened->records)
                if (auto ok = take_record(record, name); !ok) return ok;
        }
        return m_db.run("UPDATE number_series SET next = MAX(next, 1 + COALESCE((SELECT max(CAST(substr(number, length(series) + 1) AS INTEGER)) FROM certificates "
                        "WHERE substr(number, 1, length(series)) = series), 0))");
    }

    Result<void> take_record(const CertificateRecord& record, const std::string& name) {
        std::vector<Bytes> messages{record.certificate};
        Bytes dossier = record.dossier;
        if (record.large_dossier) {
            auto large = read_file((m_tree / large_dossier_name(name, record.large_dossier->digest)).string(), max_dossier_bytes);
            if (!large) return std::unexpected(large.error());
            dossier = std::move(*large);
        }
        if (!dossier.empty()) {
            auto parsed = parse_dossier(dossier);
            if (!parsed) return std::unexpected(parsed.error());
            for (DossierEntry& entry : parsed->entries)
                if (entry.statement && !entry.statement->certificate) messages.push_back(std::move(entry.message));
            messages.push_back(std::move(parsed->manifest.message));
        }
        return put(std::move(messages));
    }

    // Graver ones alone: what the store has withdrawn stays withdrawn.
    Result<void> take_statuses() {
        std::array<std::vector<std::string>, 4> numbers;
        for (const auto& [part, target] : m_verified.targets) {
            const auto place = parse_status_path(part);
            if (!place) continue;
            const auto content = content_of(part);
            if (!content) return std::unexpected(content.error());
            const auto list = StatusList::unpack(*content, status_bits, status_shard_bytes);
            if (!list) return std::unexpected(list.error());
            for (std::uint32_t entry = 0; entry < list->size(); ++entry)
                if (const auto status = list->status(entry); status && *status != 0)
                    if (auto ok = find_holder(place->shard * status_shard_entries + entry, static_cast<Status>(*status), numbers); !ok) return ok;
        }
        for (const Status status : {Status::Suspended, Status::Invalid}) {
            const auto set = set_statuses(m_store, numbers[static_cast<std::size_t>(status)], status, m_actor);
            if (!set) return std::unexpected(set.error());
            m_out.statuses += static_cast<std::size_t>(std::ranges::count(*set, true));
        }
        return {};
    }

    Result<void> find_holder(std::uint32_t index, Status status, std::array<std::vector<std::string>, 4>& numbers) {
        auto query = m_db.query("SELECT number, status FROM certificates WHERE status_index = ?", index);
        if (!query) return std::unexpected(query.error());
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return m_out.nameless.push_back(index), Result<void>{};
        if (query->integer(1) != static_cast<std::int64_t>(Status::Invalid)) numbers[static_cast<std::size_t>(status)].push_back(query->text(0));
        return {};
    }

    Result<void> take_roles() {
        auto transaction = Transaction::begin(m_db);
        if (!transaction) return std::unexpected(transaction.error());
        const KeyRing none;
        RoleBook book(m_db, none, m_actor);
        for (const SavedRole& role : m_verified.roles) {
            const auto version = saved_version(m_db, role.name);
            if (!version) return std::unexpected(version.error());
            if (*version >= role.version) continue;
            if (auto ok = book.take_over(role); !ok) return ok;
            ++m_out.roles;
        }
        if (auto ok = m_db.run("DELETE FROM drafts"); !ok) return ok;
        return transaction->commit();
    }

    // Record files are dealt out anew under an edition that no reader has seen.
    Result<void> settle() {
        auto transaction = Transaction::begin(m_db);
        if (!transaction) return std::unexpected(transaction.error());
        if (m_head.edition > 0) {
            const RecordsHead before{.edition = m_head.edition, .bits = 0, .groups = {{m_head.edition, {}}}};
            constexpr std::int64_t to_be_split = 1'000'000'000;
            auto ok = m_db.script("DELETE FROM record_files; DELETE FROM record_changes");
            if (ok) ok = m_db.run("INSERT INTO record_files (file, leaf, certificates, half) VALUES (0, zeroblob(32), ?, ?)", to_be_split, to_be_split);
            if (ok) ok = save_head(m_db, {}, before);
            if (!ok) return ok;
        }
        const auto head = published_head(m_tree);
        const auto entry = append_journal(m_db, m_actor, reconciled_act, head.value_or("a tree without a snapshot"), {});
        if (!entry) return std::unexpected(entry.error());
        return transaction->commit();
    }

    OfficeStore& m_store;
    Database& m_db;
    fs::path m_tree;
    Actor m_actor;
    VerifiedTree m_verified{};
    RecordsHead m_head{};
    Reconciled m_out{};
};

}  // namespace

Result<Reconciled> reconcile(OfficeStore& store, const fs::path& tree, const Actor& actor) { return Reconciler(store, tree, actor).run(); }

}  // namespace pipa::publish
