#include "trust/open_bundle.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

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

Result<ByteView> take_target(Client& client, const Bundle& bundle, std::string_view path) {
    const Bytes* content = bundle.find_target(path);
    if (content == nullptr) return fail(ErrorCode::TufNotFound, {}, std::string{path});
    client.find(path);
    if (auto found = run(client, bundle); !found) {
        const bool unlisted = found.error().code == ErrorCode::TufNoSuchTarget;
        return unlisted ? fail(ErrorCode::BundleUnlistedTarget, {}, std::string{path}) : std::unexpected(found.error());
    }
    if (auto right = check_target(*content, *client.found(), path); !right) return std::unexpected(right.error());
    return ByteView{*content};
}

const Bytes* find_pinned_root(const Bundle& bundle, const crypto::Digest& pin) {
    const auto is_pinned = [&](const BundleFile& file) { return file.name.ends_with(".root.json") && crypto::sha256(file.content) == pin; };
    const auto found = std::ranges::find_if(bundle.metadata, is_pinned);
    return found == bundle.metadata.end() ? nullptr : &found->content;
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

Result<Bytes> take_optional(Client& client, const Bundle& bundle, std::string_view path) {
    if (bundle.find_target(path) == nullptr) return Bytes{};
    const auto content = take_target(client, bundle, path);
    if (!content) return std::unexpected(content.error());
    return to_bytes(*content);
}

// Every target is one of those that were taken: what nobody vouches for has no place in a bundle.
Result<void> refuse_others(const Bundle& bundle, std::span<const std::string_view> taken) {
    for (const BundleFile& target : bundle.targets)
        if (!parse_status_path(target.name) && std::ranges::find(taken, target.name) == taken.end())
            return fail(ErrorCode::BundleUnlistedTarget, {}, target.name.substr(0, 80));
    return {};
}

Seen seen_in(const tuf::TrustedSet& trusted, const crypto::Digest& pin, const TrustStore& trust) {
    return {.first_root = pin,
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

// "tangqi/notices.cbor"
bool is_delegates_notices(std::string_view path) noexcept {
    const std::size_t slash = path.find('/');
    return slash != std::string_view::npos && is_delegate_name(path.substr(0, slash)) && path.substr(slash + 1) == target_path::notices;
}

Result<std::vector<CheckedStatement>> read_notices(ByteView file, const TrustStore& trust) {
    if (file.empty()) return std::vector<CheckedStatement>{};
    const auto messages = decode_notices(file);
    if (!messages) return std::unexpected(messages.error());
    std::vector<CheckedStatement> notices;
    notices.reserve(messages->size());
    for (const Bytes& message : *messages) notices.push_back(check_statement({message, parse_any_statement(message)}, trust));
    return notices;
}

}  // namespace

Result<OpenedBundle> open_bundle(ByteView file, const crypto::Digest& root_pin, ByteView last_seen) {
    const auto bundle = decode_bundle(file);
    if (!bundle) return std::unexpected(bundle.error());
    const Bytes* root = find_pinned_root(*bundle, root_pin);
    if (root == nullptr) return fail(ErrorCode::BundleWrongRoot);
    // With now = 0 nothing counts as expired.
    auto client = Client::open(*root, 0);
    if (!client) return std::unexpected(client.error());
    if (auto refreshed = run(*client, *bundle); !refreshed) return std::unexpected(refreshed.error());

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

    const Seen seen = seen_in(client->trusted(), root_pin, *trust);
    if (const auto before = decode_seen(last_seen)) {
        const auto forward = check_goes_forward(*before, seen, client->trusted().rotated_at());
        if (!forward) return std::unexpected(forward.error());
    }
    const auto notice_file = take_optional(*client, *bundle, target_path::notices);
    if (!notice_file) return std::unexpected(notice_file.error());
    constexpr std::array taken = {target_path::office, target_path::registry, target_path::notices};
    if (auto ok = refuse_others(*bundle, taken); !ok) return std::unexpected(ok.error());
    auto notices = read_notices(*notice_file, *trust);
    if (!notices) return std::unexpected(notices.error());
    return OpenedBundle{std::move(*trust), std::move(*notices), to_bytes(*office), seen, std::move(*client)};
}

Result<std::vector<CheckedStatement>> add_supplement(TrustStore& trust, tuf::Client& client, ByteView file) {
    const auto bundle = decode_bundle(file);
    if (!bundle) return std::unexpected(bundle.error());
    std::vector<std::string_view> notice_paths;
    for (const BundleFile& target : bundle->targets)
        if (is_delegates_notices(target.name)) notice_paths.push_back(target.name);
    if (auto ok = refuse_others(*bundle, notice_paths); !ok) return std::unexpected(ok.error());
    auto shards = read_shards(client, *bundle);
    if (!shards) return std::unexpected(shards.error());
    std::vector<CheckedStatement> notices;
    for (const std::string_view path : notice_paths) {
        const auto content = take_target(client, *bundle, path);
        if (!content) return std::unexpected(content.error());
        auto more = read_notices(*content, trust);
        if (!more) return more;
        std::ranges::move(*more, std::back_inserter(notices));
    }
    trust.add_shards(std::move(*shards));
    return notices;
}

void add_notices(std::vector<CheckedStatement>& notices, std::vector<CheckedStatement> more) {
    for (CheckedStatement& notice : more)
        if (std::ranges::find(notices, notice.digest, &CheckedStatement::digest) == notices.end()) notices.push_back(std::move(notice));
}

}  // namespace pipa
