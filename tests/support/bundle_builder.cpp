#include "support/bundle_builder.hpp"

#include <algorithm>

namespace pipa::test {

BundledDistrict::BundledDistrict() {
    put("office.pub", district().office_public_key);
    put("registry.cose", district().signed_pack);
    publish();
}

void BundledDistrict::put(const std::string& path, Bytes content, const std::string& role) {
    repository.add_target(role, path, as_text(content));
    contents[path] = std::move(content);
}

void BundledDistrict::set_status(std::uint32_t shard, const std::vector<std::pair<std::uint32_t, std::uint8_t>>& statuses, const std::string& role) {
    Bytes packed(status_shard_bytes);
    for (const auto& [entry, status] : statuses) packed[entry / 4] |= static_cast<std::uint8_t>(status << (entry % 4 * 2));
    put("status/" + std::to_string(shard), zlib_of(packed), role);
}

void BundledDistrict::publish(UnixSeconds signed_at) {
    repository["timestamp"]["x-pipa-signed"] = format_rfc3339(signed_at);
    repository["timestamp"]["x-pipa-root"] = repository["root"]["version"];
    std::vector<std::string> roles = delegated;
    for (const char* role : {"targets", "snapshot", "timestamp"}) roles.emplace_back(role);
    repository.publish(roles);
}

Bundle BundledDistrict::bundle() const {
    Bundle out;
    const auto add = [&](const std::string& name) { out.metadata.push_back({name, repository.files.at("metadata/" + name)}); };
    const auto version = [&](const std::string& role) { return std::to_string(repository.bodies.at(role)["version"].get<std::uint64_t>()); };
    for (std::uint64_t root = 1; root <= repository.bodies.at("root")["version"].get<std::uint64_t>(); ++root) add(std::to_string(root) + ".root.json");
    add("timestamp.json");
    add(version("snapshot") + ".snapshot.json");
    add(version("targets") + ".targets.json");
    for (const std::string& role : delegated) add(version(role) + "." + role + ".json");
    for (const auto& [path, content] : contents) out.targets.push_back({path, content});
    // Sorted as a reader leaves it.
    std::ranges::sort(out.metadata, {}, &BundleFile::name);
    return out;
}

crypto::Digest BundledDistrict::pin() const { return crypto::sha256(repository.files.at("metadata/1.root.json")); }

}  // namespace pipa::test
