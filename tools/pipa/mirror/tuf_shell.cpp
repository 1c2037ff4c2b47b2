#include "pipa/mirror/tuf_shell.hpp"

#include "host/atomic_file.hpp"
#include "host/files.hpp"
#include "host/folder_lock.hpp"
#include "host/http.hpp"
#include "host/staged_folder.hpp"
#include "tuf/names.hpp"

namespace pipa {
namespace {

namespace fs = std::filesystem;
using tuf::Answer;
using tuf::Request;

constexpr std::size_t max_root_bytes = tuf::Limits{}.root_bytes;

std::string joined(const std::string& base, const std::string& path) {
    return base.ends_with('/') ? base + path : base + "/" + path;
}

Answer to_answer(HttpAnswer got) {
    static constexpr Answer::Outcome outcomes[] = {Answer::Outcome::Found, Answer::Outcome::Missing,
                                                   Answer::Outcome::Unreachable, Answer::Outcome::TooLarge};
    return {outcomes[static_cast<std::size_t>(got.outcome)], std::move(got.content), std::move(got.reason)};
}

class Session {
public:
    Session(const TufPlaces& places, const TufWatcher& watch) : m_places(places), m_watch(watch) {}

    // Runs the client's present task to its end.
    [[nodiscard]] Result<void> run(tuf::Client& client) {
        while (const Request* request = client.next()) {
            client.answer(get(*request));
            for (const tuf::Write& write : client.take_writes())
                if (const auto kept = keep(write); !kept) return kept;
        }
        if (client.error()) return std::unexpected(*client.error());
        return {};
    }

    [[nodiscard]] Result<DownloadedTarget> download(tuf::Client& client, const std::string& name) {
        client.find(name);
        if (const auto searched = run(client); !searched) return std::unexpected(searched.error());
        const tuf::TargetFile& target = *client.found();
        DownloadedTarget done{.name = name, .file = m_places.target_dir / tuf::file_name_of(name), .bytes = target.length};
        if (const auto old = read_file(done.file, target.length); old && check_target(*old, target, name)) {
            done.was_there = true;
            return done;
        }
        const Answer got = get(client.target_request());
        switch (got.outcome) {
            case Answer::Outcome::Found: break;
            case Answer::Outcome::Missing: return fail(ErrorCode::TufNotFound, {}, name);
            case Answer::Outcome::Unreachable: return fail(ErrorCode::TufUnreachable, {}, name + ": " + got.detail);
            case Answer::Outcome::TooLarge: return fail(ErrorCode::TufWrongLength, {}, name);
        }
        if (const auto right = check_target(got.content, target, name); !right) return std::unexpected(right.error());
        if (const auto written = write_file_atomically(done.file, got.content); !written) return std::unexpected(written.error());
        return done;
    }

private:
    [[nodiscard]] Answer get(const Request& request) {
        switch (request.from) {
            case Request::From::Storage: break;
            case Request::From::MetadataUrl: return fetch(joined(m_places.metadata_url, request.path), request.max_bytes);
            case Request::From::TargetsUrl: return fetch(joined(m_places.target_base_url, request.path), request.max_bytes);
        }
        auto content = read_file(m_places.metadata_dir / request.path, request.max_bytes);
        if (!content) return {.outcome = Answer::Outcome::Missing};
        return {.outcome = Answer::Outcome::Found, .content = std::move(*content)};
    }

    [[nodiscard]] Answer fetch(const std::string& url, std::uint64_t max_bytes) {
        if (m_watch) m_watch(url);
        return to_answer(m_http.get(url, max_bytes));
    }

    [[nodiscard]] Result<void> keep(const tuf::Write& write) {
        const fs::path file = m_places.metadata_dir / write.file_name;
        if (write.content) return write_file_atomically(file, *write.content);
        std::error_code problem;
        fs::remove(file, problem);
        if (problem) return fail(ErrorCode::FileUnwritable, {}, system_reason(problem.value(), file));
        return {};
    }

    const TufPlaces& m_places;
    const TufWatcher& m_watch;
    HttpClient m_http{};
};

Result<tuf::Client> open_client(const fs::path& metadata_dir, UnixSeconds now) {
    const fs::path file = metadata_dir / tuf::stored_metadata_name("root");
    std::error_code problem;
    if (!fs::exists(file, problem)) return fail(ErrorCode::TufNoTrustedRoot, {}, metadata_dir.string());
    const auto root = read_file(file, max_root_bytes);
    if (!root) return std::unexpected(root.error());
    return tuf::Client::open(*root, now);
}

}  // namespace

Result<tuf::Root> init_trust(const fs::path& metadata_dir, const fs::path& root_file) {
    const auto root = read_file(root_file, max_root_bytes);
    if (!root) return std::unexpected(root.error());
    const auto trusted = tuf::TrustedSet::open(*root, 0);
    if (!trusted) return std::unexpected(trusted.error());
    if (const auto made = make_folder(metadata_dir); !made) return std::unexpected(made.error());
    const auto lock = lock_folder(metadata_dir);
    if (!lock) return std::unexpected(lock.error());
    const auto written = write_file_atomically(metadata_dir / tuf::stored_metadata_name("root"), *root, IfExists::Refuse);
    if (!written) return std::unexpected(written.error());
    return trusted->root();
}

Result<tuf::TrustedSet> refresh_trust(const TufPlaces& places, UnixSeconds now, const TufWatcher& watch) {
    const auto lock = lock_folder(places.metadata_dir);
    if (!lock) return std::unexpected(lock.error());
    auto client = open_client(places.metadata_dir, now);
    if (!client) return std::unexpected(client.error());
    if (const auto refreshed = Session(places, watch).run(*client); !refreshed) return std::unexpected(refreshed.error());
    return client->trusted();
}

Result<void> download_targets(const TufPlaces& places, const std::vector<std::string>& names, UnixSeconds now,
                              const TufWatcher& watch, const std::function<void(const DownloadedTarget&)>& done) {
    const auto lock = lock_folder(places.metadata_dir);
    if (!lock) return std::unexpected(lock.error());
    if (const auto made = make_folder(places.target_dir); !made) return made;
    auto client = open_client(places.metadata_dir, now);
    if (!client) return std::unexpected(client.error());
    Session session(places, watch);
    if (const auto refreshed = session.run(*client); !refreshed) return refreshed;
    for (const std::string& name : names) {
        const auto downloaded = session.download(*client, name);
        if (!downloaded) return std::unexpected(downloaded.error());
        done(*downloaded);
    }
    return {};
}

}  // namespace pipa
