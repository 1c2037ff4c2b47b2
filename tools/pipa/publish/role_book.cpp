#include "pipa/publish/role_book.hpp"

#include <algorithm>

#include "pipa/store/store_parts.hpp"
#include "tuf/names.hpp"
#include "tuf/trusted_set.hpp"

namespace pipa::publish {
namespace {

constexpr UnixSeconds part_of_lifetime = 3;  // renewed when a third is left

bool is_complete(const OpenedFile& file, const std::vector<RoleKeys>& keys) {
    return std::ranges::all_of(keys, [&](const RoleKeys& role) { return count_signatures(file, role) >= role.threshold; });
}

// What a body says, but for when.
Json content_of(Json body) {
    for (const char* name : {"version", "expires", "_type", "spec_version", journal_member, signed_member}) body.erase(name);
    return body;
}

std::string_view type_of(std::string_view name) {
    return name == "root" || name == "snapshot" || name == "timestamp" ? name : std::string_view{"targets"};
}

SavedRole read_role(const Query& query) {
    return {query.text(0), static_cast<std::uint64_t>(query.integer(1)), query.integer(2), to_bytes(query.bytes(3))};
}

}  // namespace

RoleKeys keys_in_root(const tuf::Root& root, const tuf::Role& role) {
    RoleKeys out{.threshold = role.threshold};
    for (const std::string& id : role.keyids) {
        const auto key = root.keys.find(id);
        // Keys of other kinds sign on their own machines, but this program only counts those that it writes itself.
        if (key == root.keys.end() || key->second.kind != tuf::Key::Kind::Ed25519 || key->second.material.size() != crypto::public_key_size) continue;
        std::ranges::copy(key->second.material, out.keys.emplace_back().begin());
    }
    return out;
}

Result<std::optional<SavedRole>> RoleBook::newest(std::string_view name) const {
    auto query = m_db.query("SELECT name, version, expires, file FROM roles WHERE name = ? ORDER BY version DESC LIMIT 1", name);
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::optional<SavedRole>{};
    return read_role(*query);
}

Result<std::vector<SavedRole>> RoleBook::all() const {
    auto query = m_db.query("SELECT name, version, expires, file FROM roles ORDER BY name, version");
    if (!query) return std::unexpected(query.error());
    std::vector<SavedRole> out;
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return out;
        out.push_back(read_role(*query));
    }
}

Result<tuf::Root> RoleBook::root() const {
    const auto saved = newest("root");
    if (!saved) return std::unexpected(saved.error());
    if (!*saved) return fail(ErrorCode::PublishNoRoot);
    const auto trusted = tuf::TrustedSet::open((*saved)->file, 0);
    if (!trusted) return std::unexpected(trusted.error());
    return trusted->root();
}

Result<RoleKeys> RoleBook::keys_of(std::string_view name) const {
    const auto found = root();
    if (!found) return std::unexpected(found.error());
    const tuf::Role& role = name == "root" ? found->root : name == "targets" ? found->targets : name == "snapshot" ? found->snapshot : found->timestamp;
    return keys_in_root(*found, role);
}

void RoleBook::sign(OpenedFile& file, const std::vector<RoleKeys>& keys) const {
    for (const crypto::SecretKey& secret : m_ring.keys()) {
        const auto is_of = [&](const RoleKeys& role) { return std::ranges::find(role.keys, secret.public_key()) != role.keys.end(); };
        const std::string id = key_id(secret.public_key());
        if (std::ranges::none_of(keys, is_of) || std::ranges::find(file.signatures, id, &RoleSignature::keyid) != file.signatures.end()) continue;
        file.signatures.push_back({id, secret.sign(as_bytes(file.signed_bytes))});
    }
}

Result<RoleState> RoleBook::bring_to(const WantedRole& wanted) {
    const auto saved = newest(wanted.name);
    if (!saved) return std::unexpected(saved.error());
    std::uint64_t version = 1;
    if (*saved) {
        const auto file = open_file((*saved)->file);
        if (!file) return std::unexpected(file.error());
        const bool is_due = (file->expires - m_actor.now) * part_of_lifetime <= wanted.lifetime_s;
        if (!is_due && content_of(file->body) == wanted.body && is_complete(*file, wanted.keys)) {
            // A draft of something that is not wanted any more.
            if (auto ok = m_db.run("DELETE FROM drafts WHERE name = ?", wanted.name); !ok) return std::unexpected(ok.error());
            return RoleState::Unchanged;
        }
        version = file->version + 1;
    }
    auto waiting = draft(wanted.name);
    if (!waiting) return std::unexpected(waiting.error());
    OpenedFile next;
    const bool still_fits = *waiting && (*waiting)->file.version == version && content_of((*waiting)->file.body) == wanted.body &&
                            (*waiting)->file.expires > m_actor.now;
    if (still_fits) {
        next = std::move((*waiting)->file);
    } else {
        next.body = common_body(type_of(wanted.name), version, m_actor.now + wanted.lifetime_s);
        next.body.update(wanted.body);
        if (wanted.aside.is_object()) next.body.update(wanted.aside);
        next.signed_bytes = tuf::canonical_json(next.body);
        next.version = version;
        next.expires = m_actor.now + wanted.lifetime_s;
    }
    sign(next, wanted.keys);
    const auto complete = save_or_keep(wanted.name, next, wanted.keys);
    if (!complete) return std::unexpected(complete.error());
    return *complete ? RoleState::Renewed : RoleState::Waits;
}

Result<bool> RoleBook::save_or_keep(const std::string& name, const OpenedFile& file, const std::vector<RoleKeys>& keys) {
    const Bytes bytes = metadata_file(file.body, file.signatures);
    if (!is_complete(file, keys)) {
        auto ok = m_db.run("INSERT INTO drafts (name, file) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET file = excluded.file", name, bytes);
        if (!ok) return std::unexpected(ok.error());
        return false;
    }
    if (auto ok = save({name, file.version, file.expires, bytes}); !ok) return std::unexpected(ok.error());
    return true;
}

Result<void> RoleBook::save(const SavedRole& role) {
    const auto old = newest(role.name);
    if (!old) return std::unexpected(old.error());
    Result<void> ok{};
    if (*old && role.name != "root") {
        const std::string file = "metadata/" + tuf::metadata_path(role.name, (*old)->version);
        ok = m_db.run("DELETE FROM roles WHERE name = ?", role.name);
        if (ok) ok = m_db.run("INSERT OR REPLACE INTO superseded (file, at) VALUES (?, ?)", file, m_actor.now);
    }
    if (ok) ok = m_db.run("DELETE FROM drafts WHERE name = ?", role.name);
    if (ok) ok = m_db.run("INSERT INTO roles (name, version, expires, file) VALUES (?, ?, ?, ?)", role.name, static_cast<std::int64_t>(role.version), role.expires, role.file);
    if (!ok) return ok;
    // The short-lived ones would fill the journal with what their versions say anyway.
    if (role.name != "root" && role.name != "targets") return {};
    const auto entry = append_journal(m_db, m_actor, "publish", role.name + " " + std::to_string(role.version), crypto::sha256(role.file));
    if (!entry) return std::unexpected(entry.error());
    return {};
}

Result<void> RoleBook::take_over(const SavedRole& role) { return save(role); }

Result<std::vector<RoleBook::Draft>> RoleBook::drafts() const {
    auto query = m_db.query("SELECT name, file FROM drafts ORDER BY name");
    if (!query) return std::unexpected(query.error());
    std::vector<Draft> out;
    for (;;) {
        const auto row = query->step();
        if (!row) return std::unexpected(row.error());
        if (!*row) return out;
        auto file = open_file(query->bytes(1));
        if (!file) return std::unexpected(file.error());
        out.push_back({query->text(0), std::move(*file), to_bytes(query->bytes(1))});
    }
}

Result<std::optional<RoleBook::Draft>> RoleBook::draft(std::string_view name) const {
    auto every = drafts();
    if (!every) return std::unexpected(every.error());
    const auto found = std::ranges::find(*every, name, &Draft::name);
    if (found == every->end()) return std::optional<Draft>{};
    return std::move(*found);
}

Result<bool> RoleBook::add_signature(std::string_view name, const RoleSignature& signature, const std::vector<RoleKeys>& keys) {
    auto waiting = draft(name);
    if (!waiting) return std::unexpected(waiting.error());
    if (!*waiting) return fail(ErrorCode::PublishBadRequest, {}, "nothing of role " + std::string{name} + " waits for a signature");
    OpenedFile& file = (*waiting)->file;
    const crypto::PublicKey* key = nullptr;
    for (const RoleKeys& role : keys)
        for (const crypto::PublicKey& candidate : role.keys)
            if (key_id(candidate) == signature.keyid) key = &candidate;
    if (key == nullptr) return fail(ErrorCode::PublishWrongKey, {}, std::string{name} + ": " + signature.keyid.substr(0, 16));
    if (crypto::verify_ed25519(*key, as_bytes(file.signed_bytes), signature.value) != crypto::SignatureCheck::Valid)
        return fail(ErrorCode::PublishBadSignature, {}, std::string{name} + ": " + signature.keyid.substr(0, 16));
    std::erase_if(file.signatures, [&](const RoleSignature& old) { return old.keyid == signature.keyid; });
    file.signatures.push_back(signature);
    return save_or_keep(std::string{name}, file, keys);
}

}  // namespace pipa::publish
