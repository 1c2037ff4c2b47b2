// From a whole update repository to a bundle (bundle.hpp): the client of src/tuf follows it from a root that is trusted, and what it
// read on the way is what a phone needs. Pure: the caller gets the files. `now` as for the client: 0 where age does not matter.
// Errors: tuf.*, those of what is followed; tuf.not_found, with its path, for a target
// that is listed and that the caller does not have.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "trust/bundle.hpp"
#include "tuf/client.hpp"

namespace pipa {

// A file below the metadata or the targets URL; nothing where there is none.
using GetFile = std::function<std::optional<Bytes>(const tuf::Request& request)>;

// As a device that has `first_root` and nothing else. Each of `needed` must be listed and there; without any it is a trial. Each of `if_listed`
// must be there where it is listed; where it is not, the roles that do not list it go along, so that a phone sees that it is not.
[[nodiscard]] Result<Bundle> collect_bundle(ByteView first_root, UnixSeconds now, const GetFile& get, std::span<const std::string> needed,
                                            std::span<const std::string> if_listed = {});

// What add_supplement() takes, for a client that has refreshed: each of `if_listed` as above, and the delegated roles on the way.
[[nodiscard]] Result<Bundle> collect_supplement(tuf::Client& client, const GetFile& get, std::span<const std::string> if_listed);

}  // namespace pipa
