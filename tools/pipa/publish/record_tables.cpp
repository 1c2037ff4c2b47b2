#include "pipa/publish/record_tables.hpp"

#include "trust/records.hpp"

namespace pipa::publish {

std::string records_name_of(const OfficeStore& store) { return store.identity().prefix.empty() ? std::string{} : store.identity().name; }

Result<std::optional<RecordsHead>> saved_head(Database& database, std::string_view key) {
    auto query = database.query("SELECT head FROM records_heads WHERE store = ?", key);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<RecordsHead>{};
    auto head = parse_records_head(query->bytes(0));
    if (!head) return std::unexpected(head.error());
    return std::optional{std::move(*head)};
}

Result<void> save_head(Database& database, std::string_view key, const RecordsHead& head) {
    const auto file = encode_records_head(head);
    if (!file) return std::unexpected(file.error());
    return database.run("INSERT OR REPLACE INTO records_heads (store, head) VALUES (?, ?)", key, *file);
}

Result<void> supersede(Database& database, const std::string& name, UnixSeconds now) {
    return database.run("INSERT OR REPLACE INTO superseded (file, at) VALUES (?, ?)", name, now);
}

Result<void> supersede_group(Database& database, std::string_view store, const RecordsHead& head, std::uint32_t group, UnixSeconds now) {
    const std::uint32_t files = std::uint32_t{1} << (head.bits - head.group_bits());
    for (std::uint32_t i = 0; i < files; ++i)
        if (auto ok = supersede(database, record_file_name(store, head, group * files + i), now); !ok) return ok;
    return {};
}

Result<void> save_large_dossiers(Database& database, RecordsOwner owner, std::uint32_t file, const std::vector<crypto::Digest>& digests,
                                 UnixSeconds now) {
    std::vector<crypto::Digest> before;
    {
        auto query = database.query("SELECT digest FROM large_dossiers WHERE store = ? AND file = ?", owner.key, file);
        if (!query) return std::unexpected(query.error());
        for (auto row = query->step(); !row || *row; row = query->step()) {
            if (!row) return std::unexpected(row.error());
            before.push_back(query->array<32>(0));
        }
    }
    if (before.empty() && digests.empty()) return {};
    if (auto ok = database.run("DELETE FROM large_dossiers WHERE store = ? AND file = ?", owner.key, file); !ok) return ok;
    for (const crypto::Digest& digest : digests) {
        auto ok = database.run("INSERT INTO large_dossiers (store, file, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", owner.key, file, digest);
        if (!ok) return ok;
    }
    for (const crypto::Digest& digest : before) {
        const auto named = database.number("SELECT 1 FROM large_dossiers WHERE store = ? AND digest = ?", owner.key, digest);
        if (!named) return std::unexpected(named.error());
        if (*named) continue;
        if (auto ok = supersede(database, large_dossier_name(owner.name, digest), now); !ok) return ok;
    }
    return {};
}

Result<std::vector<PublishedRecords>> published_records(OfficeStore& store) {
    Database& db = store.parts().database;
    std::vector<PublishedRecords> out;
    auto query = db.query("SELECT store, head FROM records_heads ORDER BY store");
    if (!query) return std::unexpected(query.error());
    for (auto row = query->step(); !row || *row; row = query->step()) {
        if (!row) return std::unexpected(row.error());
        auto head = parse_records_head(query->bytes(1));
        if (!head) return std::unexpected(head.error());
        const std::string key = query->text(0);
        PublishedRecords one{.store = key.empty() ? records_name_of(store) : key, .head = std::move(*head)};
        auto large = db.query("SELECT DISTINCT digest FROM large_dossiers WHERE store = ?", key);
        if (!large) return std::unexpected(large.error());
        for (auto more = large->step(); !more || *more; more = large->step()) {
            if (!more) return std::unexpected(more.error());
            one.large_dossiers.push_back(large->array<32>(0));
        }
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace pipa::publish
