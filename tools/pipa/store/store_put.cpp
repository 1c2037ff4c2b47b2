// Putting statements, notices and documents in.
#include <algorithm>

#include "pipa/store/store_parts.hpp"
#include "trust/cose_verify.hpp"
#include "trust/pack_codec.hpp"
#include "trust/records.hpp"

namespace pipa {
namespace {

using cose::StatementType;

constexpr std::size_t max_document_name = 64;
// Notices in force of one signer who is no bureau: a flood of one producer's withdrawals leaves room for recalls in what phones get.
constexpr std::int64_t max_notices_a_signer = 256;

// What a statement says about itself, as far as the store sorts by it.
struct Read {
    StatementType type{};
    cose::Kid kid{};
    std::optional<Certificate> certificate{};
    std::optional<ParsedStatement> dossier{};
};

Result<Read> read_statement(ByteView message) {
    const auto statement = cose::parse_statement(message, {}, {.max_bytes = max_trust_pack_bytes});
    if (!statement) return std::unexpected(statement.error());
    Read out{.type = statement->type, .kid = statement->kid};
    if (statement->type == StatementType::TrustPack || statement->type == StatementType::EducationPack) return out;
    if (statement->type == StatementType::Certificate) {
        auto certificate = parse_certificate(message);
        if (!certificate) return std::unexpected(certificate.error());
        if (certificate->certificate.number.empty()) return fail(ErrorCode::CertificateMissingField, {}, "number");
        out.certificate = std::move(certificate->certificate);
        return out;
    }
    auto dossier = parse_any_statement(message);
    if (!dossier) return std::unexpected(dossier.error());
    out.dossier = std::move(*dossier);
    return out;
}

// One put, inside a transaction that others may share.
class Putter {
public:
    Putter(Database& database, const Actor& actor) : m_db(database), m_actor(actor) {}

    Result<Put> put(ByteView message, const Read& read) {
        Put out{.digest = crypto::sha256(message)};
        const auto known = m_db.number("SELECT row FROM statements WHERE digest = ?", out.digest);
        if (!known) return std::unexpected(known.error());
        if (*known) return out;
        out.is_new = true;
        if (auto ok = insert(message, read, out.digest); !ok) return std::unexpected(ok.error());
        return out;
    }

    Result<bool> put_document(std::string_view name, ByteView content) {
        const crypto::Digest digest = crypto::sha256(content);
        const auto same = m_db.number("SELECT 1 FROM documents WHERE name = ? AND digest = ?", name, digest);
        if (!same) return std::unexpected(same.error());
        if (*same) return false;
        const auto entry = append_journal(m_db, m_actor, "document", name, digest);
        if (!entry) return std::unexpected(entry.error());
        auto ok = m_db.run("INSERT INTO documents (name, digest, content) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
                           "digest = excluded.digest, content = excluded.content", name, digest, content);
        if (ok) ok = touch_part(m_db, name, *entry);
        if (!ok) return std::unexpected(ok.error());
        return true;
    }

private:
    Result<void> insert(ByteView message, const Read& read, const crypto::Digest& digest) {
        const std::string subject = read.certificate ? read.certificate->number : read.dossier ? std::string{read.dossier->text(statement_key::id)} : std::string{};
        const auto entry = append_journal(m_db, m_actor, "put", subject, digest);
        if (!entry) return std::unexpected(entry.error());
        m_revision = *entry;
        auto ok = m_db.run("INSERT INTO statements (digest, type, kid, message) VALUES (?, ?, ?, ?)", digest,
                           static_cast<std::int64_t>(read.type), read.kid, message);
        if (!ok) return ok;
        m_row = m_db.last_row();
        if (read.certificate) return add_certificate(read.kid, *read.certificate);
        if (read.dossier) return add_dossier_statement(read.kid, *read.dossier);
        const auto document = put_document(read.type == StatementType::TrustPack ? "registry.cose" : "learn.cose", message);
        if (!document) return std::unexpected(document.error());
        return {};
    }

    Result<void> add_certificate(const cose::Kid& kid, const Certificate& certificate) {
        if (auto ok = check_free(certificate); !ok) return ok;
        auto ok = m_db.run("INSERT INTO certificates (number, statement, kid, lot, record_place, status_index) VALUES (?, ?, ?, ?, ?, ?)",
                           certificate.number, m_row, kid, certificate.lot, record_place(certificate.number), certificate.status_index);
        if (!ok) return ok;
        return touch_record(m_db, certificate.number);
    }

    Result<void> check_free(const Certificate& certificate) {
        const auto taken = m_db.number("SELECT statement FROM certificates WHERE number = ?", certificate.number);
        if (!taken) return std::unexpected(taken.error());
        if (*taken) return fail(ErrorCode::StoreNumberTaken, {}, certificate.number);
        if (!certificate.status_index) return {};
        const std::string place = certificate.number + " at " + std::to_string(*certificate.status_index);
        const auto used = m_db.number("SELECT statement FROM certificates WHERE status_index = ?", *certificate.status_index);
        if (!used) return std::unexpected(used.error());
        if (*used) return fail(ErrorCode::StoreIndexTaken, {}, place);
        const auto end = m_db.number("SELECT first + count FROM status_blocks WHERE first <= ? ORDER BY first DESC LIMIT 1", *certificate.status_index);
        if (!end) return std::unexpected(end.error());
        if (end->value_or(0) <= *certificate.status_index) return fail(ErrorCode::StoreIndexNotReserved, {}, place);
        return {};
    }

    Result<void> add_dossier_statement(const cose::Kid& kid, const ParsedStatement& dossier) {
        for (const cbor::Value& number : dossier.list(statement_key::certificates))
            if (auto ok = mention("certificate", number.text()); !ok) return ok;
        for (const cbor::Value& lot : dossier.list(statement_key::lots))
            if (auto ok = mention("lot", lot.text()); !ok) return ok;
        if (dossier.type() == StatementType::Manifest)
            return m_db.run("INSERT INTO manifests (statement, sequence) VALUES (?, ?)", m_row, dossier.integer(manifest_key::sequence).value_or(0));
        if (dossier.type() == StatementType::Notice) return add_notice(kid, dossier);
        return {};
    }

    Result<void> mention(std::string_view kind, std::string_view subject) {
        // A statement may name the same lot twice.
        if (auto ok = m_db.run("INSERT INTO mentions (kind, subject, statement) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", kind, subject, m_row); !ok)
            return ok;
        if (kind == "certificate") {
            const auto known = m_db.number("SELECT 1 FROM certificates WHERE number = ?", subject);
            if (!known) return std::unexpected(known.error());
            return *known ? touch_record(m_db, subject) : Result<void>{};
        }
        return m_db.run("INSERT INTO record_changes (place) SELECT record_place FROM certificates WHERE lot = ? AND lot <> '' ON CONFLICT DO NOTHING",
                        subject);
    }

    Result<void> check_room(const cose::Kid& kid, std::string_view id) {
        const auto count = m_db.number("SELECT count(*) FROM notices WHERE kid = ? AND id <> ? AND ended IS NULL", kid, id);
        if (!count) return std::unexpected(count.error());
        if (count->value_or(0) < max_notices_a_signer || is_bureau(kid)) return {};
        return fail(ErrorCode::StoreExhausted, {}, "notices of one signer: " + std::to_string(max_notices_a_signer));
    }

    // By the store's own registry; nobody where it has none.
    bool is_bureau(const cose::Kid& kid) {
        auto query = m_db.query("SELECT content FROM documents WHERE name = 'registry.cose'");
        if (!query) return false;
        const auto row = query->step();
        if (!row || !*row) return false;
        const auto statement = cose::parse_statement(query->bytes(0), StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
        const auto pack = statement ? decode_trust_pack(statement->payload, statement->payload_offset) : std::unexpected(statement.error());
        if (!pack) return false;
        return std::ranges::any_of(pack->keys, [&](const KeyEntry& key) { return key.role == Role::Bureau && kid_of(key.public_key) == kid; });
    }

    // The newest of its id and key counts; an older one that comes late is kept as a statement and changes nothing.
    Result<void> add_notice(const cose::Kid& kid, const ParsedStatement& notice) {
        if (auto room = check_room(kid, notice.id()); !room) return room;
        auto ok = m_db.run("INSERT INTO notices (kid, id, statement, issued, ended) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kid, id) DO UPDATE SET "
                           "statement = excluded.statement, issued = excluded.issued, ended = excluded.ended WHERE excluded.issued >= issued",
                           kid, notice.text(statement_key::id), m_row, notice.issued(), notice.day(notice_key::ended));
        if (!ok) return ok;
        return touch_part(m_db, notices_part, m_revision);
    }

    Database& m_db;
    const Actor& m_actor;
    std::int64_t m_row{};
    std::int64_t m_revision{};
};

bool is_document_name(std::string_view name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; };
    // What the store derives has a name of its own.
    const bool is_derived = name == notices_part || name == records_part;
    return !name.empty() && name.size() <= max_document_name && name.front() != '.' && std::ranges::all_of(name, fits) && !is_derived;
}

}  // namespace

Result<std::vector<Put>> OfficeStore::put_statements(std::span<const Bytes> messages, const Actor& actor) {
    const auto at_place = [&](Error error, std::size_t place) {
        if (messages.size() > 1) error.detail += (error.detail.empty() ? "#" : ", #") + std::to_string(place + 1);
        return std::unexpected(std::move(error));
    };
    auto transaction = Transaction::begin(m_parts->database);
    if (!transaction) return std::unexpected(transaction.error());
    Putter putter(m_parts->database, actor);
    std::vector<Put> out;
    out.reserve(messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto read = read_statement(messages[i]);
        if (!read) return at_place(read.error(), i);
        auto put = putter.put(messages[i], *read);
        if (!put) return at_place(put.error(), i);
        out.push_back(*put);
    }
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return out;
}

Result<Put> OfficeStore::put_statement(ByteView message, const Actor& actor) {
    const Bytes copy = to_bytes(message);
    auto put = put_statements({&copy, 1}, actor);
    if (!put) return std::unexpected(put.error());
    return put->front();
}

Result<Put> OfficeStore::put_notice(ByteView message, const Actor& actor) {
    if (const auto notice = cose::parse_statement(message, StatementType::Notice); !notice) return std::unexpected(notice.error());
    return put_statement(message, actor);
}

Result<bool> OfficeStore::put_document(std::string_view name, ByteView content, const Actor& actor) {
    if (!is_document_name(name)) return fail(ErrorCode::StoreBadName, {}, std::string{name.substr(0, max_document_name)});
    auto transaction = Transaction::begin(m_parts->database);
    if (!transaction) return std::unexpected(transaction.error());
    const auto changed = Putter(m_parts->database, actor).put_document(name, content);
    if (!changed) return changed;
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return changed;
}

}  // namespace pipa
