#include "pipa/store/store_parts.hpp"
#include "trust/records.hpp"
#include "wire/cbor.hpp"

namespace pipa {
namespace {

constexpr Sql insert_entry = "INSERT INTO journal (number, at, kid, act, subject, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?)";

struct Head {
    std::int64_t number{};
    crypto::Digest hash{};  // zeros before the first entry
};

Result<Head> head_of(Database& database) {
    auto query = database.query("SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1");
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return Head{};
    return Head{query->integer(0), query->array<32>(1)};
}

}  // namespace

crypto::Digest journal_hash(const crypto::Digest& before, const JournalEntry& entry) {
    const Bytes content = cbor::encode(cbor::make_array(
        {cbor::make_integer(entry.number), cbor::make_integer(entry.actor.now), cbor::make_bytes(entry.actor.kid),
         cbor::make_text(entry.act), cbor::make_text(entry.subject), cbor::make_bytes(entry.digest)}));
    Bytes all(before.begin(), before.end());
    all.insert(all.end(), content.begin(), content.end());
    return crypto::sha256(all);
}

Result<std::int64_t> append_journal(Database& database, const Actor& actor, std::string_view act, std::string_view subject,
                                    const crypto::Digest& digest) {
    const auto head = head_of(database);
    if (!head) return std::unexpected(head.error());
    JournalEntry entry{.number = head->number + 1, .actor = actor, .act = std::string{act}, .subject = std::string{subject}, .digest = digest};
    entry.hash = journal_hash(head->hash, entry);
    if (auto ok = database.run(insert_entry, entry.number, actor.now, actor.kid, entry.act, entry.subject, digest, entry.hash); !ok)
        return std::unexpected(ok.error());
    return entry.number;
}

Result<void> touch_part(Database& database, std::string_view name, std::int64_t revision) {
    return database.run("INSERT INTO parts (name, revision) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET revision = excluded.revision",
                        name, revision);
}

Result<void> need_part(Database& database, std::string_view name, std::int64_t revision) {
    return database.run("INSERT INTO parts (name, revision) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, revision);
}

std::string status_part(std::uint32_t shard) { return "status/" + std::to_string(shard); }

Result<void> touch_record(Database& database, std::string_view certificate_number) {
    return database.run("INSERT INTO record_changes (place) VALUES (?) ON CONFLICT DO NOTHING", record_place(certificate_number));
}

Result<void> OfficeStore::journal(std::int64_t after_number, const JournalVisitor& visit) const {
    auto query = m_parts->database.query(
        "SELECT number, at, kid, act, subject, digest, hash FROM journal WHERE number > ? ORDER BY number", after_number);
    if (!query) return std::unexpected(query.error());
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        JournalEntry entry{.number = query->integer(0), .actor = {query->array<8>(2), query->integer(1)}, .act = query->text(3),
                           .subject = query->text(4), .digest = query->array<32>(5), .hash = query->array<32>(6)};
        if (auto ok = visit(entry); !ok) return ok;
    }
}

Result<void> OfficeStore::note(std::string_view act, std::string_view subject, const crypto::Digest& digest, const Actor& actor) {
    auto transaction = Transaction::begin(m_parts->database);
    if (!transaction) return std::unexpected(transaction.error());
    if (const auto entry = append_journal(m_parts->database, actor, act, subject, digest); !entry) return std::unexpected(entry.error());
    return transaction->commit();
}

}  // namespace pipa
