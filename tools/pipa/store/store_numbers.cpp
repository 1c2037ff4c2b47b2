// What a store hands out, each once: certificate numbers, places in the status list; and the statuses there.
#include <algorithm>

#include "pipa/store/store_parts.hpp"

namespace pipa {
namespace {

constexpr std::uint32_t own_block = 1024;           // what a signer on this machine gets at a time
constexpr std::size_t serial_digits = 6;
constexpr std::int64_t max_serial = 999'999;
constexpr std::size_t max_holder_bytes = 64;

std::string serial_text(std::int64_t serial) {
    const std::string digits = std::to_string(serial);
    return std::string(serial_digits - digits.size(), '0') + digits;
}

std::string block_text(const IndexBlock& block) { return std::to_string(block.first) + "+" + std::to_string(block.count); }

Result<void> add_block(Database& db, const IndexBlock& block, std::uint32_t taken, const Actor& actor) {
    const auto entry = append_journal(db, actor, "reserve_indices", block_text(block) + " " + block.holder, {});
    if (!entry) return std::unexpected(entry.error());
    auto ok = db.run("INSERT INTO status_blocks (first, count, taken, holder) VALUES (?, ?, ?, ?)", block.first, block.count, taken, block.holder);
    if (!ok) return ok;
    // A place that was handed out can be looked up, even while every certificate there is valid.
    const std::uint64_t last = std::uint64_t{block.first} + block.count - 1;
    for (std::uint64_t shard = block.first / status_shard_entries; shard <= last / status_shard_entries; ++shard)
        if (ok = need_part(db, status_part(static_cast<std::uint32_t>(shard)), *entry); !ok) return ok;
    return {};
}

Result<std::int64_t> first_free(Database& db) {
    const auto end = db.number("SELECT max(first + count) FROM status_blocks");
    if (!end) return std::unexpected(end.error());
    return end->value_or(0);
}

Result<void> check_block(std::int64_t first, std::uint32_t count, std::string_view holder) {
    if (holder.size() > max_holder_bytes) return fail(ErrorCode::StoreBadName, {}, std::string{holder.substr(0, max_holder_bytes)});
    if (count == 0 || first + count > max_status_indices) return fail(ErrorCode::StoreExhausted, {}, std::to_string(count) + " places");
    return {};
}

Result<IndexBlock> reserve_next(Database& db, std::uint32_t count, std::uint32_t taken, std::string_view holder, const Actor& actor) {
    const auto first = first_free(db);
    if (!first) return std::unexpected(first.error());
    if (auto ok = check_block(*first, count, holder); !ok) return std::unexpected(ok.error());
    IndexBlock block{static_cast<std::uint32_t>(*first), count, std::string{holder}};
    if (auto ok = add_block(db, block, taken, actor); !ok) return std::unexpected(ok.error());
    return block;
}

// Takes what the holder's open block still has, at most `count`.
Result<void> take_from_open(Database& db, std::string_view holder, std::size_t count, std::vector<std::uint32_t>& out) {
    std::int64_t first = 0, free = 0, taken = 0;
    {
        auto query = db.query("SELECT first, count - taken, taken FROM status_blocks WHERE holder = ? AND taken < count ORDER BY first LIMIT 1", holder);
        if (!query) return std::unexpected(query.error());
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        first = query->integer(0), free = query->integer(1), taken = query->integer(2);
    }
    const std::int64_t use = std::min(free, static_cast<std::int64_t>(count));
    for (std::int64_t i = 0; i < use; ++i) out.push_back(static_cast<std::uint32_t>(first + taken + i));
    return db.run("UPDATE status_blocks SET taken = ? WHERE first = ?", taken + use, first);
}

struct Place {
    std::int64_t index{-1};
    Status status{};
};

Result<Place> place_of(Database& db, std::string_view number) {
    auto query = db.query("SELECT status_index, status FROM certificates WHERE number = ?", number);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return fail(ErrorCode::StoreNoSuchCertificate, {}, std::string{number});
    const auto index = query->optional_integer(0);
    if (!index) return fail(ErrorCode::StoreNoStatusIndex, {}, std::string{number});
    return Place{*index, static_cast<Status>(query->integer(1))};
}

}  // namespace

std::string_view status_name(Status status) noexcept {
    static constexpr std::string_view names[] = {"valid", "invalid", "suspended", "recalled"};
    return names[static_cast<std::size_t>(status)];
}

Result<std::vector<std::string>> OfficeStore::reserve_numbers(std::string_view series, std::uint32_t count, const Actor& actor) {
    if (!is_certificate_number(std::string{series} + serial_text(1))) return fail(ErrorCode::StoreBadName, {}, std::string{series.substr(0, max_number_characters)});
    Database& db = m_parts->database;
    auto transaction = Transaction::begin(db);
    if (!transaction) return std::unexpected(transaction.error());
    const auto known = db.number("SELECT next FROM number_series WHERE series = ?", series);
    if (!known) return std::unexpected(known.error());
    const std::int64_t next = known->value_or(1);
    if (count == 0 || next + count - 1 > max_serial) return fail(ErrorCode::StoreExhausted, {}, std::string{series});
    auto ok = db.run("INSERT INTO number_series (series, next) VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET next = excluded.next", series, next + count);
    if (!ok) return std::unexpected(ok.error());
    std::vector<std::string> out;
    for (std::int64_t serial = next; serial < next + count; ++serial) out.push_back(std::string{series} + serial_text(serial));
    const auto entry = append_journal(db, actor, "reserve_numbers", out.front() + "+" + std::to_string(count), {});
    if (!entry) return std::unexpected(entry.error());
    if (ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return out;
}

Result<IndexBlock> OfficeStore::reserve_indices(std::uint32_t count, std::string_view holder, const Actor& actor) {
    auto transaction = Transaction::begin(m_parts->database);
    if (!transaction) return std::unexpected(transaction.error());
    auto block = reserve_next(m_parts->database, count, count, holder, actor);
    if (!block) return block;
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return block;
}

Result<IndexBlock> OfficeStore::reserve_indices_at(std::uint32_t first, std::uint32_t count, std::string_view holder, const Actor& actor) {
    Database& db = m_parts->database;
    auto transaction = Transaction::begin(db);
    if (!transaction) return std::unexpected(transaction.error());
    if (auto ok = check_block(first, count, holder); !ok) return std::unexpected(ok.error());
    const auto overlap = db.number("SELECT first FROM status_blocks WHERE first < ? AND first + count > ?", std::int64_t{first} + count, first);
    if (!overlap) return std::unexpected(overlap.error());
    IndexBlock block{first, count, std::string{holder}};
    if (*overlap) return fail(ErrorCode::StoreIndexTaken, {}, block_text(block));
    if (auto ok = add_block(db, block, count, actor); !ok) return std::unexpected(ok.error());
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return block;
}

Result<std::vector<std::uint32_t>> OfficeStore::take_indices(std::uint32_t count, std::string_view holder, const Actor& actor) {
    Database& db = m_parts->database;
    auto transaction = Transaction::begin(db);
    if (!transaction) return std::unexpected(transaction.error());
    std::vector<std::uint32_t> out;
    while (out.size() < count) {
        const std::size_t before = out.size();
        if (auto ok = take_from_open(db, holder, count - before, out); !ok) return std::unexpected(ok.error());
        if (out.size() > before) continue;
        const auto wanted = static_cast<std::uint32_t>(std::max<std::size_t>(own_block, count - before));
        if (const auto block = reserve_next(db, wanted, 0, holder, actor); !block) return std::unexpected(block.error());
    }
    if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
    return out;
}

Result<std::vector<IndexBlock>> OfficeStore::index_blocks() const {
    auto query = m_parts->database.query("SELECT first, count, holder FROM status_blocks ORDER BY first");
    if (!query) return std::unexpected(query.error());
    std::vector<IndexBlock> out;
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return out;
        out.push_back({static_cast<std::uint32_t>(query->integer(0)), static_cast<std::uint32_t>(query->integer(1)), query->text(2)});
    }
}

Result<bool> OfficeStore::set_status(std::string_view number, Status status, const Actor& actor) {
    Database& db = m_parts->database;
    auto transaction = Transaction::begin(db);
    if (!transaction) return std::unexpected(transaction.error());
    const auto place = place_of(db, number);
    if (!place) return std::unexpected(place.error());
    if (place->status == status) return false;
    if (place->status == Status::Invalid) return fail(ErrorCode::StoreRevokedIsFinal, {}, std::string{number});
    const auto entry = append_journal(db, actor, "status", std::string{number} + "=" + std::string{status_name(status)}, {});
    if (!entry) return std::unexpected(entry.error());
    auto ok = db.run("UPDATE certificates SET status = ? WHERE number = ?", static_cast<std::int64_t>(status), number);
    if (ok) ok = touch_part(db, status_part(static_cast<std::uint32_t>(place->index / status_shard_entries)), *entry);
    if (ok) ok = transaction->commit();
    if (!ok) return std::unexpected(ok.error());
    return true;
}

Result<Bytes> OfficeStore::status_shard(std::uint32_t shard) const {
    const std::int64_t first = std::int64_t{shard} * status_shard_entries;
    auto query = m_parts->database.query("SELECT status_index, status FROM certificates WHERE status <> 0 AND status_index >= ? AND status_index < ?", first,
                                         first + status_shard_entries);
    if (!query) return std::unexpected(query.error());
    Bytes out(status_shard_entries * status_bits / 8, 0);
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return out;
        const auto at = static_cast<std::size_t>(query->integer(0) - first) * status_bits;
        out[at / 8] = static_cast<std::uint8_t>(out[at / 8] | (query->integer(1) << (at % 8)));
    }
}

}  // namespace pipa
