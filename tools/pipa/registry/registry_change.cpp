#include "pipa/registry/registry_change.hpp"

#include <algorithm>
#include <map>

#include "base/hex.hpp"
#include "pipa/registry/registry.hpp"

namespace pipa {
namespace {

using Json = nlohmann::ordered_json;

Result<KeyEntry*> find_key(TrustPack& pack, const cose::Kid& kid) {
    const auto found = std::ranges::find(pack.keys, kid, [](const KeyEntry& key) { return kid_of(key.public_key); });
    if (found == pack.keys.end()) return fail(ErrorCode::StoreNoSuchKey, {}, to_hex(kid));
    return &*found;
}

// Entries of a list under the name that tells them apart.
std::map<std::string, Json> by_name(const Json& list, const char* name) {
    std::map<std::string, Json> out;
    for (const Json& item : list) out.emplace(item[name].is_string() ? item[name].get<std::string>() : item[name].dump(), item);
    return out;
}

Json list_difference(const Json& before, const Json& after, const char* name) {
    const auto old_items = by_name(before, name), new_items = by_name(after, name);
    Json out = {{"added", Json::array()}, {"removed", Json::array()}, {"changed", Json::array()}};
    for (const auto& [key, item] : new_items) {
        const auto old = old_items.find(key);
        if (old == old_items.end()) out["added"].push_back(item);
        else if (old->second != item) out["changed"].push_back({{name, item[name]}, {"from", old->second}, {"to", item}});
    }
    for (const auto& [key, item] : old_items)
        if (!new_items.contains(key)) out["removed"].push_back(item);
    return out;
}

bool is_empty_difference(const Json& difference) {
    return std::ranges::all_of(difference, [](const Json& list) { return list.empty(); });
}

}  // namespace

Result<void> rotate_key(TrustPack& pack, const cose::Kid& old_key, const std::array<std::uint8_t, 32>& new_key, UnixSeconds from) {
    if (find_key(pack, kid_of(new_key))) return fail(ErrorCode::TrustDuplicateKey, {}, to_hex(kid_of(new_key)));
    const auto old_entry = find_key(pack, old_key);
    if (!old_entry) return std::unexpected(old_entry.error());
    if (from <= (*old_entry)->valid_from) return fail(ErrorCode::TrustBadField, {}, "the old key is not valid before that time");
    KeyEntry entry = **old_entry;
    entry.public_key = new_key;
    entry.valid_from = from;
    entry.compromised_since.reset();
    // A key that has ended earlier, or was lost, keeps that.
    (*old_entry)->valid_until = std::min((*old_entry)->valid_until.value_or(from - 1), from - 1);
    if (entry.valid_until && *entry.valid_until < from) entry.valid_until.reset();
    pack.keys.push_back(std::move(entry));
    return {};
}

Result<void> compromise_key(TrustPack& pack, const cose::Kid& key, UnixSeconds since) {
    const auto entry = find_key(pack, key);
    if (!entry) return std::unexpected(entry.error());
    // Never later than what was said before: what was refused once must not become good again.
    (*entry)->compromised_since = std::min((*entry)->compromised_since.value_or(since), since);
    return {};
}

Json registry_difference(const TrustPack& before, const TrustPack& after) {
    const Json old_json = registry_json(before), new_json = registry_json(after);
    Json out = Json::object();
    for (const auto& [name, value] : new_json.items()) {
        if (value.is_array() && name != "hosts") continue;
        const Json old_value = old_json.value(name, Json{});
        if (old_value != value) out[name] = {old_value, value};
    }
    for (const auto& [name, key] : {std::pair{"keys", "public_key"}, {"parties", "id"}, {"products", "code"}, {"divisions", "code"}}) {
        Json difference = list_difference(old_json[name], new_json[name], key);
        if (!is_empty_difference(difference)) out[name] = std::move(difference);
    }
    return out;
}

}  // namespace pipa
