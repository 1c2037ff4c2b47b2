// Which delegated roles are trusted with a target path (specification section 4.5, "paths" and "path_hash_prefixes").
#pragma once

#include "tuf/metadata.hpp"

namespace pipa::tuf {

// PATHPATTERN, as glob(7): '*' and '?' and '[...]' match within one part of a path, never a '/'. Upper and lower case
// differ; '?' stands for one character, not one byte. Takes time proportional to both lengths multiplied.
// fnmatch(3) would do the same by the locale of the process, and the browser build has none.
[[nodiscard]] bool matches_path_pattern(std::string_view pattern, std::string_view path) noexcept;

[[nodiscard]] bool is_delegated_path(const Delegation& delegation, std::string_view path);

// TAP 15: the name of the one bin that holds the path: "bins-3f".
[[nodiscard]] std::string bin_name(const SuccinctRoles& roles, std::string_view path);
[[nodiscard]] std::string last_bin_name(const SuccinctRoles& roles);

}  // namespace pipa::tuf
