#include "pipa/publish/log_proofs.hpp"

#include <map>

#include "pipa/log/log_folder.hpp"
#include "pipa/store/store_parts.hpp"
#include "trust/bundle.hpp"
#include "trust/pack_codec.hpp"

namespace pipa::publish {
namespace {

struct ReadBefore {
    Bytes checkpoint{};
    std::int64_t statement{};
    std::uint64_t size{};
};

Result<PublishedLog> open_named_log(const OfficeStore& store, const std::filesystem::path& folder) {
    const auto message = store.document(target_path::registry);
    if (!message) return std::unexpected(message.error());
    if (!*message) return fail(ErrorCode::StoreMissingDocument, {}, std::string{target_path::registry});
    const auto statement = cose::parse_statement(**message, cose::StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
    if (!statement) return std::unexpected(statement.error());
    const auto pack = open_trust_pack(statement->payload, statement->payload_offset);
    if (!pack) return std::unexpected(pack.error());
    Result<PublishedLog> opened = fail(ErrorCode::LogProofUnknownLog, {}, folder.string() + " is none of the logs that the registry names");
    for (const PublicLog& named : pack->head.logs) {
        auto known = tlog::known_log(named);
        if (!known) return std::unexpected(known.error());
        opened = open_log(folder, std::move(*known));
        if (opened || (opened.error().code != ErrorCode::NoteUnsigned && opened.error().code != ErrorCode::CheckpointWrongOrigin)) break;
    }
    return opened;
}

Result<ReadBefore> read_before(Database& db, const PublishedLog& log) {
    ReadBefore out;
    auto query = db.query("SELECT checkpoint, statement FROM logs_read WHERE origin = ?", log.known.key.name);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return out;
    out.checkpoint = to_bytes(query->bytes(0));
    out.statement = query->integer(1);
    const auto older = check_older(log, as_text(out.checkpoint));
    if (!older) return fail(older.error().code, {}, log.folder.string() + " does not go on from what was published of it before");
    out.size = older->size;
    return out;
}

// Finds certificates and their places in the log; a number stands once.
class Finder {
public:
    Finder(Database& db, const PublishedLog& log, const ReadBefore& before) : m_db(db), m_log(log), m_before(before) {}

    Result<std::map<std::string, std::uint64_t>> find() {
        if (auto ok = each_entry(m_log, m_before.size, [this](std::uint64_t number, ByteView entry) { return match(number, entry); }); !ok) return std::unexpected(ok.error());
        if (m_before.size > 0)
            if (auto ok = look_for_new(); !ok) return std::unexpected(ok.error());
        return std::move(m_found);
    }

private:
    // A new entry of the log: is it a certificate of this store?
    Result<void> match(std::uint64_t number, ByteView entry) {
        const auto digest = tlog::digest_in_entry(entry);
        if (!digest) return {};
        auto query = m_db.query("SELECT c.number FROM statements s JOIN certificates c ON c.statement = s.row WHERE s.digest = ?", *digest);
        if (!query) return std::unexpected(query.error());
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (*row) m_found.emplace(query->text(0), number);
        return {};
    }

    // Certificates that came into the store later than into the log.
    Result<void> look_for_new() {
        auto query = m_db.query("SELECT c.number, s.message FROM certificates c JOIN statements s ON s.row = c.statement WHERE s.row > ?", m_before.statement);
        if (!query) return std::unexpected(query.error());
        for (;;) {
            const auto row = query->step();
            if (!row) return std::unexpected(row.error());
            if (!*row) return {};
            const auto entry = tlog::certificate_entry(query->bytes(1));
            if (!entry) return std::unexpected(entry.error());
            const auto number = find_in_log(m_log, *entry);
            if (!number) return std::unexpected(number.error());
            if (*number) m_found.emplace(query->text(0), **number);
        }
    }

    Database& m_db;
    const PublishedLog& m_log;
    const ReadBefore& m_before;
    std::map<std::string, std::uint64_t> m_found{};
};

Result<std::size_t> add_proofs(Database& db, const PublishedLog& log, const std::map<std::string, std::uint64_t>& found, const Actor& actor) {
    std::vector<std::pair<std::string, std::string>> proofs;
    for (const auto& [number, index] : found) {
        const auto known = db.number("SELECT 1 FROM log_proofs WHERE number = ?", number);
        if (!known) return std::unexpected(known.error());
        if (*known) continue;
        auto proof = prove_in_log(log, index);
        if (!proof) return std::unexpected(proof.error());
        proofs.emplace_back(number, std::move(*proof));
    }
    if (proofs.empty()) return 0;
    const auto entry = append_journal(db, actor, "log_proofs", log.known.key.name + "+" + std::to_string(proofs.size()), crypto::sha256(as_bytes(log.note)));
    if (!entry) return std::unexpected(entry.error());
    for (const auto& [number, proof] : proofs) {
        auto ok = db.run("INSERT INTO log_proofs (number, proof) VALUES (?, ?)", number, as_bytes(proof));
        if (ok) ok = touch_record(db, number);
        if (!ok) return std::unexpected(ok.error());
    }
    return proofs.size();
}

}  // namespace

Result<std::size_t> take_log_proofs(OfficeStore& store, const std::filesystem::path& folder, const Actor& actor) {
    Database& db = store.parts().database;
    const auto log = open_named_log(store, folder);
    if (!log) return std::unexpected(log.error());
    const auto before = read_before(db, *log);
    if (!before) return std::unexpected(before.error());
    const auto last = db.number("SELECT max(row) FROM statements");
    if (!last) return std::unexpected(last.error());
    if (as_text(before->checkpoint) == log->note && last->value_or(0) == before->statement) return 0;
    const auto found = Finder(db, *log, *before).find();
    if (!found) return std::unexpected(found.error());
    const auto added = add_proofs(db, *log, *found, actor);
    if (!added) return added;
    auto ok = db.run("INSERT OR REPLACE INTO logs_read (origin, checkpoint, statement) VALUES (?, ?, ?)", log->known.key.name, as_bytes(log->note), last->value_or(0));
    if (!ok) return std::unexpected(ok.error());
    return added;
}

}  // namespace pipa::publish
