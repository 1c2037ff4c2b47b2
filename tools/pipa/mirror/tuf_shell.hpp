// Files and network around the TUF client of src/tuf: a folder of trusted metadata, kept in step with a repository.
//
// The folder holds root.json, timestamp.json, snapshot.json, targets.json and one file for each delegated role that was
// needed, byte for byte as fetched. Each is replaced in one step, in the order of the specification, so a break at any
// moment leaves the last good state. Two processes on one folder wait for each other.
// Errors: tuf.*, file.*.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "tuf/client.hpp"

namespace pipa {

struct TufPlaces {
    std::filesystem::path metadata_dir{};
    std::string metadata_url{};     // with or without a '/' at its end
    std::string target_base_url{};  // likewise
    std::filesystem::path target_dir{};
};

// Called with each URL before it is fetched.
using TufWatcher = std::function<void(const std::string& url)>;

// Stores a root that came here by a way that is trusted. Refuses one that is not signed by its own keys, and a folder
// that has a root already (file.exists): a root is only ever replaced by its successor.
[[nodiscard]] Result<tuf::Root> init_trust(const std::filesystem::path& metadata_dir, const std::filesystem::path& root_file);

[[nodiscard]] Result<tuf::TrustedSet> refresh_trust(const TufPlaces& places, UnixSeconds now, const TufWatcher& watch);

struct DownloadedTarget {
    std::string name{};
    std::filesystem::path file{};
    std::uint64_t bytes{};
    bool was_there{};  // a copy with the right hashes was there already, and nothing was fetched
};

// Refreshes once, then fetches the targets in their order and stops at the first that fails. `done` is called after each.
[[nodiscard]] Result<void> download_targets(const TufPlaces& places, const std::vector<std::string>& names, UnixSeconds now,
                                            const TufWatcher& watch,
                                            const std::function<void(const DownloadedTarget&)>& done);

}  // namespace pipa
