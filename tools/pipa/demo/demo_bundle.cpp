#include "pipa/demo/demo_bundle.hpp"

#include <set>

#include "pipa/publish/contents.hpp"
#include "pipa/publish/record_making.hpp"
#include "pipa/publish/tuf_metadata.hpp"
#include "trust/bundle.hpp"
#include "trust/open_bundle.hpp"
#include "trust/records.hpp"

namespace pipa {
namespace {

using tuf::Json;

constexpr UnixSeconds root_lifetime_s = 730 * seconds_per_day;
constexpr UnixSeconds timestamp_lifetime_s = 3 * seconds_per_day;

// Every shard that some certificate falls into, valid but for those that are not.
std::vector<BundleFile> status_targets(const DemoBundleContents& contents) {
    std::map<std::uint32_t, Bytes> shards;
    const auto shard_at = [&](std::uint32_t index) -> Bytes& {
        Bytes& shard = shards[status_shard_of(index)];
        shard.resize(status_shard_bytes);
        return shard;
    };
    for (const std::uint32_t index : contents.status_indices) static_cast<void>(shard_at(index));
    for (const auto& [index, status] : contents.statuses) {
        const std::uint32_t entry = status_entry_of(index);
        shard_at(index)[entry / 4] |= static_cast<std::uint8_t>(static_cast<unsigned>(status) << (entry % 4 * status_bits));
    }
    std::vector<BundleFile> out;
    for (const auto& [number, packed] : shards) out.push_back({std::string{target_path::status} + std::to_string(number), publish::compress_whole(packed)});
    return out;
}

// One repository: the same keys for every version of it.
class Writer {
public:
    Result<void> draw_keys() {
        for (const char* role : {"root", "timestamp", "snapshot", "targets"}) {
            auto key = crypto::SecretKey::generate();
            if (!key) return std::unexpected(key.error());
            m_keys.emplace(role, std::move(*key));
        }
        return {};
    }

    [[nodiscard]] Bytes root(UnixSeconds now) const {
        Json body = publish::common_body("root", 1, now + root_lifetime_s);
        body.update({{"consistent_snapshot", true}, {"keys", Json::object()}, {"roles", Json::object()}});
        for (const auto& [role, key] : m_keys) {
            const publish::RoleKeys keys{{key.public_key()}, 1};
            publish::add_keys(body["keys"], keys);
            body["roles"][role] = publish::role_json(keys);
        }
        return sign("root", body);
    }

    // The metadata below the root, of one version throughout.
    [[nodiscard]] std::vector<BundleFile> metadata(const std::vector<BundleFile>& files, std::uint64_t version, UnixSeconds now) const {
        const std::string number = std::to_string(version);
        Json body = publish::common_body("targets", version, now + root_lifetime_s);
        body["targets"] = Json::object();
        for (const BundleFile& file : files) body["targets"][file.name] = publish::target_json(file.content.size(), crypto::sha256(file.content));
        const Bytes targets = sign("targets", body);
        body = publish::common_body("snapshot", version, now + root_lifetime_s);
        body["meta"]["targets.json"] = publish::file_json(version, targets);
        const Bytes snapshot = sign("snapshot", body);
        body = publish::common_body("timestamp", version, now + timestamp_lifetime_s);
        body["meta"]["snapshot.json"] = publish::file_json(version, snapshot);
        body.update({{"x-pipa-signed", format_rfc3339(now)}, {"x-pipa-root", 1}});
        return {{number + ".snapshot.json", snapshot}, {number + ".targets.json", targets}, {"timestamp.json", sign("timestamp", body)}};
    }

private:
    [[nodiscard]] Bytes sign(const std::string& role, const Json& body) const {
        const crypto::SecretKey& key = m_keys.at(role);
        return publish::metadata_file(body, {{publish::key_id(key.public_key()), key.sign(as_bytes(tuf::canonical_json(body)))}});
    }

    std::map<std::string, crypto::SecretKey> m_keys{};
};

Result<Bytes> pack_version(const Writer& writer, const Bytes& root, std::vector<BundleFile> targets, std::uint64_t version, UnixSeconds now) {
    Bundle bundle{writer.metadata(targets, version, now), std::move(targets)};
    bundle.metadata.push_back({"1.root.json", root});
    auto file = encode_bundle(std::move(bundle));
    if (!file) return file;
    // What the page would refuse must not be written.
    if (const auto opened = open_bundle(*file, crypto::sha256(root), {}); !opened) return std::unexpected(opened.error());
    return file;
}

struct DemoRecords {
    RecordsHead head{};
    std::vector<std::pair<std::string, Bytes>> files{};
};
Result<DemoRecords> make_records(std::vector<CertificateRecord> records) {
    DemoRecords out{.head = {.edition = 1, .certificates = records.size(), .fewest = records.size()}};
    auto made = publish::make_record_content(std::move(records), out.head.bits);
    if (!made) return std::unexpected(made.error());
    out.head.groups = {{out.head.edition, publish::LeafTree({made->leaf}).root()}};
    auto file = encode_record_envelope({.content = std::move(made->content)});
    if (!file) return std::unexpected(file.error());
    out.files.emplace_back(record_file_name({}, out.head, 0), std::move(*file));
    for (Bytes& dossier : made->large_dossiers) out.files.emplace_back(large_dossier_name({}, crypto::sha256(dossier)), std::move(dossier));
    return out;
}

}  // namespace

Result<DemoBundle> make_demo_bundle(const DemoDistrict& district, const DemoBundleContents& contents) {
    std::vector<BundleFile> targets = status_targets(contents);
    targets.push_back({std::string{target_path::office}, to_bytes(district.office().public_key())});
    auto notices = encode_notices(contents.notices);
    if (!notices) return std::unexpected(notices.error());
    targets.push_back({std::string{target_path::notices}, std::move(*notices)});
    auto records = make_records(contents.records);
    if (!records) return std::unexpected(records.error());
    auto head = encode_records_head(records->head);
    if (!head) return std::unexpected(head.error());
    targets.push_back({std::string{target_path::records}, std::move(*head)});

    Writer writer;
    if (auto ok = writer.draw_keys(); !ok) return std::unexpected(ok.error());
    const UnixSeconds now = district.pack.issued_unix_s;
    const Bytes root = writer.root(now);
    const auto with_registry = [&](const Bytes& registry) {
        auto files = targets;
        files.push_back({std::string{target_path::registry}, registry});
        return files;
    };
    auto older = pack_version(writer, root, with_registry(district.older_trust), 1, now - 2 * seconds_per_day);
    if (!older) return std::unexpected(older.error());
    auto newest = pack_version(writer, root, with_registry(district.trust), 2, now);
    if (!newest) return std::unexpected(newest.error());
    return DemoBundle{std::move(*newest), std::move(*older), crypto::sha256(root), std::move(records->files)};
}

}  // namespace pipa
