#include "trust/open_bundle.hpp"

#include <algorithm>
#include <array>

#include "tuf/names.hpp"

namespace pipa {
namespace {

using tuf::Answer;
using tuf::Client;
using tuf::Request;

using Shards = std::vector<StatusShard>;

// The client's whole world is the bundle: what is not in it is missing, and nothing was stored before.
Result<void> run(Client& client, const Bundle& bundle) {
    while (const Request* request = client.next()) {
        const Bytes* file = request->from == Request::From::MetadataUrl ? bundle.find_metadata(request->path) : nullptr;
        client.answer(file == nullptr ? Answer{Answer::Outcome::Missing, {}, {}} : Answer{Answer::Outcome::Found, *file, {}});
        static_cast<void>(client.take_writes());
    }
    if (client.error()) return std::unexpected(*client.error());
    return {};
}

// Nothing where it is signed that there is nothing: the roles on the way, all of them here, do not list the path.
Result<std::optional<ByteView>> take_if_listed(Client& client, const Bundle& bundle, std::string_view path) {
    const Bytes* content = bundle.find_target(path);
    client.find(path);
    if (auto found = run(client, bundle); !found) {
        if (!tuf::is_signed_absence(found.error())) return std::unexpected(found.error());
        if (content != nullptr) return fail(ErrorCode::BundleUnlistedTarget, {}, path.substr(0, 80));
        return std::optional<ByteView>{};
    }
    if (content == nullptr) return fail(ErrorCode::BundleMissingTarget, {}, path);
    if (auto right = check_target(*content, *client.found(), path); !right) return std::unexpected(right.error());
    return std::optional{ByteView{*content}};
}

Result<ByteView> take_target(Client& client, const Bundle& bundle, std::string_view path) {
    const auto content = take_if_listed(client, bundle, path);
    if (!content) return std::unexpected(content.error());
    if (!*content) return fail(ErrorCode::TufNoSuchTarget, {}, path);
    return **content;
}

const Bytes* find_pinned_root(const Bundle& bundle, const crypto::Digest& pin) {
    const auto is_pinned = [&](const BundleFile& file) { return file.name.ends_with(".root.json") && crypto::sha256(file.content) == pin; };
    const auto found = std::ranges::find_if(bundle.metadata, is_pinned);
    return found == bundle.metadata.end() ? nullptr : &found->content;
}

// A publisher's bundle begins with version 1.
const Bytes* find_oldest_root(const Bundle& bundle) { return bundle.find_metadata(tuf::metadata_path("root", 1)); }

struct Followed {
    Client client;
    std::vector<crypto::Digest> roots{};  // on the way to the newest, which is the last
};

Result<Followed> follow(const Bundle& bundle, const Bytes& root) {
    // With now = 0 nothing counts as expired.
    auto client = Client::open(root, 0);
    if (!client) return std::unexpected(client.error());
    std::vector roots{crypto::sha256(root)};
    const std::uint64_t first = client->trusted().root().version;
    if (auto refreshed = run(*client, bundle); !refreshed) return std::unexpected(refreshed.error());
    for (std::uint64_t version = first + 1; version <= client->trusted().root().version; ++version)
        if (const Bytes* next = bundle.find_metadata(tuf::metadata_path("root", version))) roots.push_back(crypto::sha256(*next));
    return Followed{std::move(*client), std::move(roots)};
}

// From the first root where the way from there leads past the pinned one: a device that saw an older root than this page carries knows the
// repository by it. What leads there proves nothing by itself, so otherwise the pinned root is the beginning.
Result<Followed> follow_past(const crypto::Digest& pin, const Bundle& bundle) {
    const Bytes* pinned = find_pinned_root(bundle, pin);
    if (pinned == nullptr) return fail(ErrorCode::BundleWrongRoot);
    const Bytes* oldest = find_oldest_root(bundle);
    if (oldest != nullptr && oldest != pinned)
        if (auto followed = follow(bundle, *oldest); followed && std::ranges::find(followed->roots, pin) != followed->roots.end()) return followed;
    return follow(bundle, *pinned);
}

Result<Shards> read_shards(Client& client, const Bundle& bundle) {
    Shards shards;
    for (const BundleFile& target : bundle.targets) {
        auto place = parse_status_path(target.name);
        if (!place) continue;
        const auto content = take_target(client, bundle, target.name);
        if (!content) return std::unexpected(content.error());
        auto list = StatusList::unpack(*content, status_bits, status_shard_bytes);
        if (!list) return std::unexpected(list.error());
        shards.push_back({std::move(place->store), place->shard, std::move(*list)});
    }
    return shards;
}

// What nobody vouches for, and what nobody asked for, has no place in a bundle.
Result<void> refuse_others(const Bundle& bundle, auto is_expected) {
    for (const BundleFile& target : bundle.targets)
        if (!is_expected(target.name)) return fail(ErrorCode::BundleUnlistedTarget, {}, target.name.substr(0, 80));
    return {};
}

Seen seen_in(const tuf::TrustedSet& trusted, std::vector<crypto::Digest> roots, const TrustStore& trust) {
    return {.roots = std::move(roots),
            .root = trusted.root().version,
            .timestamp = trusted.timestamp()->version,
            .snapshot = trusted.snapshot()->version,
            .targets = trusted.targets()->version,
            .pack = trust.pack().version,
            .signed_at = trust.as_of()};
}

RepositoryState state_of(const tuf::TrustedSet& trusted) {
    return {.expires = std::min({trusted.root().expires, trusted.timestamp()->expires, trusted.snapshot()->expires, trusted.targets()->expires}),
            .signed_at = trusted.timestamp()->signed_at};
}

Result<std::vector<CheckedStatement>> read_notices(Client& client, const Bundle& bundle, std::string_view path, const TrustStore& trust) {
    const auto file = take_if_listed(client, bundle, path);
    if (!file) return std::unexpected(file.error());
    if (!*file) return std::vector<CheckedStatement>{};
    const auto messages = decode_notices(**file);
    if (!messages) return std::unexpected(messages.error());
    std::vector<CheckedStatement> notices;
    notices.reserve(messages->size());
    for (const Bytes& message : *messages) notices.push_back(check_statement({message, parse_any_statement(message)}, trust));
    return notices;
}

Result<std::optional<RecordsHead>> read_records(Client& client, const Bundle& bundle, std::string_view path) {
    const auto file = take_if_listed(client, bundle, path);
    if (!file) return std::unexpected(file.error());
    if (!*file) return std::optional<RecordsHead>{};
    auto head = parse_records_head(**file);
    if (!head) return std::unexpected(head.error());
    return std::optional{std::move(*head)};
}

bool is_bundle_target(std::string_view path) {
    constexpr std::array known = {target_path::office, target_path::registry, target_path::notices, target_path::records};
    return parse_status_path(path) || std::ranges::find(known, path) != known.end();
}

}  // namespace

Result<OpenedBundle> open_bundle(ByteView file, const crypto::Digest& root_pin, ByteView last_seen) {
    const auto bundle = decode_bundle(file);
    if (!bundle) return std::unexpected(bundle.error());
    auto followed = follow_past(root_pin, *bundle);
    if (!followed) return std::unexpected(followed.error());
    Client* client = &followed->client;

    const auto office = take_target(*client, *bundle, target_path::office);
    if (!office) return std::unexpected(office.error());
    const auto registry = take_target(*client, *bundle, target_path::registry);
    if (!registry) return std::unexpected(registry.error());
    RepositoryState repository = state_of(client->trusted());
    auto shards = read_shards(*client, *bundle);
    if (!shards) return std::unexpected(shards.error());
    auto trust = TrustStore::open(*registry, *office, std::move(repository));
    if (!trust) return std::unexpected(trust.error());
    trust->add_shards(std::move(*shards));

    const Seen seen = seen_in(client->trusted(), std::move(followed->roots), *trust);
    if (const auto before = decode_seen(last_seen)) {
        const auto forward = check_goes_forward(*before, seen, client->trusted().rotated_at());
        if (!forward) return std::unexpected(forward.error());
    }
    if (auto ok = refuse_others(*bundle, is_bundle_target); !ok) return std::unexpected(ok.error());
    auto notices = read_notices(*client, *bundle, target_path::notices, *trust);
    if (!notices) return std::unexpected(notices.error());
    auto records = read_records(*client, *bundle, target_path::records);
    if (!records) return std::unexpected(records.error());
    return OpenedBundle{std::move(*trust), std::move(*notices), std::move(*records), to_bytes(*office), seen, std::move(*client)};
}

Result<SupplementContents> add_supplement(TrustStore& trust, Client& client, ByteView file, const SupplementPlace& place) {
    const auto bundle = decode_bundle(file);
    if (!bundle) return std::unexpected(bundle.error());
    const std::vector<std::string> expected = supplement_targets(place);
    if (auto ok = refuse_others(*bundle, [&](const std::string& path) { return std::ranges::find(expected, path) != expected.end(); }); !ok)
        return std::unexpected(ok.error());
    if (place.shard)
        if (const auto listed = take_if_listed(client, *bundle, expected.front()); !listed) return std::unexpected(listed.error());
    auto shards = read_shards(client, *bundle);
    if (!shards) return std::unexpected(shards.error());
    SupplementContents out;
    if (!place.store.empty()) {
        auto notices = read_notices(client, *bundle, in_store(place.store, target_path::notices), trust);
        if (!notices) return std::unexpected(notices.error());
        auto records = read_records(client, *bundle, in_store(place.store, target_path::records));
        if (!records) return std::unexpected(records.error());
        out = {std::move(*notices), std::move(*records)};
        trust.add_store(place.store);
    }
    trust.add_shards(std::move(*shards));
    return out;
}

void add_notices(std::vector<CheckedStatement>& notices, std::vector<CheckedStatement> more) {
    for (CheckedStatement& notice : more)
        if (std::ranges::find(notices, notice.digest, &CheckedStatement::digest) == notices.end()) notices.push_back(std::move(notice));
}

}  // namespace pipa
