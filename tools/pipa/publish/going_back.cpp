#include "pipa/publish/going_back.hpp"

#include <algorithm>
#include <charconv>

#include "base/hex.hpp"
#include "host/files.hpp"
#include "pipa/publish/role_book.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

const std::string older = "the store is older than what was published, or another one; take the newest backup, or pipa store restore: ";
constexpr std::size_t max_read_bytes = std::size_t{64} << 20;

struct RoleFile {
    std::string name{};
    std::uint64_t version{};
    fs::path path{};
};

// "7.targets.json" and the like; the newest of each role last.
std::vector<RoleFile> role_files(const fs::path& tree) {
    std::vector<RoleFile> out;
    std::error_code error;
    for (fs::directory_iterator at(tree / "tuf" / "metadata", error); !error && at != fs::directory_iterator(); at.increment(error)) {
        const std::string file = at->path().filename().string();
        RoleFile role{.path = at->path()};
        if (file == "timestamp.json") {  // its name has no version
            const auto content = read_file(role.path.string(), max_read_bytes);
            const auto opened = content ? open_file(*content) : std::unexpected(content.error());
            if (opened) out.push_back({"timestamp", opened->version, at->path()});
            continue;
        }
        const auto [end, wrong] = std::from_chars(file.data(), file.data() + file.size(), role.version);
        if (wrong != std::errc{} || *end != '.' || !file.ends_with(".json")) continue;
        role.name = std::string{end + 1, file.data() + file.size() - 5};
        out.push_back(std::move(role));
    }
    std::ranges::sort(out, {}, [](const RoleFile& role) { return std::pair{role.name, role.version}; });
    return out;
}

Result<bool> knows_head(Database& db, const std::string& head) {
    const auto hash = from_hex(head);
    if (!hash) return std::unexpected(hash.error());
    const auto found = db.number("SELECT 1 FROM journal WHERE hash = ? OR (act = ? AND subject = ?)", *hash, std::string{reconciled_act}, head);
    if (!found) return std::unexpected(found.error());
    return found->has_value();
}

}  // namespace

Result<std::string> published_head(const fs::path& tree) {
    const fs::path metadata = tree / "tuf" / "metadata";
    const auto stamp = read_file(metadata / "timestamp.json");
    if (!stamp) return std::unexpected(stamp.error());
    const auto timestamp = open_file(*stamp);
    if (!timestamp) return std::unexpected(timestamp.error());
    const Json& version = member_at(timestamp->body, {"meta", "snapshot.json", "version"});
    const auto file = read_file(metadata / (version.dump() + ".snapshot.json"));
    if (!file) return std::unexpected(file.error());
    const auto snapshot = open_file(*file);
    if (!snapshot) return std::unexpected(snapshot.error());
    const Json& head = member_at(snapshot->body, {journal_member, "head"});
    if (!head.is_string()) return fail(ErrorCode::TufBadField, {}, journal_member);
    return head.get<std::string>();
}

Result<std::uint64_t> saved_version(Database& database, const std::string& role) {
    const auto version = database.number("SELECT max(version) FROM roles WHERE name = ?", role);
    if (!version) return std::unexpected(version.error());
    return static_cast<std::uint64_t>(version->value_or(0));
}

Result<void> must_not_go_back(OfficeStore& store, const fs::path& tree) {
    Database& db = store.parts().database;
    for (const RoleFile& role : role_files(tree)) {
        const auto version = saved_version(db, role.name);
        if (!version) return std::unexpected(version.error());
        if (*version < role.version)
            return fail(ErrorCode::StoreTampered, {}, older + role.name + " has version " + std::to_string(role.version) + " there, and " + std::to_string(*version) + " in the store");
    }
    // A tree without a readable snapshot is a town's, or broken; the versions have told of it.
    const auto head = published_head(tree);
    if (!head) return {};
    const auto known = knows_head(db, *head);
    if (!known) return std::unexpected(known.error());
    return *known ? Result<void>{} : fail(ErrorCode::StoreTampered, {}, older + "the journal does not have the entry " + *head);
}

}  // namespace pipa::publish
