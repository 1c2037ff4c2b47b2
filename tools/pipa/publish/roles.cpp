// From targets to signed roles, bottom up: bins, the live role, targets, snapshot, timestamp.
#include <algorithm>

#include "base/hex.hpp"
#include "pipa/publish/plan.hpp"
#include "pipa/store/store_parts.hpp"
#include "tuf/path_pattern.hpp"

namespace pipa::publish {
namespace {

constexpr std::size_t files_of_bin = 24;  // on average; see bin_bits_for()
constexpr std::uint32_t max_bin_bits = 12;

bool is_live(const TargetRow& row) { return row.part == notices_part || row.part == records_part || row.part.find('/') != std::string::npos; }

Json targets_json(const std::vector<const TargetRow*>& rows) {
    Json out = Json::object();
    for (const TargetRow* row : rows) out[row->path] = target_json(row->length, row->sha256);
    return out;
}

tuf::SuccinctRoles bins_of(const std::string& name, std::uint32_t bits) { return {.bit_length = bits, .name_prefix = name}; }

Json succinct_json(const RoleKeys& keys, const std::string& name, std::uint32_t bits) {
    Json listed = Json::object();
    add_keys(listed, keys);
    Json succinct = role_json(keys);
    succinct.update({{"bit_length", bits}, {"name_prefix", name}});
    return {{"keys", listed}, {"succinct_roles", succinct}};
}

// A pattern's '*' does not reach over a '/', so each depth of a prefix is named.
Json delegation_json(const std::string& name, const RoleKeys& keys, const std::vector<std::string>& paths) {
    Json out = role_json(keys);
    out.update({{"name", name}, {"paths", paths}, {"terminating", true}});
    return out;
}

// So many bits are in use already; bins are never taken away, because readers refuse a snapshot that lists fewer roles.
std::uint32_t bits_in_use(const std::optional<SavedRole>& role) {
    if (!role) return 0;
    const auto file = open_file(role->file);
    if (!file) return 0;
    const Json& bits = member_at(file->body, {"delegations", "succinct_roles", "bit_length"});
    return bits.is_number_unsigned() ? bits.get<std::uint32_t>() : 0;
}

// What waits and changes whom phones believe, or ends soon, should not wait: keys that were lost go on being believed until then.
Result<void> tell_urgent(const RoleBook& book, const std::string& name, const Json& wanted, UnixSeconds now, PublishReport& report) {
    constexpr UnixSeconds soon = 14 * seconds_per_day;
    const auto saved = book.newest(name);
    if (!saved) return std::unexpected(saved.error());
    if (!*saved) return {};
    const auto file = open_file((*saved)->file);
    if (!file) return std::unexpected(file.error());
    const auto tell = [&](const std::string& what) {
        report.warnings.push_back(std::string{urgent_mark} + name + " waits for a signature (pipa publish --export-unsigned DIR, pipa roles sign): " + what);
    };
    const auto changed = [&](std::initializer_list<std::string_view> path) { return name == "targets" && member_at(file->body, path) != member_at(wanted, path); };
    if (name == "root") tell("its keys, or how long they count");
    if (changed({"targets", "registry.cose"})) tell("the registry, which says whose keys count and which were lost");
    if (changed({"delegations"})) tell("the keys of stores, of towns or of what changes daily");
    if ((*saved)->expires <= now + soon) tell(((*saved)->expires <= now ? "it has expired " : "it expires ") + format_rfc3339((*saved)->expires));
    return {};
}

}  // namespace

std::uint32_t bin_bits_for(std::size_t files) noexcept {
    std::uint32_t bits = 1;
    while (bits < max_bin_bits && files > (files_of_bin << bits)) ++bits;
    return bits;
}

Result<RoleState> Roles::bring(const std::string& name, Json body, UnixSeconds lifetime_s, const RoleKeys& keys) {
    WantedRole wanted{.name = name, .body = std::move(body), .lifetime_s = lifetime_s, .keys = {keys}};
    if (name == "snapshot") {
        auto journal = journal_head();
        if (!journal) return std::unexpected(journal.error());
        wanted.aside = {{journal_member, std::move(*journal)}};
    }
    if (name == "timestamp") wanted.aside = {{signed_member, format_utc(m_now)}};
    const auto state = m_book.bring_to(wanted);
    if (!state) return state;
    if (*state == RoleState::Waits) m_report.waiting.push_back(name);
    if (*state == RoleState::Renewed) (name == "timestamp" ? m_timestamp_changed : m_changed) = true;
    return state;
}

Result<RoleState> Roles::bring_top(const std::string& name, Json body, UnixSeconds lifetime_s) {
    const auto keys = m_book.keys_of(name);
    if (!keys) return std::unexpected(keys.error());
    return bring(name, std::move(body), lifetime_s, *keys);
}

Result<void> Roles::sign_all(const std::map<std::string, TargetRow>& rows) {
    std::vector<const TargetRow*> live, documents;
    for (const auto& [path, row] : rows) (is_live(row) ? live : documents).push_back(&row);
    const bool delegated = !m_store.identity().prefix.empty();
    const std::string name = delegated ? m_store.identity().name : std::string{live_role};
    const auto key = delegate_key(m_db, name);
    if (!key) return std::unexpected(key.error());
    const RoleKeys keys{.keys = {*key}};
    const auto saved = m_book.newest(name);
    if (!saved) return std::unexpected(saved.error());
    const std::uint32_t bits = std::max(bits_in_use(*saved), bin_bits_for(live.size()));
    if (auto ok = sign_bins(name, live, bits); !ok) return ok;
    const auto state = bring(name, {{"targets", targets_json(delegated ? documents : std::vector<const TargetRow*>{})}, {"delegations", succinct_json(keys, name, bits)}},
                             m_order.lifetimes.live_s, keys);
    if (!state) return std::unexpected(state.error());
    // What readers follow every time must be there whole.
    if (!m_report.waiting.empty()) return fail(ErrorCode::PublishNeedsSignature, {}, m_report.waiting.front());
    return delegated ? Result<void>{} : sign_district(documents);
}

Result<void> Roles::sign_bins(const std::string& name, const std::vector<const TargetRow*>& live, std::uint32_t bits) {
    const auto key = delegate_key(m_db, name);
    if (!key) return std::unexpected(key.error());
    const tuf::SuccinctRoles bins = bins_of(name, bits);
    std::map<std::string, std::vector<const TargetRow*>> by_bin;
    const std::size_t width = (bits + 3) / 4;
    for (std::uint32_t bin = 0; bin < (1U << bits); ++bin) {
        std::string digits(width, '0');
        for (std::size_t i = 0; i < width; ++i) digits[width - 1 - i] = "0123456789abcdef"[(bin >> (4 * i)) & 15U];
        by_bin[name + "-" + digits];
    }
    for (const TargetRow* row : live) by_bin[tuf::bin_name(bins, row->path)].push_back(row);
    for (const auto& [bin, rows] : by_bin) {
        const auto state = bring(bin, {{"targets", targets_json(rows)}}, m_order.lifetimes.live_s, {.keys = {*key}});
        if (!state) return std::unexpected(state.error());
    }
    return {};
}

Result<void> Roles::renew_root() {
    const auto drafts = m_book.drafts();
    if (!drafts) return std::unexpected(drafts.error());
    if (std::ranges::find(*drafts, "root", &RoleBook::Draft::name) != drafts->end()) {
        m_report.waiting.push_back("root");
        return tell_urgent(m_book, "root", {}, m_now, m_report);
    }
    const auto saved = m_book.newest("root");
    if (!saved) return std::unexpected(saved.error());
    if (!*saved) return fail(ErrorCode::PublishNoRoot);
    const auto file = open_file((*saved)->file);
    if (!file) return std::unexpected(file.error());
    Json body = file->body;
    for (const char* name : {"version", "expires", "_type", "spec_version"}) body.erase(name);
    const auto state = bring_top("root", std::move(body), m_order.lifetimes.root_s);
    if (!state) return std::unexpected(state.error());
    return *state == RoleState::Waits ? tell_urgent(m_book, "root", {}, m_now, m_report) : Result<void>{};
}

Result<Json> Roles::targets_body(const std::vector<const TargetRow*>& documents) const {
    const auto all = delegates(m_db);
    if (!all) return std::unexpected(all.error());
    Json keys = Json::object(), roles = Json::array();
    for (const auto& [name, key] : *all) {
        add_keys(keys, {.keys = {key}});
        const std::vector<std::string> paths = name == live_role ? std::vector<std::string>{std::string{notices_part}, std::string{records_part}, "status/*"}
                                                                 : std::vector<std::string>{name + "/*", name + "/*/*"};
        roles.push_back(delegation_json(name, {.keys = {key}}, paths));
    }
    return Json{{"targets", targets_json(documents)}, {"delegations", {{"keys", keys}, {"roles", roles}}}};
}

Result<Json> Roles::journal_head() const {
    auto query = m_db.query("SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1");
    if (!query) return std::unexpected(query.error());
    const auto row = query->step();
    if (!row) return std::unexpected(row.error());
    return Json{{"entries", query->integer(0)}, {"head", to_hex(query->array<32>(1))}};
}

Result<Json> Roles::snapshot_body() const {
    const auto all = m_book.all();
    if (!all) return std::unexpected(all.error());
    Json meta = Json::object();
    for (const SavedRole& role : *all)
        if (role.name != "root" && role.name != "snapshot" && role.name != "timestamp") meta[role.name + ".json"] = {{"version", role.version}};
    return Json{{"meta", meta}};
}

Result<void> Roles::sign_district(const std::vector<const TargetRow*>& documents) {
    if (auto ok = renew_root(); !ok) return ok;
    const auto targets = targets_body(documents);
    if (!targets) return std::unexpected(targets.error());
    const auto brought = bring_top("targets", *targets, m_order.lifetimes.targets_s);
    if (!brought) return std::unexpected(brought.error());
    if (*brought == RoleState::Waits)
        if (auto ok = tell_urgent(m_book, "targets", *targets, m_now, m_report); !ok) return ok;
    // An older version that still counts stays in use while the next one waits; without any there is nothing to publish.
    const auto saved = m_book.newest("targets");
    if (!saved) return std::unexpected(saved.error());
    if (!*saved) return fail(ErrorCode::PublishNeedsSignature, {}, "targets");
    const auto snapshot = snapshot_body();
    if (!snapshot) return std::unexpected(snapshot.error());
    const auto state = bring_top("snapshot", *snapshot, m_order.lifetimes.snapshot_s);
    if (!state) return std::unexpected(state.error());
    if (*state == RoleState::Waits) return fail(ErrorCode::PublishNeedsSignature, {}, "snapshot");
    const auto newest = m_book.newest("snapshot");
    if (!newest) return std::unexpected(newest.error());
    const auto root = m_book.newest("root");
    if (!root) return std::unexpected(root.error());
    Json stamp = {{"meta", {{"snapshot.json", file_json((*newest)->version, (*newest)->file)}}}, {root_member, (*root)->version}};
    if (!m_emergency.empty()) stamp[emergency_member] = m_emergency;
    const auto stamped = bring_top("timestamp", std::move(stamp), m_order.lifetimes.timestamp_s);
    if (!stamped) return std::unexpected(stamped.error());
    if (*stamped == RoleState::Waits) return fail(ErrorCode::PublishNeedsSignature, {}, "timestamp");
    return {};
}

}  // namespace pipa::publish
