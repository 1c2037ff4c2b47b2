// Taking over what a town's or an enterprise's own store published: by its key, under its prefix, never going back.
#include <algorithm>
#include <charconv>
#include <set>

#include "base/hex.hpp"
#include "host/files.hpp"
#include "pipa/publish/delegate_records.hpp"
#include "pipa/publish/plan.hpp"
#include "trust/bundle.hpp"
#include "trust/pack_codec.hpp"
#include "tuf/limits.hpp"
#include "tuf/names.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> bad(const std::string& name, const std::string& why) { return fail(ErrorCode::PublishBadDelegate, {}, name + ": " + why); }

struct Candidate {
    std::uint64_t version{};
    fs::path path{};
};

// The newest file of each role that is `name` or one of its bins. "12.tangqi-3.json" is version 12 of tangqi-3.
Result<std::map<std::string, Candidate>> newest_files(const std::string& name, const fs::path& folder) {
    std::error_code error;
    fs::directory_iterator entries(folder, error);
    if (error) return fail(ErrorCode::FileUnreadable, {}, system_reason(error.value(), folder));
    std::map<std::string, Candidate> out;
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
        if (error) return fail(ErrorCode::FileUnreadable, {}, system_reason(error.value(), folder));
        const std::string file = entries->path().filename().string();
        const std::size_t dot = file.find('.');
        if (dot == std::string::npos || !file.ends_with(".json") || file.size() < dot + 6) continue;
        std::uint64_t version = 0;
        const auto [end, problem] = std::from_chars(file.data(), file.data() + dot, version);
        if (problem != std::errc{} || end != file.data() + dot) continue;
        const std::string role = file.substr(dot + 1, file.size() - dot - 6);
        if (role != name && !role.starts_with(name + "-")) continue;
        Candidate& best = out[role];
        if (version > best.version) best = {version, entries->path()};
    }
    return out;
}

// The targets of a role's file: path to the row.
Result<std::map<std::string, TargetRow>> rows_of(const OpenedFile& file) {
    std::map<std::string, TargetRow> out;
    const Json& targets = member_at(file.body, {"targets"});
    if (!targets.is_object()) return fail(ErrorCode::TufBadField, {}, "targets");
    for (const auto& [path, target] : targets.items()) {
        const Json& length = member_at(target, {"length"});
        const Json& hash = member_at(target, {"hashes", "sha256"});
        const auto digest = from_hex(hash.is_string() ? hash.get<std::string>() : "-");
        if (!length.is_number_unsigned() || !digest || digest->size() != 32) return fail(ErrorCode::TufBadField, {}, path);
        TargetRow row{.path = path, .length = length.get<std::uint64_t>()};
        std::ranges::copy(*digest, row.sha256.begin());
        out.emplace(path, std::move(row));
    }
    return out;
}

class Taker {
public:
    Taker(const RoleBook& book, std::string name, const fs::path& tree, const RoleKeys& keys, UnixSeconds now)
        : m_book(book), m_name(std::move(name)), m_tree(tree), m_keys(keys), m_now(now) {}

    // The head of its records, where one of the roles lists it.
    [[nodiscard]] const std::optional<RecordsHead>& head() const noexcept { return m_head; }

    // Everything is verified before anything is taken.
    Result<std::vector<SavedRole>> verified() {
        const auto files = newest_files(m_name, m_tree / "tuf" / "metadata");
        if (!files) return std::unexpected(files.error());
        if (!files->contains(m_name)) return bad(m_name, "there is no metadata of this role");
        std::vector<SavedRole> out;
        for (const auto& [role, candidate] : *files) {
            auto taken = verify(role, candidate);
            if (!taken) return std::unexpected(taken.error());
            if (*taken) out.push_back(std::move(**taken));
        }
        return out;
    }

private:
    Result<std::optional<SavedRole>> verify(const std::string& role, const Candidate& candidate) {
        auto content = read_file(candidate.path, tuf::Limits{}.targets_bytes);
        if (!content) return std::unexpected(content.error());
        const auto file = open_file(*content);
        if (!file) return bad(m_name, role + " is no metadata (" + std::string{code_name(file.error().code)} + ")");
        if (file->version != candidate.version || member_at(file->body, {"_type"}) != "targets") return bad(m_name, role + " is not what its name says");
        if (count_signatures(*file, m_keys) < m_keys.threshold) return bad(m_name, role + " is not signed by the key that was delegated");
        if (file->expires <= m_now) return bad(m_name, role + " has expired");
        const auto saved = m_book.newest(role);
        if (!saved) return std::unexpected(saved.error());
        if (*saved && (*saved)->version > file->version) return bad(m_name, role + " is older than what was published before");
        if (*saved && (*saved)->version == file->version) {
            if ((*saved)->file != *content) return bad(m_name, role + " says two things under one version");
            return std::optional<SavedRole>{};
        }
        if (auto ok = check_targets(*file); !ok) return std::unexpected(ok.error());
        return SavedRole{role, file->version, file->expires, std::move(*content)};
    }

    Result<void> check_targets(const OpenedFile& file) {
        const auto rows = rows_of(file);
        if (!rows) return bad(m_name, rows.error().detail);
        for (const auto& [path, row] : *rows) {
            if (!path.starts_with(m_name + "/") || path.find("..") != std::string::npos) return bad(m_name, path + " is outside its prefix");
            const auto content = read_file(m_tree / "tuf" / target_file(row), max_target_bytes);
            if (!content) return bad(m_name, path + " cannot be read");
            if (content->size() != row.length || crypto::sha256(*content) != row.sha256) return bad(m_name, path + " is not what was signed");
            if (path != in_store(m_name, target_path::records)) continue;
            auto head = parse_records_head(*content);
            if (!head) return bad(m_name, path + " is no head of records (" + std::string{code_name(head.error().code)} + ")");
            m_head = std::move(*head);
        }
        return {};
    }

    const RoleBook& m_book;
    std::string m_name;
    const fs::path& m_tree;
    const RoleKeys& m_keys;
    UnixSeconds m_now;
    std::optional<RecordsHead> m_head{};
};

}  // namespace

Result<bool> take_over_delegate(Database& database, RoleBook& book, StagedSite& site, const std::string& name, const fs::path& tree, UnixSeconds now) {
    const auto key = delegate_key(database, name);
    if (!key) return fail(ErrorCode::PublishBadDelegate, {}, name + ": no key was delegated to it (pipa roles delegate)");
    const RoleKeys keys{.keys = {*key}};
    Taker taker(book, name, tree, keys, now);
    const auto roles = taker.verified();
    if (!roles) return std::unexpected(roles.error());
    // Where nothing is new, what the published tree has lost comes from there again.
    const auto saved = saved_head(database, name);
    if (!saved) return std::unexpected(saved.error());
    if (const auto& head = taker.head() ? taker.head() : *saved)
        if (auto ok = take_over_records(database, site, name, *head, tree, now); !ok) return std::unexpected(ok.error());
    for (const SavedRole& role : *roles)
        if (auto ok = book.take_over(role); !ok) return std::unexpected(ok.error());
    return !roles->empty();
}

Result<std::set<std::string>> undelegated_stores(const OfficeStore& store, Database& database) {
    const auto message = store.document(target_path::registry);
    if (!message) return std::unexpected(message.error());
    const auto known = delegates(database);
    if (!known) return std::unexpected(known.error());
    std::set<std::string> out;
    // A registry that cannot be read is refused where the bundle is made.
    const auto statement = cose::parse_statement(message->value_or(Bytes{}), cose::StatementType::TrustPack, {.max_bytes = max_trust_pack_bytes});
    const auto pack = statement ? decode_trust_pack(statement->payload, statement->payload_offset) : std::unexpected(statement.error());
    if (!pack) return out;
    for (const KeyEntry& key : pack->keys)
        if (!key.store.empty() && std::ranges::find(*known, key.store, &std::pair<std::string, crypto::PublicKey>::first) == known->end()) out.insert(key.store);
    return out;
}

Result<std::map<std::string, std::uint64_t>> target_files(const RoleBook& book) {
    const auto roles = book.all();
    if (!roles) return std::unexpected(roles.error());
    std::map<std::string, std::uint64_t> out;
    for (const SavedRole& role : *roles) {
        const auto file = open_file(role.file);
        if (!file) return std::unexpected(file.error());
        if (member_at(file->body, {"_type"}) != "targets") continue;
        const auto rows = rows_of(*file);
        if (!rows) return std::unexpected(rows.error());
        for (const auto& [path, row] : *rows) out.emplace(target_file(row), row.length);
    }
    return out;
}

}  // namespace pipa::publish
