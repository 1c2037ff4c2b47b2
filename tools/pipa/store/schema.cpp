#include "pipa/store/schema.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pipa {
namespace {

// Version 1. Days, times, kids and digests are those of the statements.
//
// parts      what is published, and the journal's number when it last changed: "status/3", "notices.cbor"
// targets    what was published of each part: `revision` is the part's then
// roles      the signed metadata of each role, its newest version; of root every version
// published  a digest of the page's own files (page); when every older page had to go at once (emergency), as text
// superseded files of the repository that are not current any more, and since when: readers may still be on their way to them
// drafts     metadata that still lacks signatures
// delegates  towns and enterprises with stores of their own
constexpr Sql version_1 = R"sql(
CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, prefix TEXT NOT NULL) STRICT;

CREATE TABLE statements (
  row INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  type INTEGER NOT NULL,
  kid BLOB NOT NULL CHECK (length(kid) = 8),
  message BLOB NOT NULL
) STRICT;
CREATE INDEX statements_by_type ON statements (type, row);

CREATE TABLE certificates (
  number TEXT PRIMARY KEY,
  statement INTEGER NOT NULL UNIQUE REFERENCES statements (row),
  kid BLOB NOT NULL CHECK (length(kid) = 8),
  lot TEXT NOT NULL,
  bin INTEGER NOT NULL CHECK (bin BETWEEN 0 AND 255),
  status_index INTEGER UNIQUE CHECK (status_index BETWEEN 0 AND 4294967295),
  status INTEGER NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 3)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificates_by_bin ON certificates (bin, number);
CREATE INDEX certificates_by_lot ON certificates (lot) WHERE lot <> '';
CREATE INDEX certificates_not_valid ON certificates (status_index, status) WHERE status <> 0;

CREATE TABLE mentions (
  kind TEXT NOT NULL CHECK (kind IN ('certificate', 'lot')),
  subject TEXT NOT NULL,
  statement INTEGER NOT NULL REFERENCES statements (row),
  PRIMARY KEY (kind, subject, statement)
) STRICT, WITHOUT ROWID;
CREATE TABLE manifests (statement INTEGER PRIMARY KEY REFERENCES statements (row), sequence INTEGER NOT NULL) STRICT;

CREATE TABLE notices (
  kid BLOB NOT NULL CHECK (length(kid) = 8),
  id TEXT NOT NULL,
  statement INTEGER NOT NULL REFERENCES statements (row),
  issued INTEGER NOT NULL,
  ended INTEGER,
  PRIMARY KEY (kid, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE status_blocks (
  first INTEGER PRIMARY KEY CHECK (first >= 0),
  count INTEGER NOT NULL CHECK (count > 0 AND first + count <= 4294967296),
  taken INTEGER NOT NULL CHECK (taken BETWEEN 0 AND count),
  holder TEXT NOT NULL
) STRICT;
CREATE INDEX status_blocks_open ON status_blocks (holder) WHERE taken < count;
CREATE TABLE number_series (series TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE documents (name TEXT PRIMARY KEY, digest BLOB NOT NULL CHECK (length(digest) = 32), content BLOB NOT NULL) STRICT;

CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kid BLOB NOT NULL CHECK (length(kid) = 8),
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER statements_are_never_changed BEFORE UPDATE ON statements BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END;
CREATE TRIGGER statements_are_never_cut BEFORE DELETE ON statements BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END;

CREATE TABLE parts (name TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE targets (
  path TEXT PRIMARY KEY,
  part TEXT NOT NULL,
  revision INTEGER NOT NULL,
  length INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT, WITHOUT ROWID;
CREATE TABLE roles (
  name TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  expires INTEGER NOT NULL,
  file BLOB NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (name TEXT PRIMARY KEY, file BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE published (name TEXT PRIMARY KEY, digest BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE superseded (file TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE delegates (name TEXT PRIMARY KEY, public_key BLOB NOT NULL CHECK (length(public_key) = 32)) STRICT, WITHOUT ROWID;
)sql";

// Version 2: what a public log proves of certificates, each under the first checkpoint that was seen to have it; and how far each log
// was read: its checkpoint then, and the last statement that was looked for in it.
constexpr Sql version_2 = R"sql(
CREATE TABLE log_proofs (number TEXT PRIMARY KEY REFERENCES certificates (number), proof BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE logs_read (origin TEXT PRIMARY KEY, checkpoint BLOB NOT NULL, statement INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// Version 3: record files (trust/records.hpp) in place of 256 files of lots. `record_place` is the first 32 bits of SHA-256 of the number, worked
// out by the function of that name (database.cpp).
//
// record_changes    places whose record is other than what was published last
// records_heads     what is published, by the store's name; the district's own, or a delegated store's own, under ''
// record_files      of the own head's files: the leaf hash of each, its certificates, and how many the smaller half would have if it were split
// large_dossiers    dossiers that have files of their own, by the record file that names them
// superseded        now also record files and large dossiers, as "records/14/17/2a"
constexpr Sql version_3 = R"sql(
DROP INDEX certificates_by_bin;
ALTER TABLE certificates DROP COLUMN bin;
ALTER TABLE certificates ADD COLUMN record_place INTEGER NOT NULL DEFAULT 0 CHECK (record_place BETWEEN 0 AND 4294967295);
UPDATE certificates SET record_place = record_place(number);
CREATE INDEX certificates_by_record_place ON certificates (record_place, number);
DELETE FROM targets WHERE part LIKE 'lots/%';
DELETE FROM parts WHERE name LIKE 'lots/%';

CREATE TABLE record_changes (place INTEGER PRIMARY KEY) STRICT;
CREATE TABLE records_heads (store TEXT PRIMARY KEY, head BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE record_files (
  file INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  certificates INTEGER NOT NULL,
  half INTEGER NOT NULL
) STRICT;
CREATE INDEX record_files_by_certificates ON record_files (certificates);
CREATE INDEX record_files_by_half ON record_files (half);
CREATE TABLE large_dossiers (
  store TEXT NOT NULL,
  file INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (store, file, digest)
) STRICT, WITHOUT ROWID;
)sql";

// The script at i leads from version i to i + 1.
constexpr std::array<Sql, 3> migrations = {version_1, version_2, version_3};

Result<std::int64_t> pragma(Database& database, Sql sql) {
    const auto value = database.number(sql);
    if (!value) return std::unexpected(value.error());
    return value->value_or(0);
}

// PRAGMA takes no parameters.
Result<void> set_version(Database& database, std::size_t version) {
    const std::string sql = "PRAGMA user_version = " + std::to_string(version);
    return database.script(sql.c_str());
}

Result<void> migrate(Database& database, std::size_t from) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::unexpected(transaction.error());
    // Another process may have been faster.
    const auto now = pragma(database, "PRAGMA user_version");
    if (!now) return std::unexpected(now.error());
    for (std::size_t version = std::max(from, static_cast<std::size_t>(*now)); version < migrations.size(); ++version) {
        if (auto ok = database.script(migrations[version]); !ok) return ok;
        if (auto ok = set_version(database, version + 1); !ok) return ok;
    }
    return transaction->commit();
}

}  // namespace

int store_schema_version() noexcept { return static_cast<int>(migrations.size()); }

Result<void> make_tables(Database& database) {
    const std::string sql = "PRAGMA application_id = " + std::to_string(store_application_id);
    if (auto ok = database.script("PRAGMA journal_mode = WAL"); !ok) return ok;
    if (auto ok = database.script(sql.c_str()); !ok) return ok;
    return migrate(database, 0);
}

Result<void> bring_up_to_date(Database& database, bool may_write) {
    const auto application = pragma(database, "PRAGMA application_id");
    if (!application) return std::unexpected(application.error());
    const auto version = pragma(database, "PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    if (*application != store_application_id || *version < 1) return fail(ErrorCode::StoreNotOne);
    if (*version > store_schema_version())
        return fail(ErrorCode::StoreNewer, {}, "version " + std::to_string(*version) + ", known here: " + std::to_string(store_schema_version()));
    // A full sync for every commit: a certificate that was handed out must survive a power cut.
    if (auto ok = database.script("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL"); !ok) return ok;
    if (*version == store_schema_version()) return {};
    if (!may_write) return fail(ErrorCode::StoreNotOne, {}, "its tables are older; open it for writing once");
    return migrate(database, static_cast<std::size_t>(*version));
}

}  // namespace pipa
