// SQLite behind values: the only place of this folder that includes sqlite3.h. Its codes become ours here: store.busy,
// store.not_a_store, store.damaged, file.unwritable (also a full disk). A wrapper of our own: SQLiteCpp and its like throw.
// Queries are prepared once for each text, which must be a literal; one database belongs to one thread.
#pragma once

#include <array>
#include <concepts>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "base/bytes.hpp"
#include "base/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace pipa {

using Sql = const char*;

// A prepared query with its parameters; give it back (destroy it) before the next write.
class Query {
public:
    Query(sqlite3_stmt* statement, bool owned) noexcept : m_statement(statement), m_owned(owned) {}
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    // True while there is a row.
    [[nodiscard]] Result<bool> step();

    [[nodiscard]] std::int64_t integer(int column) const noexcept;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const noexcept;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] ByteView bytes(int column) const noexcept;  // until the next step
    template <std::size_t Size>
    [[nodiscard]] std::array<std::uint8_t, Size> array(int column) const noexcept {
        std::array<std::uint8_t, Size> out{};
        const ByteView content = bytes(column);
        for (std::size_t i = 0; i < Size && i < content.size(); ++i) out[i] = content[i];
        return out;
    }

    void bind(int place, std::int64_t number) noexcept;
    void bind(int place, std::string_view text) noexcept;  // text and bytes must outlive the query
    void bind(int place, ByteView content) noexcept;
    void bind_null(int place) noexcept;

private:
    sqlite3_stmt* m_statement;
    bool m_owned;
};

class Database {
public:
    enum class Access : std::uint8_t { ReadWrite, ReadOnly };
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, Access access, int busy_ms);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) = delete;
    ~Database();

    [[nodiscard]] Result<void> script(Sql sql);  // without parameters, several statements

    template <typename... Values>
    [[nodiscard]] Result<Query> query(Sql sql, const Values&... values) {
        auto prepared = prepare(sql);
        if (prepared) {
            int place = 0;
            (bind_one(*prepared, ++place, values), ...);
        }
        return prepared;
    }
    // A query without rows.
    template <typename... Values>
    [[nodiscard]] Result<void> run(Sql sql, const Values&... values) {
        auto prepared = query(sql, values...);
        if (!prepared) return std::unexpected(prepared.error());
        if (const auto stepped = prepared->step(); !stepped) return std::unexpected(stepped.error());
        return {};
    }
    // The first column of the first row; empty where there is no row or it is NULL.
    template <typename... Values>
    [[nodiscard]] Result<std::optional<std::int64_t>> number(Sql sql, const Values&... values) {
        auto prepared = query(sql, values...);
        if (!prepared) return std::unexpected(prepared.error());
        const auto stepped = prepared->step();
        if (!stepped) return std::unexpected(stepped.error());
        if (!*stepped) return std::optional<std::int64_t>{};
        return prepared->optional_integer(0);
    }

    [[nodiscard]] std::int64_t last_row() const noexcept;

private:
    explicit Database(sqlite3* handle) noexcept : m_handle(handle) {}
    [[nodiscard]] Result<Query> prepare(Sql sql);

    static void bind_one(Query& query, int place, std::string_view text) noexcept { query.bind(place, text); }
    static void bind_one(Query& query, int place, const std::string& text) noexcept { query.bind(place, std::string_view{text}); }
    static void bind_one(Query& query, int place, Sql text) noexcept { query.bind(place, std::string_view{text}); }
    static void bind_one(Query& query, int place, const Bytes& content) noexcept { query.bind(place, ByteView{content}); }
    static void bind_one(Query& query, int place, ByteView content) noexcept { query.bind(place, content); }
    template <std::size_t Size>
    static void bind_one(Query& query, int place, const std::array<std::uint8_t, Size>& content) noexcept {
        query.bind(place, ByteView{content});
    }
    static void bind_one(Query& query, int place, std::integral auto number) noexcept {
        query.bind(place, static_cast<std::int64_t>(number));
    }
    template <std::integral Number>
    static void bind_one(Query& query, int place, const std::optional<Number>& number) noexcept {
        if (number) query.bind(place, static_cast<std::int64_t>(*number));
        else query.bind_null(place);
    }

    sqlite3* m_handle;
    std::map<Sql, sqlite3_stmt*> m_prepared{};
};

// Rolls back unless it is committed. Begins as a writer at once, so that two writers wait instead of failing half-way.
class Transaction {
public:
    enum class Kind : std::uint8_t { Write, Read };
    [[nodiscard]] static Result<Transaction> begin(Database& database, Kind kind = Kind::Write);
    Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Database* database) noexcept : m_database(database) {}
    Database* m_database;
};

}  // namespace pipa
