// The office's store: one SQLite file (WAL) with everything that an office has signed, received and handed out.
//
// Statements by digest, certificate numbers (each once), places in the status list (handed out in blocks), statuses,
// notices, which statements speak of which certificate, documents to publish, and a journal of what was done by which key,
// hash-chained so that tampering is seen (schema.cpp has the tables). The store keeps bytes: it verifies no signatures.
// Every call that changes something is one transaction with its journal entry. Processes may share a store; one writes at
// a time, the others wait busy_timeout_ms. Times are Unix seconds. Errors: store.*, file.unreadable, file.unwritable.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "crypto/ed25519.hpp"
#include "record/certificate.hpp"
#include "record/dossier.hpp"
#include "trust/status_shard.hpp"

namespace pipa {

inline constexpr int busy_timeout_ms = 5'000;
inline constexpr std::int64_t max_status_indices = std::int64_t{1} << 32;  // what a certificate can name

[[nodiscard]] std::string_view status_name(Status status) noexcept;  // "valid", "invalid", "suspended"

// Who acts, and when: goes into the journal.
struct Actor {
    cose::Kid kid{};
    UnixSeconds now{};
};

// What the store of an office, a town or an enterprise is for. A delegated one publishes under its prefix ("tangqi/").
struct StoreIdentity {
    std::string name{};    // 1..64 of a-z, 0-9 and '-'; the role's name where the store is a delegated one
    std::string prefix{};  // empty for the district itself, else the name and '/'
};

struct Put {
    crypto::Digest digest{};
    bool is_new{};  // false: exactly this statement was there already, and nothing changed
};

struct StoredStatement {
    std::int64_t row{};  // rises with every statement put
    crypto::Digest digest{};
    cose::StatementType type{};
    cose::Kid kid{};
    Bytes message{};
};

struct StoredCertificate {
    std::string number{};
    cose::Kid kid{};  // who signed it
    std::string lot{};
    std::optional<std::uint32_t> status_index{};
    Status status{Status::Valid};
    crypto::Digest digest{};
    Bytes message{};
};

struct IndexBlock {
    std::uint32_t first{};
    std::uint32_t count{};
    std::string holder{};  // whom it was handed to, in the office's words
};

// A dossier as its newest manifest lists it; statements that the store does not have are counted, not invented.
struct StoredDossier {
    Bytes manifest{};
    std::vector<Bytes> statements{};
    std::size_t missing{};
};

struct StoredNotice {
    std::string id{};
    cose::Kid kid{};
    crypto::Digest digest{};
    Bytes message{};  // the latest one of this id and key
    std::optional<DayNumber> ended{};
};

struct JournalEntry {
    std::int64_t number{};  // from 1, without gaps
    Actor actor{};
    std::string act{};      // "put", "reserve_numbers", "reserve_indices", "status", "document", "publish", ...
    std::string subject{};  // what it was done to: a certificate number, "4096+1024", a document's name
    crypto::Digest digest{};  // of the statement or document; zeros where there is none
    crypto::Digest hash{};    // SHA-256 of the hash before and this entry (journal.cpp)
};

struct StoreCounts {
    std::int64_t statements{}, certificates{}, notices{}, indices_handed_out{}, invalid{}, suspended{}, documents{}, journal{};
};

struct StoreCheck {
    std::vector<std::string> problems{};  // in English, for logs; empty: all is well
    std::int64_t journal_entries{};
    crypto::Digest journal_head{};
};

struct StatementFilter {
    std::optional<cose::StatementType> type{};
    std::int64_t after_row{};  // only what was put later
};

class OfficeStore {
public:
    // Makes a new store (mode 0600). Errors: file.exists, file.unwritable.
    [[nodiscard]] static Result<OfficeStore> create(const std::filesystem::path& path, const StoreIdentity& identity, const Actor& actor);
    // Opens one and brings its tables up to date. Errors: store.not_a_store, store.newer_version, store.busy, file.unreadable.
    enum class Access : std::uint8_t { ReadWrite, ReadOnly };
    [[nodiscard]] static Result<OfficeStore> open(const std::filesystem::path& path, Access access = Access::ReadWrite);
    OfficeStore(OfficeStore&&) noexcept;
    OfficeStore& operator=(OfficeStore&&) noexcept;
    ~OfficeStore();

    [[nodiscard]] const StoreIdentity& identity() const noexcept;

    // Any signed statement of Pipa, by its bytes. A certificate takes its number and status index; a notice becomes the one
    // of its id; a trust pack or education pack becomes the document "registry.cose" or "learn.cose". The same bytes again
    // change nothing. Errors: cose.*, cert.*, statement.*, store.number_taken, store.index_taken, store.index_not_reserved.
    [[nodiscard]] Result<Put> put_statement(ByteView message, const Actor& actor);
    // The same for many, in one transaction: all or none. The error's detail names the statement's place ("#3").
    [[nodiscard]] Result<std::vector<Put>> put_statements(std::span<const Bytes> messages, const Actor& actor);
    // put_statement() that accepts a notice and nothing else.
    [[nodiscard]] Result<Put> put_notice(ByteView message, const Actor& actor);

    // The next `count` numbers of a series: "TANGQI-260522-" gives TANGQI-260522-000001 ... Each is given out once.
    [[nodiscard]] Result<std::vector<std::string>> reserve_numbers(std::string_view series, std::uint32_t count, const Actor& actor);
    // A block of status indices that nobody had. Errors: store.exhausted.
    [[nodiscard]] Result<IndexBlock> reserve_indices(std::uint32_t count, std::string_view holder, const Actor& actor);
    // A block that starts where the caller says. Errors: store.index_taken where it overlaps one that was handed out.
    [[nodiscard]] Result<IndexBlock> reserve_indices_at(std::uint32_t first, std::uint32_t count, std::string_view holder, const Actor& actor);
    // Places for certificates that are about to be signed here: from the holder's open block, or a new one.
    [[nodiscard]] Result<std::vector<std::uint32_t>> take_indices(std::uint32_t count, std::string_view holder, const Actor& actor);
    [[nodiscard]] Result<std::vector<IndexBlock>> index_blocks() const;

    // Errors: store.no_such_certificate, store.no_status_index, store.revoked_is_final. True: it was another before.
    [[nodiscard]] Result<bool> set_status(std::string_view certificate_number, Status status, const Actor& actor);
    [[nodiscard]] Result<StoredCertificate> certificate(std::string_view number) const;
    // Statements that name the certificate, or its lot; in the order in which they were put.
    [[nodiscard]] Result<std::vector<StoredStatement>> statements_about(std::string_view certificate_number) const;
    // Empty where no manifest names the certificate (or else its lot, signed by the same key).
    [[nodiscard]] Result<std::optional<StoredDossier>> dossier_of(std::string_view certificate_number) const;
    [[nodiscard]] Result<std::optional<StoredDossier>> dossier_of(const StoredCertificate& certificate) const;

    // A file that is published as it is: "field.json". Errors: store.bad_name.
    [[nodiscard]] Result<bool> put_document(std::string_view name, ByteView content, const Actor& actor);
    // Empty where there is none.
    [[nodiscard]] Result<std::optional<Bytes>> document(std::string_view name) const;

    // Called in turn; an error from the callback ends the walk and is handed back.
    using StatementVisitor = std::function<Result<void>(const StoredStatement&)>;
    using CertificateVisitor = std::function<Result<void>(const StoredCertificate&)>;
    using NoticeVisitor = std::function<Result<void>(const StoredNotice&)>;
    using JournalVisitor = std::function<Result<void>(const JournalEntry&)>;
    [[nodiscard]] Result<void> each_statement(const StatementFilter& filter, const StatementVisitor& visit) const;
    // All, by number; or those whose record_place() (trust/records.hpp) is from `first` to `last`, by place.
    [[nodiscard]] Result<void> each_certificate(const CertificateVisitor& visit) const;
    [[nodiscard]] Result<void> each_certificate_placed(std::uint32_t first, std::uint32_t last, const CertificateVisitor& visit) const;
    [[nodiscard]] Result<void> each_notice(const NoticeVisitor& visit) const;  // ended ones too
    [[nodiscard]] Result<void> journal(std::int64_t after_number, const JournalVisitor& visit) const;
    // Statuses of one shard, packed two bits each from the least significant bit on; not compressed.
    [[nodiscard]] Result<Bytes> status_shard(std::uint32_t shard) const;

    [[nodiscard]] Result<StoreCounts> counts() const;
    // SQLite's own check, foreign keys, digests, places of certificates, and the journal's chain from its beginning.
    [[nodiscard]] Result<StoreCheck> check() const;

    // Adds a line of the caller's own to the journal ("sign", "import"): for acts that the store does not see itself.
    [[nodiscard]] Result<void> note(std::string_view act, std::string_view subject, const crypto::Digest& digest, const Actor& actor);

    struct Parts;
    [[nodiscard]] Parts& parts() noexcept { return *m_parts; }  // for the other files of this folder

private:
    explicit OfficeStore(std::unique_ptr<Parts> parts) noexcept;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace pipa
