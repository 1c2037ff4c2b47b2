#include "tuf/decode.hpp"

#include <algorithm>

#include "base/heap_sort.hpp"
#include "tuf/limits.hpp"

namespace pipa::tuf {
namespace {

constexpr std::uint64_t max_length = std::uint64_t{1} << 53;

template <typename T>
Result<T> finish(T value, std::optional<Error>& problem) {
    if (problem) return std::unexpected(std::move(*problem));
    return value;
}

MetaFile read_meta_file(const JsonValue& object, const std::string& where, std::optional<Error>& problem) {
    Fields fields(object, where, problem);
    MetaFile file{.version = fields.number("version", 1, max_version)};
    if (fields.has("length")) file.length = fields.number("length", 1, max_length);
    if (fields.has("hashes")) file.hashes = read_hashes(fields);
    return file;
}

TargetFile read_target(const JsonValue& object, const std::string& where, std::optional<Error>& problem) {
    Fields fields(object, where, problem);
    TargetFile file{.length = fields.number("length", 0, max_length), .hashes = read_hashes(fields)};
    if (fields.has("custom")) file.custom = canonical_json(fields.object("custom"));
    return file;
}

// Members of our own publisher (src/trust/README.md). Others may use their names for something else, so what does not fit
// is passed over, as section 4 has it for members that are not known.
void read_own_members(const JsonValue& body, Timestamp& timestamp) {
    if (const JsonValue* signed_at = body.find("x-pipa-signed"); signed_at != nullptr && signed_at->is(JsonValue::Type::Text))
        if (const auto time = parse_time(signed_at->text)) timestamp.signed_at = *time;
    if (const JsonValue* root = body.find("x-pipa-root"); root != nullptr && root->is(JsonValue::Type::Unsigned)) timestamp.root_version = root->number;
    if (const JsonValue* emergency = body.find("x-pipa-emergency"); emergency != nullptr && emergency->is(JsonValue::Type::Text)) timestamp.emergency = emergency->text;
}

void check_role_name(Fields& fields, const std::string& name, std::string_view member) {
    // A role of one of these names would be stored as, and mistaken for, the file that everything hangs on.
    if (name.empty() || name.size() > max_role_name_bytes || is_top_level_role(name)) fields.complain(member);
}

Delegation read_delegation(const JsonValue& object, std::optional<Error>& problem) {
    Fields fields(object, "targets.delegations.roles", problem);
    Delegation delegation{.name = fields.text("name"), .role = read_role(fields),
                          .terminating = fields.flag("terminating", false)};
    check_role_name(fields, delegation.name, "name");
    // Section 4.5: "The 'path_hash_prefixes' and 'paths' attributes are OPTIONAL, if used, exactly one of them should
    // be set." Without either, no path is delegated.
    if (fields.has("paths") && fields.has("path_hash_prefixes")) fields.complain("paths");
    if (fields.has("paths")) delegation.paths = fields.texts("paths");
    if (fields.has("path_hash_prefixes")) delegation.path_hash_prefixes = fields.texts("path_hash_prefixes");
    return delegation;
}

SuccinctRoles read_succinct_roles(const JsonValue& object, std::optional<Error>& problem) {
    Fields fields(object, "targets.delegations.succinct_roles", problem);
    SuccinctRoles roles{.role = read_role(fields),
                        .bit_length = static_cast<std::uint32_t>(fields.number("bit_length", 1, 32)),
                        .name_prefix = fields.text("name_prefix")};
    check_role_name(fields, roles.name_prefix + "-00000000", "name_prefix");
    return roles;
}

void read_delegations(const JsonValue& object, Targets& targets, std::optional<Error>& problem) {
    Fields fields(object, "targets.delegations", problem);
    targets.delegation_keys = read_keys(fields.object("keys"), "targets.delegations.keys", problem);
    if (fields.has("succinct_roles")) {
        if (fields.has("roles")) fields.complain("succinct_roles");  // TAP 15: one or the other
        targets.succinct_roles = read_succinct_roles(fields.object("succinct_roles"), problem);
        return;
    }
    for (const JsonValue& item : fields.array("roles").items) targets.delegations.push_back(read_delegation(item, problem));
    // Section 4.5: "The rolename MUST be unique in the delegations object."
    std::vector<std::string_view> names;
    for (const Delegation& delegation : targets.delegations) names.push_back(delegation.name);
    heap_sort(names);
    if (std::ranges::adjacent_find(names) != names.end()) fields.complain("roles");
}

}  // namespace

Result<Root> decode_root(const JsonValue& body) {
    std::optional<Error> problem;
    Fields fields(body, "root", problem);
    const Common common = read_common(fields, "root");
    Root root{.version = common.version,
              .expires = common.expires,
              .consistent_snapshot = fields.flag("consistent_snapshot", false),
              .keys = read_keys(fields.object("keys"), "root.keys", problem)};
    Fields roles(fields.object("roles"), "root.roles", problem);
    const auto read = [&](std::string_view name, Role& into) {
        Fields role(roles.object(name), roles.path_of(name), problem);
        into = read_role(role);
    };
    read("root", root.root);
    read("timestamp", root.timestamp);
    read("snapshot", root.snapshot);
    read("targets", root.targets);
    return finish(std::move(root), problem);
}

Result<Timestamp> decode_timestamp(const JsonValue& body) {
    std::optional<Error> problem;
    Fields fields(body, "timestamp", problem);
    const Common common = read_common(fields, "timestamp");
    const JsonValue& meta = fields.object("meta");
    Timestamp timestamp{.version = common.version, .expires = common.expires};
    // Section 4.6: "this MUST only include a description of the snapshot.json file."
    const JsonValue* snapshot = meta.find("snapshot.json");
    if (meta.items.size() != 1 || snapshot == nullptr) fields.complain("meta");
    if (!problem) timestamp.snapshot = read_meta_file(*snapshot, "timestamp.meta", problem);
    read_own_members(body, timestamp);
    return finish(std::move(timestamp), problem);
}

Result<Snapshot> decode_snapshot(const JsonValue& body) {
    std::optional<Error> problem;
    Fields fields(body, "snapshot", problem);
    const Common common = read_common(fields, "snapshot");
    Snapshot snapshot{.version = common.version, .expires = common.expires};
    for (const JsonValue& file : fields.object("meta").items)
        snapshot.meta.emplace(file.name, read_meta_file(file, "snapshot.meta." + file.name.substr(0, 60), problem));
    // Section 4.4: "It MUST list the version numbers of the top-level targets metadata."
    if (!snapshot.meta.contains("targets.json")) fields.complain("meta");
    return finish(std::move(snapshot), problem);
}

Result<Targets> decode_targets(const JsonValue& body) {
    std::optional<Error> problem;
    Fields fields(body, "targets", problem);
    const Common common = read_common(fields, "targets");
    Targets targets{.version = common.version, .expires = common.expires};
    for (const JsonValue& file : fields.object("targets").items)
        targets.targets.emplace(file.name, read_target(file, "targets.targets." + file.name.substr(0, 60), problem));
    if (fields.has("delegations")) read_delegations(fields.object("delegations"), targets, problem);
    return finish(std::move(targets), problem);
}

}  // namespace pipa::tuf
