#include "pipa/store/database.hpp"

#include <sqlite3.h>

#include <utility>

#include "trust/records.hpp"

namespace pipa {
namespace {

struct Mapped {
    int sqlite;
    ErrorCode ours;
};

// Primary result codes; what is not listed is a fault in what we asked for, or damage: store.damaged.
constexpr Mapped mapped[] = {
    {SQLITE_BUSY, ErrorCode::StoreBusy},          {SQLITE_LOCKED, ErrorCode::StoreBusy},
    {SQLITE_NOTADB, ErrorCode::StoreNotOne},      {SQLITE_CORRUPT, ErrorCode::StoreDamaged},
    {SQLITE_FULL, ErrorCode::FileUnwritable},     {SQLITE_IOERR, ErrorCode::FileUnwritable},
    {SQLITE_READONLY, ErrorCode::FileUnwritable}, {SQLITE_CANTOPEN, ErrorCode::FileUnreadable},
    {SQLITE_PERM, ErrorCode::FileUnreadable},     {SQLITE_AUTH, ErrorCode::FileUnreadable},
};

std::unexpected<Error> failed(sqlite3* handle) {
    const int code = sqlite3_errcode(handle) & 0xFF;
    for (const Mapped& one : mapped)
        if (one.sqlite == code) return fail(one.ours, {}, sqlite3_errmsg(handle));
    return fail(ErrorCode::StoreDamaged, {}, sqlite3_errmsg(handle));
}

// record_place(number) in SQL, for a migration that must work it out for every certificate.
void record_place_in_sql(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    sqlite3_result_int64(context, record_place(text == nullptr ? std::string_view{} : std::string_view{text, size}));
}

}  // namespace

Query::Query(Query&& other) noexcept : m_statement(std::exchange(other.m_statement, nullptr)), m_owned(other.m_owned) {}

Query::~Query() {
    if (m_statement == nullptr) return;
    if (m_owned) {
        sqlite3_finalize(m_statement);
        return;
    }
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

Result<bool> Query::step() {
    const int outcome = sqlite3_step(m_statement);
    if (outcome == SQLITE_ROW) return true;
    if (outcome == SQLITE_DONE) return false;
    return failed(sqlite3_db_handle(m_statement));
}

std::int64_t Query::integer(int column) const noexcept { return sqlite3_column_int64(m_statement, column); }

std::optional<std::int64_t> Query::optional_integer(int column) const noexcept {
    if (sqlite3_column_type(m_statement, column) == SQLITE_NULL) return {};
    return integer(column);
}

std::string Query::text(int column) const { return std::string{as_text(bytes(column))}; }

ByteView Query::bytes(int column) const noexcept {
    const void* data = sqlite3_column_blob(m_statement, column);
    return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

// A value that cannot be bound (out of memory) makes the step fail.
void Query::bind(int place, std::int64_t number) noexcept { sqlite3_bind_int64(m_statement, place, number); }
void Query::bind(int place, std::string_view text) noexcept {
    sqlite3_bind_text64(m_statement, place, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}
void Query::bind(int place, ByteView content) noexcept {
    sqlite3_bind_blob64(m_statement, place, content.empty() ? static_cast<const void*>("") : content.data(), content.size(), SQLITE_STATIC);
}
void Query::bind_null(int place) noexcept { sqlite3_bind_null(m_statement, place); }

Result<Database> Database::open(const std::filesystem::path& path, Access access, int busy_ms) {
    sqlite3* handle = nullptr;
    const int flags = access == Access::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const int outcome = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (handle == nullptr) return fail(ErrorCode::FileUnreadable, {}, "out of memory");
    Database database(handle);
    if (outcome != SQLITE_OK) return failed(handle);
    sqlite3_busy_timeout(handle, busy_ms);
    // What a hostile file could otherwise make run: schema functions, and pages that only pretend to be well-formed.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    constexpr int how = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    if (sqlite3_create_function_v2(handle, "record_place", 1, how, nullptr, record_place_in_sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failed(handle);
    return database;
}

Database::Database(Database&& other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr)), m_prepared(std::exchange(other.m_prepared, {})) {}

Database::~Database() {
    for (const auto& [sql, statement] : m_prepared) sqlite3_finalize(statement);
    sqlite3_close_v2(m_handle);
}

Result<void> Database::script(Sql sql) {
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failed(m_handle);
    return {};
}

Result<Query> Database::prepare(Sql sql) {
    const auto known = m_prepared.find(sql);
    // A walk whose callback asks the same question again gets a statement of its own.
    if (known != m_prepared.end() && sqlite3_stmt_busy(known->second) == 0) return Query(known->second, false);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) return failed(m_handle);
    if (known != m_prepared.end()) return Query(statement, true);
    m_prepared.emplace(sql, statement);
    return Query(statement, false);
}

std::int64_t Database::last_row() const noexcept { return sqlite3_last_insert_rowid(m_handle); }

Result<Transaction> Transaction::begin(Database& database, Kind kind) {
    if (auto ok = database.run(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN"); !ok) return std::unexpected(ok.error());
    return Transaction(&database);
}

Transaction::~Transaction() {
    if (m_database != nullptr) static_cast<void>(m_database->run("ROLLBACK"));
}

Result<void> Transaction::commit() {
    auto ok = m_database->run("COMMIT");
    if (ok) m_database = nullptr;
    return ok;
}

}  // namespace pipa
