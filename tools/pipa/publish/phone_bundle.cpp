#include "pipa/publish/phone_bundle.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "host/files.hpp"
#include "trust/collect_bundle.hpp"
#include "trust/supplement.hpp"
#include "tuf/names.hpp"

namespace pipa::publish {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_root = "metadata/1.root.json";

// "targets/status/HASH.3" -> "status/3"
std::string target_path_of(const std::string& file) {
    constexpr std::string_view folder = "targets/";
    const std::size_t slash = file.rfind('/') + 1;
    return file.substr(folder.size(), slash - folder.size()) + file.substr(file.find('.', slash) + 1);
}

// From the tree as it is written; but a new timestamp comes last of all.
GetFile files_of_tree(const TreeFiles& files, const fs::path& tuf) {
    return [&files, tuf](const tuf::Request& request) -> std::optional<Bytes> {
        const bool is_metadata = request.from == tuf::Request::From::MetadataUrl;
        const std::string name = (is_metadata ? "metadata/" : "targets/") + request.path;
        if (const auto made = files.made.find(name); made != files.made.end() && name == timestamp_file) return made->second;
        auto content = read_file(tuf / name, request.max_bytes);
        if (!content) return {};
        return std::move(*content);
    };
}

// What a phone that opened `file` keeps of it.
Bytes seen_by_phones(ByteView file) {
    const auto bundle = decode_bundle(file);
    if (!bundle) return {};
    const auto opened = open_bundle(file, newest_root_pin(*bundle), {});
    return opened ? encode_seen(opened->seen) : Bytes{};
}

}  // namespace

crypto::Digest newest_root_pin(const Bundle& bundle) {
    const Bytes* newest = nullptr;
    for (std::uint64_t version = 1;; ++version) {
        // One by one: what was just collected is not in the order of names yet.
        const auto root = std::ranges::find(bundle.metadata, tuf::metadata_path("root", version), &BundleFile::name);
        if (root == bundle.metadata.end()) return newest == nullptr ? crypto::Digest{} : crypto::sha256(*newest);
        newest = &root->content;
    }
}

PhoneTargets phone_targets(const std::map<std::string, std::uint64_t>& listed) {
    PhoneTargets out;
    std::vector<std::pair<StatusPlace, std::uint64_t>> own;
    for (const auto& [file, length] : listed) {
        const std::string path = target_path_of(file);
        if (auto place = parse_status_path(path)) {
            if (place->store.empty()) own.emplace_back(std::move(*place), length);
            else out.supplements.push_back({std::move(place->store), place->shard});
        } else if (path == target_path::registry || path == target_path::office) {
            out.paths.push_back(path);
        } else if (const std::size_t slash = path.find('/'); slash != std::string::npos && path.substr(slash + 1) == target_path::notices) {
            out.supplements.push_back({path.substr(0, slash), {}});  // every store has notices, if only none
        }
    }
    const auto has = [&](std::string_view path) { return std::ranges::find(out.paths, path) != out.paths.end(); };
    if (!has(target_path::registry) || !has(target_path::office)) return {};
    std::ranges::sort(own, std::greater{}, [](const auto& shard) { return shard.first.shard; });
    std::uint64_t room = max_bundle_status_bytes;
    std::size_t carried = 0;
    for (auto& [place, length] : own) {
        const bool fits = carried < max_bundle_shards && length <= room;
        if (!fits) {
            room = 0;  // what is older stays outside as well
            out.supplements.push_back({{}, place.shard});
            continue;
        }
        out.paths.push_back(status_path(place));
        room -= length;
        ++carried;
    }
    return out;
}

Result<PhoneBundle> make_phone_bundle(const TreeFiles& files, const fs::path& tuf, UnixSeconds now, ByteView before) {
    const auto root = files.made.find(std::string{first_root});
    if (root == files.made.end()) return fail(ErrorCode::PublishNoRoot);
    const std::array if_listed = {std::string{target_path::notices}, std::string{target_path::records}};
    auto collected = collect_bundle(root->second, now, files_of_tree(files, tuf), files.phone_targets, if_listed);
    if (!collected) return std::unexpected(collected.error());
    const crypto::Digest pin = newest_root_pin(*collected);
    auto file = encode_bundle(std::move(*collected));
    if (!file) return std::unexpected(file.error());
    auto opened = open_bundle(*file, pin, seen_by_phones(before));
    if (!opened) return std::unexpected(opened.error());
    return PhoneBundle{std::move(*file), pin, std::move(*opened)};
}

Result<Bytes> make_supplement(const SupplementPlace& place, PhoneBundle& bundle, const TreeFiles& files, const fs::path& tuf) {
    auto collected = collect_supplement(bundle.opened.client, files_of_tree(files, tuf), supplement_targets(place));
    if (!collected) return std::unexpected(collected.error());
    auto file = encode_bundle(std::move(*collected));
    if (!file) return file;
    if (const auto added = add_supplement(bundle.opened.trust, bundle.opened.client, *file, place); !added) return std::unexpected(added.error());
    return file;
}

Bytes read_bundle(const fs::path& out) {
    auto file = read_file(out / bundle_file, max_bundle_bytes);
    return file ? std::move(*file) : Bytes{};
}

bool is_bundle_current(ByteView bundle, const TreeFiles& files) {
    const auto stamp = files.made.find(std::string{timestamp_file});
    const auto decoded = decode_bundle(bundle);
    if (!decoded || stamp == files.made.end()) return false;
    const Bytes* held = decoded->find_metadata("timestamp.json");
    return held != nullptr && *held == stamp->second;
}

}  // namespace pipa::publish
