// Names of files: on the server and on the device.
#pragma once

#include "tuf/metadata.hpp"

namespace pipa::tuf {

// Relative to the metadata URL: "7.targets.json", "timestamp.json", "2.%E5%B1%85.json". A role's name is one part of a
// path, so everything but RFC 3986's unreserved characters is percent-encoded. Version 0: without one.
[[nodiscard]] std::string metadata_path(std::string_view role, std::uint64_t version);

// Relative to the targets URL, "dir/HASH.file" where snapshots are consistent (section 5.7.3). Section 4.5: a target path
// is a path-relative URL; what cannot stand in a URL's path is percent-encoded, what is encoded already stays.
[[nodiscard]] std::string target_url_path(std::string_view target_path, const TargetFile& file, bool consistent_snapshot);

// One file name without folders for any role or target path; different inputs, different names, and never '.' or '..'.
// Text that is too long for a file name is stored under its SHA-256.
[[nodiscard]] std::string file_name_of(std::string_view text);
[[nodiscard]] std::string stored_metadata_name(std::string_view role);  // "root.json"

}  // namespace pipa::tuf
