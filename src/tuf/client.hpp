// The TUF client's workflow (The Update Framework, specification 1.0.34, section 5) as a state machine without files,
// network or clock. A face opens it with the root that the device holds and then does what it asks for:
//
//     auto client = tuf::Client::open(root_file, now);
//     while (const tuf::Request* request = client->next()) {
//         client->answer(face.get(*request));                            // a stored file, or one over the network
//         for (const auto& write : client->take_writes()) face.keep(write);  // at once: the order matters
//     }
//     if (client->error()) ...                                            // what was trusted before still is
//
// open() begins a refresh; find() begins the search for a target after a refresh that succeeded. Nothing is trusted for
// having been trusted before: stored files are verified again by the keys that count now.
//
// Requests of a refresh where nothing has changed: section 5.3.3 demands that the next root be asked for every time, so
// there are two, of which the first finds nothing and the second brings the timestamp. Where the timestamp itself states the
// version of the current root, as those of our own publisher do, it is asked for first, and that one is enough (README.md).
// A face that gets several files in one request (a bundle) answers all from it. Errors: tuf.*.
#pragma once

#include <utility>

#include "tuf/trusted_set.hpp"

namespace pipa::tuf {

struct Request {
    enum class From : std::uint8_t { Storage, MetadataUrl, TargetsUrl };
    From from{};
    std::string path{};         // a file name in storage, or relative to the URL and percent-encoded
    std::uint64_t max_bytes{};  // more than this need not be read
};

struct Answer {
    enum class Outcome : std::uint8_t { Found, Missing, Unreachable, TooLarge };
    Outcome outcome{};
    Bytes content{};
    std::string detail{};  // of Unreachable: why, for the error
};

// A file to store under this name, replacing the old one in one step, or to remove where there is no content.
struct Write {
    std::string file_name{};
    std::optional<Bytes> content{};
};

class Client {
public:
    [[nodiscard]] static Result<Client> open(ByteView root_file, UnixSeconds now, const Limits& limits = {});

    // What the running task needs next; null when it has ended. Stays the same until it is answered.
    [[nodiscard]] const Request* next() const noexcept { return m_request ? &*m_request : nullptr; }
    void answer(Answer answer);
    [[nodiscard]] std::vector<Write> take_writes() { return std::exchange(m_writes, {}); }
    // Why the last task failed; empty while it runs and when it succeeded.
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return m_error; }

    // Begins the search of section 5.6.7. Without a refresh that succeeded, that refresh's error stays.
    void find(std::string_view target_path);
    // What the search found; null when none has succeeded since the last find().
    [[nodiscard]] const TargetFile* found() const noexcept { return m_found ? &*m_found : nullptr; }
    // Section 5.7.3: how to fetch it. Check what comes with check_target(). Only after found().
    [[nodiscard]] Request target_request() const;

    [[nodiscard]] const TrustedSet& trusted() const noexcept { return m_trusted; }

private:
    enum class Stage : std::uint8_t {
        KnownTimestamp, EarlyTimestamp, Root, StoredTimestamp, Timestamp, StoredSnapshot, Snapshot, StoredTargets, Targets,  // refresh
        Refreshed, StoredDelegated, Delegated,                                               // search
        Failed,
    };

    explicit Client(TrustedSet trusted) : m_trusted(std::move(trusted)) {}

    void ask_storage(Stage stage, std::string_view role);
    void ask_metadata(Stage stage, std::string_view role, std::uint64_t version, std::uint64_t max_bytes);
    void ask_listed(Stage stage, std::string_view role, const MetaFile& file, std::size_t limit);
    void ask_next_root();
    void keep(std::string_view role, Bytes content);
    void stop(Error error);
    void end_task(Stage stage);

    void got_stored(const Answer& answer);
    void got_fetched(Answer answer);
    void got_known_timestamp(const Answer& answer);
    void got_early_timestamp(Answer answer);
    [[nodiscard]] bool is_root_stated_current() const noexcept;
    void start_in_order();
    void got_root(Bytes file);
    void root_is_latest();
    void got_timestamp(Bytes file);
    void timestamp_is_latest();
    void got_snapshot(Bytes file);
    void got_targets(Bytes file);

    void visit_next();
    void visited(const std::shared_ptr<const Targets>& targets);
    void push_delegations(const std::shared_ptr<const Targets>& targets);
    void take_target(const TargetFile& file);

    TrustedSet m_trusted;
    Stage m_stage{Stage::Root};
    std::optional<Request> m_request{};
    std::vector<Write> m_writes{};
    std::optional<Error> m_error{};
    std::uint32_t m_rotations{};

    std::string m_target_path{};
    std::vector<Delegated> m_to_visit{};  // the last is next
    std::optional<Delegated> m_visiting{};
    std::vector<std::string> m_visited{};  // few: limits.hpp
    std::optional<TargetFile> m_found{};
};

// Whether a search that ended with this error has shown that no signed role lists the target; any other error leaves it open.
[[nodiscard]] bool is_signed_absence(const Error& error) noexcept;

}  // namespace pipa::tuf
