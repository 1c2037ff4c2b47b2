// A small update repository in memory and a device that follows it, for tests. The repository's metadata are plain JSON
// values that a test may bend before publish() signs them. Its keys are worthless_key(label).
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "tuf/client.hpp"

namespace pipa::test {

inline constexpr UnixSeconds repository_now = 1'795'000'000;  // November 2026

class Repository {
public:
    using Body = nlohmann::json;

    Repository();  // version 1 of everything: one key each, consistent snapshots, published

    std::map<std::string, Body> bodies{};                      // "signed" by role name
    std::map<std::string, std::vector<std::string>> signers{};  // labels of keys by role name
    bool list_hashes = true;                                   // of metadata, in snapshot and timestamp

    Body& operator[](const std::string& role) { return bodies.at(role); }
    // Adds a key to `keys` of the root or of delegations, and gives its id.
    static std::string add_key(Body& keys, const std::string& label);
    // The role's keys in the root from now on, and those that sign for it.
    void set_root_role(const std::string& role, const std::vector<std::string>& labels, unsigned threshold = 1);
    // A delegated role with one key named like itself; `delegation` gives paths and what else the entry has.
    void delegate(const std::string& delegator, const std::string& name, Body delegation);
    void add_target(const std::string& role, const std::string& path, std::string_view content);

    // Signs the roles in their order, each with the next version, listed in snapshot or timestamp. Then they can be fetched.
    void publish(const std::vector<std::string>& roles);
    void publish_all() { publish({"targets", "snapshot", "timestamp"}); }
    // The signed file, without publishing it.
    [[nodiscard]] Bytes sign(const std::string& role) const;

    std::map<std::string, Bytes> files{};  // "metadata/1.root.json", "targets/HASH.name"
};

// A device that stores what the client tells it to, and fetches from a repository.
class Device {
public:
    explicit Device(const Repository& repository);  // trusts its 1.root.json

    std::map<std::string, Bytes> storage{};  // by file name
    std::vector<std::string> requests{};     // of the last refresh or download, without the bases
    tuf::Limits limits{};
    UnixSeconds now = repository_now;
    // When set, what comes back instead of the repository's own answer.
    std::function<std::optional<tuf::Answer>(const tuf::Request&)> interfere{};

    // "ok" or the error's code and detail.
    [[nodiscard]] std::string refresh(const Repository& repository);
    // Refreshes, then looks for the targets in turn with one client. The content of the last, or the first error.
    [[nodiscard]] std::string download_all(const Repository& repository, const std::vector<std::string>& targets);
    [[nodiscard]] std::string download(const Repository& repository, const std::string& target) {
        return download_all(repository, {target});
    }
    [[nodiscard]] std::uint64_t version(const std::string& role) const;  // 0: none stored
    [[nodiscard]] std::string versions() const;                         // "root 1, timestamp 2, snapshot 2, targets 2"

private:
    [[nodiscard]] tuf::Answer answer(const Repository& repository, const tuf::Request& request);
    void run(const Repository& repository, tuf::Client& client);
};

struct Followed {  // a repository and a device that has followed it once
    Repository repository{};
    Device device{repository};
    Followed();  // throws where that fails
};

}  // namespace pipa::test
