// Which targets there are, and which changed.
#include "base/hex.hpp"
#include "pipa/publish/plan.hpp"
#include "pipa/store/store_parts.hpp"
#include "tuf/names.hpp"

namespace pipa::publish {

std::string target_file(const TargetRow& row) {
    tuf::TargetFile file{.length = row.length, .hashes = {.sha256 = row.sha256, .listed = true}};
    return "targets/" + tuf::target_url_path(row.path, file, true);
}

Result<void> Targets::read_rows() {
    auto query = m_db.query("SELECT path, part, length, sha256 FROM targets");
    if (!query) return std::unexpected(query.error());
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        TargetRow target{query->text(0), query->text(1), static_cast<std::uint64_t>(query->integer(2)), query->array<32>(3)};
        m_rows.insert_or_assign(target.path, std::move(target));
    }
}

Result<void> Targets::read_changes() {
    if (auto ok = read_rows(); !ok) return ok;
    if (auto ok = need_part(m_db, records_part, 0); !ok) return ok;
    std::vector<std::pair<std::string, std::int64_t>> changed;
    {
        // Notices come into force and end by the calendar, so they are looked at every time; and the head of the records is worked out before.
        auto query = m_db.query("SELECT p.name, p.revision FROM parts p LEFT JOIN targets t ON t.part = p.name "
                                "WHERE t.revision IS NULL OR t.revision <> p.revision OR p.name IN (?, ?)", notices_part, records_part);
        if (!query) return std::unexpected(query.error());
        for (;;) {
            const auto row = query->step();
            if (!row) return std::unexpected(row.error());
            if (!*row) break;
            changed.emplace_back(query->text(0), query->integer(1));
        }
    }
    for (const auto& [part, revision] : changed)
        if (auto ok = read_part(part, revision); !ok) return ok;
    return {};
}

Result<void> Targets::read_part(const std::string& part, std::int64_t revision) {
    auto content = content_of_part(m_store, part, m_actor.now);
    if (!content) return std::unexpected(content.error());
    if (!*content) return {};
    TargetRow row{.path = m_store.identity().prefix + part, .part = part, .length = (*content)->size(), .sha256 = crypto::sha256(**content)};
    const auto old = m_rows.find(row.path);
    const bool same = old != m_rows.end() && old->second.sha256 == row.sha256;
    if (!same && old != m_rows.end())
        if (auto ok = m_db.run("INSERT OR REPLACE INTO superseded (file, at) VALUES (?, ?)", target_file(old->second), m_actor.now); !ok) return ok;
    auto ok = m_db.run("INSERT INTO targets (path, part, revision, length, sha256) VALUES (?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
                       "revision = excluded.revision, length = excluded.length, sha256 = excluded.sha256",
                       row.path, part, revision, static_cast<std::int64_t>(row.length), row.sha256);
    if (!ok) return ok;
    if (same) return {};
    ++m_changed;
    m_fresh.insert_or_assign(target_file(row), std::move(**content));
    m_rows.insert_or_assign(row.path, std::move(row));
    return {};
}

Result<void> Targets::make_missing() {
    std::vector<TargetRow> missing;
    std::error_code error;
    for (const auto& [path, row] : m_rows) {
        const std::string file = target_file(row);
        if (m_fresh.contains(file)) continue;
        if (m_order.rebuild || !std::filesystem::exists(m_order.out / "tuf" / file, error)) missing.push_back(row);
    }
    for (const TargetRow& row : missing) {
        auto content = content_of_part(m_store, row.part, m_actor.now);
        if (!content) return std::unexpected(content.error());
        const bool same = *content && crypto::sha256(**content) == row.sha256;
        if (same) m_fresh.insert_or_assign(target_file(row), std::move(**content));
        else if (auto ok = read_part(row.part, -1); !ok) return ok;
    }
    return {};
}

Result<std::vector<std::pair<std::string, crypto::PublicKey>>> delegates(Database& database) {
    auto query = database.query("SELECT name, public_key FROM delegates ORDER BY name");
    if (!query) return std::unexpected(query.error());
    std::vector<std::pair<std::string, crypto::PublicKey>> out;
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return out;
        out.emplace_back(query->text(0), query->array<32>(1));
    }
}

Result<crypto::PublicKey> delegate_key(Database& database, std::string_view name) {
    auto query = database.query("SELECT public_key FROM delegates WHERE name = ?", name);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return fail(ErrorCode::PublishNoRoot, {}, "role " + std::string{name} + " has no key");
    return query->array<32>(0);
}

}  // namespace pipa::publish
