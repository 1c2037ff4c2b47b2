#include "trust/collect_bundle.hpp"

#include <algorithm>

#include "tuf/names.hpp"

namespace pipa {
namespace {

using tuf::Answer;
using tuf::Client;
using tuf::Request;

class Collector {
public:
    explicit Collector(const GetFile& get) : m_get(get) {}

    Result<void> run(Client& client) {
        while (const Request* request = client.next()) {
            client.answer(answer_to(*request));
            static_cast<void>(client.take_writes());
        }
        if (client.error()) return std::unexpected(*client.error());
        return {};
    }

    Result<void> take(Client& client, const std::string& path) {
        client.find(path);
        if (auto found = run(client); !found) return found;
        auto content = m_get(client.target_request());
        if (!content) return fail(ErrorCode::TufNotFound, {}, path);
        if (auto right = check_target(*content, *client.found(), path); !right) return right;
        m_bundle.targets.push_back({path, std::move(*content)});
        return {};
    }

    Result<void> take_if_listed(Client& client, const std::string& path) {
        auto taken = take(client, path);
        return !taken && tuf::is_signed_absence(taken.error()) ? Result<void>{} : taken;
    }

    void add_metadata(std::string name, Bytes content) {
        if (std::ranges::find(m_bundle.metadata, name, &BundleFile::name) == m_bundle.metadata.end()) m_bundle.metadata.push_back({std::move(name), std::move(content)});
    }

    // In the order that a bundle's own search counts on.
    [[nodiscard]] Bundle finish() {
        std::ranges::sort(m_bundle.metadata, {}, &BundleFile::name);
        std::ranges::sort(m_bundle.targets, {}, &BundleFile::name);
        return std::move(m_bundle);
    }

private:
    // Nothing was stored before, so that the client passes everything that a phone will pass.
    Answer answer_to(const Request& request) {
        if (request.from != Request::From::MetadataUrl) return {Answer::Outcome::Missing, {}, {}};
        auto content = m_get(request);
        if (!content) return {Answer::Outcome::Missing, {}, {}};
        add_metadata(request.path, *content);
        return {Answer::Outcome::Found, std::move(*content), {}};
    }

    const GetFile& m_get;
    Bundle m_bundle{};
};

}  // namespace

Result<Bundle> collect_bundle(ByteView first_root, UnixSeconds now, const GetFile& get, std::span<const std::string> needed,
                              std::span<const std::string> if_listed) {
    auto client = Client::open(first_root, now);
    if (!client) return std::unexpected(client.error());
    Collector collector(get);
    collector.add_metadata(tuf::metadata_path("root", client->trusted().root().version), to_bytes(first_root));
    if (auto refreshed = collector.run(*client); !refreshed) return std::unexpected(refreshed.error());
    for (const std::string& path : needed)
        if (auto taken = collector.take(*client, path); !taken) return std::unexpected(taken.error());
    for (const std::string& path : if_listed)
        if (auto taken = collector.take_if_listed(*client, path); !taken) return std::unexpected(taken.error());
    return collector.finish();
}

Result<Bundle> collect_supplement(Client& client, const GetFile& get, std::span<const std::string> if_listed) {
    Collector collector(get);
    for (const std::string& path : if_listed)
        if (auto taken = collector.take_if_listed(client, path); !taken) return std::unexpected(taken.error());
    return collector.finish();
}

}  // namespace pipa
