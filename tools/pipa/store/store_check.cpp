// Looking for damage and tampering: everything that the store says twice must be said alike.
#include <map>
#include <set>

#include "base/hex.hpp"
#include "pipa/store/store_parts.hpp"
#include "trust/records.hpp"

namespace pipa {
namespace {

constexpr std::size_t max_problems = 100;

class Checker {
public:
    Checker(const OfficeStore& store, Database& database, StoreCheck& out) : m_store(store), m_db(database), m_out(out) {}

    Result<void> run() {
        if (auto ok = check_pages(); !ok) return ok;
        if (auto ok = check_journal(); !ok) return ok;
        if (auto ok = check_statements(); !ok) return ok;
        if (auto ok = check_documents(); !ok) return ok;
        return check_certificates();
    }

private:
    void report(std::string problem) {
        if (m_out.problems.size() < max_problems) m_out.problems.push_back(std::move(problem));
    }

    Result<void> check_pages() {
        auto pages = m_db.query("PRAGMA integrity_check(100)");
        if (!pages) return std::unexpected(pages.error());
        for (auto row = pages->step(); !row || *row; row = pages->step()) {
            if (!row) return std::unexpected(row.error());
            if (std::string text = pages->text(0); text != "ok") report("SQLite: " + text);
        }
        auto references = m_db.query("PRAGMA foreign_key_check");
        if (!references) return std::unexpected(references.error());
        for (auto row = references->step(); !row || *row; row = references->step()) {
            if (!row) return std::unexpected(row.error());
            report("a row of " + references->text(0) + " refers to one that is missing in " + references->text(2));
        }
        return {};
    }

    Result<void> check_journal() {
        crypto::Digest before{};
        return m_store.journal(0, [&](const JournalEntry& entry) -> Result<void> {
            if (entry.number != m_out.journal_entries + 1) report("the journal lacks entry " + std::to_string(m_out.journal_entries + 1));
            if (entry.hash != journal_hash(before, entry)) report("journal entry " + std::to_string(entry.number) + " was changed, or one before it");
            before = entry.hash;
            m_out.journal_entries = entry.number;
            m_out.journal_head = entry.hash;
            if (entry.act == "put") m_put.insert(entry.digest);
            if (entry.act == "document") m_documents[entry.subject] = entry.digest;
            if (const auto equals = entry.subject.find('='); entry.act == "status" && equals != std::string::npos)
                m_statuses[entry.subject.substr(0, equals)] = entry.subject.substr(equals + 1);
            return {};
        });
    }

    Result<void> check_statements() {
        std::set<crypto::Digest> present;
        auto ok = m_store.each_statement({}, [&](const StoredStatement& statement) -> Result<void> {
            present.insert(statement.digest);
            if (crypto::sha256(statement.message) != statement.digest) report("statement " + std::to_string(statement.row) + " does not fit its digest");
            if (!m_put.contains(statement.digest)) report("statement " + to_hex(statement.digest) + " is not in the journal");
            return {};
        });
        for (const crypto::Digest& digest : m_put)
            if (!present.contains(digest)) report("statement " + to_hex(digest) + " is in the journal and not in the store");
        return ok;
    }

    Result<void> check_documents() {
        auto query = m_db.query("SELECT name, digest, content FROM documents");
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            const std::string name = query->text(0);
            const auto digest = query->array<32>(1);
            const auto known = m_documents.find(name);
            if (crypto::sha256(query->bytes(2)) != digest) report("document " + name + " does not fit its digest");
            if (known == m_documents.end() || known->second != digest) report("document " + name + " is not the one in the journal");
        }
        return {};
    }

    Result<void> check_certificates() {
        return m_store.each_certificate([&](const StoredCertificate& stored) -> Result<void> {
            const auto parsed = parse_certificate(stored.message);
            const bool fits = parsed && parsed->certificate.number == stored.number && parsed->certificate.lot == stored.lot &&
                              parsed->certificate.status_index == stored.status_index && parsed->statement.kid == stored.kid;
            if (!fits) report("certificate " + stored.number + " is not what its statement says");
            const auto place = m_db.number("SELECT record_place FROM certificates WHERE number = ?", stored.number);
            if (!place || *place != std::int64_t{record_place(stored.number)})
                report("certificate " + stored.number + " is kept in another record's place");
            const auto status = m_statuses.find(stored.number);
            const std::string_view expected = status == m_statuses.end() ? status_name(Status::Valid) : std::string_view{status->second};
            if (status_name(stored.status) != expected)
                report("certificate " + stored.number + " is " + std::string{status_name(stored.status)} + ", and the journal says " + std::string{expected});
            return {};
        });
    }

    const OfficeStore& m_store;
    Database& m_db;
    StoreCheck& m_out;
    std::set<crypto::Digest> m_put{};
    std::map<std::string, crypto::Digest> m_documents{};
    std::map<std::string, std::string> m_statuses{};
};

}  // namespace

Result<StoreCheck> OfficeStore::check() const {
    StoreCheck out;
    auto transaction = Transaction::begin(m_parts->database, Transaction::Kind::Read);
    if (!transaction) return std::unexpected(transaction.error());
    if (auto ok = Checker(*this, m_parts->database, out).run(); !ok) return std::unexpected(ok.error());
    return out;
}

}  // namespace pipa
