// From a whole update repository to a bundle (bundle.hpp): the client of src/tuf follows it from a root that is trusted, and what it
// read on the way is what a phone needs. Pure: the caller gets the files. `now` as for the client: 0 where age does not matter.
// Errors: tuf.*, those of what is followed.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "trust/bundle.hpp"
#include "tuf/client.hpp"

namespace pipa {

// A file below the metadata or the targets URL; nothing where there is none.
using GetFile = std::function<std::optional<Bytes>(const tuf::Request& request)>;

// As a device that has `first_root` and nothing else. Each of `targets` must be there; without any it is a trial.
[[nodiscard]] Result<Bundle> collect_bundle(ByteView first_root, UnixSeconds now, const GetFile& get, std::span<const std::string> targets);

// What add_supplement() takes: these targets and the delegated roles on the way to them, for a client that has refreshed. What
// the repository does not list, or does not have, is left out: it cannot be checked then.
[[nodiscard]] Result<Bundle> collect_supplement(tuf::Client& client, const GetFile& get, std::span<const std::string> targets);

}  // namespace pipa
