// Opening a store and walking through it.
#include "pipa/store/store.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "host/atomic_file.hpp"
#include "host/file_descriptor.hpp"
#include "host/files.hpp"
#include "pipa/store/schema.hpp"
#include "pipa/store/store_parts.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_store_name = 64;
constexpr mode_t store_mode = 0600;

bool is_store_name(std::string_view name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= max_store_name && name.front() != '-' && std::ranges::all_of(name, fits);
}

void remove_store(const fs::path& path) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(path.string() + ending, ignored);
}

Result<StoreIdentity> read_identity(Database& database) {
    auto query = database.query("SELECT name, prefix FROM identity WHERE id = 1");
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return fail(ErrorCode::StoreNotOne, {}, "it has no name");
    return StoreIdentity{query->text(0), query->text(1)};
}

Result<void> fill_new(Database& database, const StoreIdentity& identity, const Actor& actor) {
    if (auto ok = make_tables(database); !ok) return ok;
    if (auto ok = bring_up_to_date(database, true); !ok) return ok;
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::unexpected(transaction.error());
    if (auto ok = database.run("INSERT INTO identity (id, name, prefix) VALUES (1, ?, ?)", identity.name, identity.prefix); !ok) return ok;
    const auto entry = append_journal(database, actor, "create", identity.name, {});
    if (!entry) return std::unexpected(entry.error());
    if (auto ok = touch_part(database, notices_part, *entry); !ok) return ok;
    return transaction->commit();
}

// SQLite would open what is there already; the file is made here.
Result<void> make_store(const fs::path& path, const StoreIdentity& identity, const Actor& actor) {
    FileDescriptor made(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, store_mode));
    if (!made || !made.close()) return fail(ErrorCode::FileUnwritable, {}, system_reason(errno, path));
    auto database = Database::open(path, Database::Access::ReadWrite, busy_timeout_ms);
    return database ? fill_new(*database, identity, actor) : Result<void>{std::unexpect, database.error()};
}

// Columns: row, digest, type, kid, message.
StoredStatement read_statement_row(const Query& query) {
    return {query.integer(0), query.array<32>(1), static_cast<cose::StatementType>(query.integer(2)), query.array<8>(3), to_bytes(query.bytes(4))};
}

// Columns: number, kid, lot, status_index, status, digest, message.
StoredCertificate read_certificate_row(const Query& query) {
    StoredCertificate out{.number = query.text(0), .kid = query.array<8>(1), .lot = query.text(2), .status = static_cast<Status>(query.integer(4)),
                          .digest = query.array<32>(5), .message = to_bytes(query.bytes(6))};
    if (const auto index = query.optional_integer(3)) out.status_index = static_cast<std::uint32_t>(*index);
    return out;
}

constexpr Sql certificate_of_number =
    "SELECT c.number, c.kid, c.lot, c.status_index, c.status, s.digest, s.message FROM certificates c JOIN statements s ON s.row = c.statement "
    "WHERE c.number = ?";
constexpr Sql certificates_placed =
    "SELECT c.number, c.kid, c.lot, c.status_index, c.status, s.digest, s.message FROM certificates c JOIN statements s ON s.row = c.statement "
    "WHERE c.record_place BETWEEN ? AND ? ORDER BY c.record_place, c.number";
constexpr Sql all_certificates =
    "SELECT c.number, c.kid, c.lot, c.status_index, c.status, s.digest, s.message FROM certificates c JOIN statements s ON s.row = c.statement "
    "ORDER BY c.number";

template <typename Read, typename Visit>
Result<void> walk(Result<Query> query, Read read, const Visit& visit) {
    if (!query) return std::unexpected(query.error());
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        if (auto ok = visit(read(*query)); !ok) return ok;
    }
}

}  // namespace

OfficeStore::OfficeStore(std::unique_ptr<Parts> parts) noexcept : m_parts(std::move(parts)) {}
OfficeStore::OfficeStore(OfficeStore&&) noexcept = default;
OfficeStore& OfficeStore::operator=(OfficeStore&&) noexcept = default;
OfficeStore::~OfficeStore() = default;

const StoreIdentity& OfficeStore::identity() const noexcept { return m_parts->identity; }

Result<OfficeStore> OfficeStore::create(const fs::path& path, const StoreIdentity& identity, const Actor& actor) {
    if (!is_store_name(identity.name) || !(identity.prefix.empty() || identity.prefix == identity.name + "/"))
        return fail(ErrorCode::StoreBadName, {}, identity.name);
    std::error_code ignored;
    if (fs::symlink_status(path, ignored).type() != fs::file_type::not_found) return fail(ErrorCode::FileExists, {}, path.string());
    // Made beside it and then given its name, so that a store is there whole or not at all, and none is ever written over. What an
    // attempt that was killed left behind goes.
    const fs::path beside = path.parent_path() / ("." + path.filename().string() + ".new");
    remove_store(beside);
    Result<void> made = make_store(beside, identity, actor);
    if (made && !take_free_name(beside, path))
        made = errno == EEXIST ? fail(ErrorCode::FileExists, {}, path.string()) : fail(ErrorCode::FileUnwritable, {}, system_reason(errno, path));
    remove_store(beside);
    if (!made) return std::unexpected(made.error());
    return open(path);
}

Result<OfficeStore> OfficeStore::open(const fs::path& path, Access access) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return fail(ErrorCode::FileUnreadable, {}, system_reason(error ? error.value() : ENOENT, path));
    if (!fs::is_regular_file(status)) return fail(ErrorCode::StoreNotOne, {}, path.string());
    auto database = Database::open(path, access == Access::ReadWrite ? Database::Access::ReadWrite : Database::Access::ReadOnly, busy_timeout_ms);
    if (!database) return std::unexpected(database.error());
    if (auto ok = bring_up_to_date(*database, access == Access::ReadWrite); !ok) return std::unexpected(ok.error());
    auto identity = read_identity(*database);
    if (!identity) return std::unexpected(identity.error());
    return OfficeStore(std::make_unique<Parts>(std::move(*database), std::move(*identity)));
}

Result<StoredCertificate> OfficeStore::certificate(std::string_view number) const {
    auto query = m_parts->database.query(certificate_of_number, number);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return fail(ErrorCode::StoreNoSuchCertificate, {}, std::string{number});
    return read_certificate_row(*query);
}

Result<std::vector<StoredStatement>> OfficeStore::statements_about(std::string_view number) const {
    const auto certificate_found = certificate(number);
    if (!certificate_found) return std::unexpected(certificate_found.error());
    std::vector<StoredStatement> out;
    auto ok = walk(m_parts->database.query("SELECT row, digest, type, kid, message FROM statements WHERE row IN (SELECT statement FROM mentions WHERE "
                                           "(kind = 'certificate' AND subject = ?1) OR (kind = 'lot' AND subject = ?2 AND ?2 <> '')) ORDER BY row",
                                           number, certificate_found->lot),
                   read_statement_row, [&](StoredStatement statement) {
                       out.push_back(std::move(statement));
                       return Result<void>{};
                   });
    if (!ok) return std::unexpected(ok.error());
    return out;
}

Result<std::optional<StoredDossier>> OfficeStore::dossier_of(std::string_view number) const {
    const auto found = certificate(number);
    if (!found) return std::unexpected(found.error());
    return dossier_of(*found);
}

Result<std::optional<StoredDossier>> OfficeStore::dossier_of(const StoredCertificate& found) const {
    Database& db = m_parts->database;
    StoredDossier out;
    {
        // From the few statements that name the certificate or its lot to the manifests among them, never through all manifests.
        auto query = db.query("SELECT s.message FROM mentions t CROSS JOIN manifests m ON m.statement = t.statement "
                              "CROSS JOIN statements s ON s.row = m.statement "
                              "WHERE (t.kind = 'certificate' AND t.subject = ?1) OR (t.kind = 'lot' AND t.subject = ?2 AND ?2 <> '' AND s.kid = ?3) "
                              "ORDER BY t.kind = 'certificate' DESC, m.sequence DESC, m.statement DESC LIMIT 1",
                              found.number, found.lot, found.kid);
        if (!query) return std::unexpected(query.error());
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return std::optional<StoredDossier>{};
        out.manifest = to_bytes(query->bytes(0));
    }
    const auto manifest = parse_any_statement(out.manifest);
    if (!manifest) return std::unexpected(manifest.error());
    for (const cbor::Value& digest : manifest->list(manifest_key::digests)) {
        auto query = db.query("SELECT message FROM statements WHERE digest = ?", digest.bytes);
        if (!query) return std::unexpected(query.error());
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (*row) out.statements.push_back(to_bytes(query->bytes(0)));
        else ++out.missing;
    }
    return out;
}

Result<std::optional<Bytes>> OfficeStore::document(std::string_view name) const {
    auto query = m_parts->database.query("SELECT content FROM documents WHERE name = ?", name);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<Bytes>{};
    return to_bytes(query->bytes(0));
}

Result<void> OfficeStore::each_statement(const StatementFilter& filter, const StatementVisitor& visit) const {
    Database& db = m_parts->database;
    if (filter.type)
        return walk(db.query("SELECT row, digest, type, kid, message FROM statements WHERE type = ? AND row > ? ORDER BY row",
                             static_cast<std::int64_t>(*filter.type), filter.after_row),
                    read_statement_row, visit);
    return walk(db.query("SELECT row, digest, type, kid, message FROM statements WHERE row > ? ORDER BY row", filter.after_row), read_statement_row, visit);
}

Result<void> OfficeStore::each_certificate(const CertificateVisitor& visit) const {
    return walk(m_parts->database.query(all_certificates), read_certificate_row, visit);
}

Result<void> OfficeStore::each_certificate_placed(std::uint32_t first, std::uint32_t last, const CertificateVisitor& visit) const {
    return walk(m_parts->database.query(certificates_placed, first, last), read_certificate_row, visit);
}

Result<void> OfficeStore::each_notice(const NoticeVisitor& visit) const {
    const auto read = [](const Query& query) {
        StoredNotice out{.id = query.text(0), .kid = query.array<8>(1), .digest = query.array<32>(2), .message = to_bytes(query.bytes(3))};
        if (const auto ended = query.optional_integer(4)) out.ended = static_cast<DayNumber>(*ended);
        return out;
    };
    return walk(m_parts->database.query("SELECT n.id, n.kid, s.digest, s.message, n.ended FROM notices n JOIN statements s ON s.row = n.statement ORDER BY n.id, n.kid"),
                read, visit);
}

Result<StoreCounts> OfficeStore::counts() const {
    StoreCounts out;
    const std::pair<Sql, std::int64_t StoreCounts::*> questions[] = {
        {"SELECT count(*) FROM statements", &StoreCounts::statements},
        {"SELECT count(*) FROM certificates", &StoreCounts::certificates},
        {"SELECT count(*) FROM notices", &StoreCounts::notices},
        {"SELECT sum(count) FROM status_blocks", &StoreCounts::indices_handed_out},
        {"SELECT count(*) FROM certificates WHERE status <> 0 AND status = 1", &StoreCounts::invalid},
        {"SELECT count(*) FROM certificates WHERE status <> 0 AND status = 2", &StoreCounts::suspended},
        {"SELECT count(*) FROM documents", &StoreCounts::documents},
        {"SELECT max(number) FROM journal", &StoreCounts::journal},
    };
    for (const auto& [sql, member] : questions) {
        const auto value = m_parts->database.number(sql);
        if (!value) return std::unexpected(value.error());
        out.*member = value->value_or(0);
    }
    return out;
}

}  // namespace pipa
