// Files that are no store, newer than this program, locked by another process, damaged, or tampered with.
#include <sqlite3.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

#include "pipa/store/schema.hpp"
#include "store/sample_store.hpp"

using namespace pipa;
using namespace pipa::test;

namespace {

const Actor office = actor_named("office");

// Another program at the same file.
class Stranger {
public:
    explicit Stranger(const std::filesystem::path& path) { REQUIRE(sqlite3_open(path.c_str(), &m_handle) == SQLITE_OK); }
    ~Stranger() { sqlite3_close(m_handle); }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;
    [[nodiscard]] bool does(const char* sql) { return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

private:
    sqlite3* m_handle{};
};

void fill(OfficeStore& store) {
    REQUIRE(store.reserve_indices(100, "P1", office));
    for (const char* number : {"TEST-1", "TEST-2"})
        REQUIRE(store.put_statement(sample_certificate(number, static_cast<std::uint32_t>(number[5])), office));
    REQUIRE(store.set_status("TEST-1", Status::Suspended, office));
    REQUIRE(store.put_document("field.json", as_bytes("{}"), office));
}

std::string first_problem(const OfficeStore& store) {
    const auto check = store.check();
    REQUIRE(check);
    return check->problems.empty() ? "" : check->problems.front();
}

}  // namespace

TEST_CASE("store: what is no store is named as such", "[store]") {
    ScratchFolder folder;
    CHECK(answer(OfficeStore::open(folder.file("none"))) == "file.unreadable");
    std::ofstream(folder.file("text")) << "this is a text of some length, so that it is no empty database either. " << std::string(600, 'x');
    CHECK(answer(OfficeStore::open(folder.file("text"))) == "store.not_a_store");
    std::ofstream(folder.file("empty"));
    CHECK(answer(OfficeStore::open(folder.file("empty"))) == "store.not_a_store");
    CHECK(answer(OfficeStore::open(folder.file("."))) == "store.not_a_store");
    REQUIRE(Stranger(folder.file("other")).does("CREATE TABLE things (a)"));
    CHECK(answer(OfficeStore::open(folder.file("other"))) == "store.not_a_store");
}

TEST_CASE("store: a newer one is left alone", "[store]") {
    SampleStore sample;
    REQUIRE(Stranger(sample.path()).does("PRAGMA user_version = 999"));
    CHECK(answer(OfficeStore::open(sample.path())) == "store.newer_version");
}

TEST_CASE("store: a store that another process holds is busy, not damaged", "[store]") {
    SampleStore sample;
    Stranger other(sample.path());
    REQUIRE(other.does("BEGIN IMMEDIATE"));
    CHECK(answer(sample.store.put_document("field.json", as_bytes("{}"), office)) == "store.busy");
    CHECK(sample.store.counts().has_value());  // reading goes on
    REQUIRE(other.does("ROLLBACK"));
    CHECK(answer(sample.store.put_document("field.json", as_bytes("{}"), office)) == "ok");
}

TEST_CASE("store: the journal and statements can only grow", "[store]") {
    SampleStore sample;
    fill(sample.store);
    Stranger other(sample.path());
    for (const char* sql : {"DELETE FROM journal", "UPDATE journal SET subject = 'x'", "DELETE FROM statements", "UPDATE statements SET type = 1"})
        CHECK_FALSE(other.does(sql));
    CHECK(first_problem(sample.store).empty());
}

TEST_CASE("store: tampering is seen", "[store]") {
    const char* unlock = "DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_cut; "
                         "DROP TRIGGER statements_are_never_changed; DROP TRIGGER statements_are_never_cut";
    const std::pair<const char*, const char*> cases[] = {
        {"UPDATE journal SET subject = 'TEST-9' WHERE number = 3", "journal entry 3 was changed, or one before it"},
        {"UPDATE journal SET at = at + 1 WHERE number = 2", "journal entry 2 was changed, or one before it"},
        {"DELETE FROM journal WHERE number = 2", "the journal lacks entry 2"},
        {"UPDATE statements SET message = CAST(message || x'00' AS BLOB) WHERE row = 1", "statement 1 does not fit its digest"},
        {"UPDATE certificates SET status = 0 WHERE number = 'TEST-1'", "certificate TEST-1 is valid, and the journal says suspended"},
        {"UPDATE certificates SET lot = 'L' WHERE number = 'TEST-2'", "certificate TEST-2 is not what its statement says"},
        {"UPDATE documents SET content = x'00'", "document field.json does not fit its digest"},
        {"INSERT INTO statements (digest, type, kid, message) VALUES (zeroblob(32), 1, zeroblob(8), x'00')", "statement 3 does not fit its digest"},
        {"PRAGMA foreign_keys = OFF; DELETE FROM statements WHERE row = 1", "a row of certificates refers to one that is missing in statements"},
    };
    for (const auto& [sql, problem] : cases) {
        INFO(sql);
        SampleStore sample;
        fill(sample.store);
        CHECK(first_problem(sample.store).empty());
        Stranger other(sample.path());
        REQUIRE(other.does(unlock));
        REQUIRE(other.does(sql));
        CHECK(first_problem(sample.store) == problem);
    }
}

TEST_CASE("store: damaged pages are named", "[store]") {
    SampleStore sample;
    fill(sample.store);
    REQUIRE(Stranger(sample.path()).does("PRAGMA wal_checkpoint(TRUNCATE)"));
    {
        std::fstream file(sample.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096 * 3 + 8);
        file << std::string(2000, '\xFF');
    }
    const auto opened = OfficeStore::open(sample.path());
    const auto check = opened ? opened->check() : Result<StoreCheck>{std::unexpect, opened.error()};
    CHECK((!check || !check->problems.empty()));
    if (!check) CHECK(answer(check) == "store.damaged");
}
