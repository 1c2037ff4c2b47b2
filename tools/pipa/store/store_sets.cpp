#include "pipa/store/store_sets.hpp"

#include <fcntl.h>

#include <cerrno>

#include "host/atomic_file.hpp"
#include "host/file_descriptor.hpp"
#include "host/files.hpp"
#include "pipa/store/store_parts.hpp"

namespace pipa {
namespace {

// Inside a transaction.
Result<bool> change_status(Database& db, const std::string& number, Status status, const Actor& actor) {
    std::int64_t index = 0;
    Status before{};
    {
        auto query = db.query("SELECT status_index, status FROM certificates WHERE number = ?", number);
        if (!query) return std::unexpected(query.error());
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return fail(ErrorCode::StoreNoSuchCertificate, {}, number);
        const auto place = query->optional_integer(0);
        if (!place) return fail(ErrorCode::StoreNoStatusIndex, {}, number);
        index = *place;
        before = static_cast<Status>(query->integer(1));
    }
    if (before == status) return false;
    if (before == Status::Invalid) return fail(ErrorCode::StoreRevokedIsFinal, {}, number);
    const auto entry = append_journal(db, actor, "status", number + "=" + std::string{status_name(status)}, {});
    if (!entry) return std::unexpected(entry.error());
    auto ok = db.run("UPDATE certificates SET status = ? WHERE number = ?", static_cast<std::int64_t>(status), number);
    if (ok) ok = touch_part(db, status_part(static_cast<std::uint32_t>(index / status_shard_entries)), *entry);
    if (!ok) return std::unexpected(ok.error());
    return true;
}

}  // namespace

Result<std::vector<bool>> set_statuses(OfficeStore& store, std::span<const std::string> numbers, Status status, const Actor& actor) {
    Database& db = store.parts().database;
    auto transaction = Transaction::begin(db);
    if (!transaction) return std::unexpected(transaction.error());
    std::vector<bool> out;
    for (const std::string& number : numbers) {
        const auto changed = change_status(db, number, status, actor);
        if (!changed) return std::unexpected(changed.error());
        out.push_back(*changed);
    }
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return out;
}

Result<std::optional<StoredStatement>> find_statement(OfficeStore& store, const crypto::Digest& digest) {
    auto query = store.parts().database.query("SELECT row, type, kid, message FROM statements WHERE digest = ?", digest);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<StoredStatement>{};
    return StoredStatement{query->integer(0), digest, static_cast<cose::StatementType>(query->integer(1)), query->array<8>(2), to_bytes(query->bytes(3))};
}

Result<void> copy_store(OfficeStore& store, const std::filesystem::path& path) {
    // SQLite fills a file that is empty, whose mode is then ours.
    FileDescriptor made(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!made || !made.close()) return fail(ErrorCode::FileUnwritable, {}, system_reason(errno, path));
    auto copied = store.parts().database.run("VACUUM INTO ?", path.string());
    std::error_code ignored;
    if (!copied) std::filesystem::remove(path, ignored);
    return copied;
}

}  // namespace pipa
