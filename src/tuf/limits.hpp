// Hard maxima of the TUF client (specification section 5 leaves the numbers W, X, Y, Z to the application).
#pragma once

#include <cstddef>
#include <cstdint>

namespace pipa::tuf {

struct Limits {
    std::size_t root_bytes = std::size_t{512} << 10;       // W of section 5.3.3
    std::size_t timestamp_bytes = std::size_t{16} << 10;   // X of section 5.4.1
    std::size_t snapshot_bytes = std::size_t{4} << 20;     // Y of section 5.5.1, and no listed length is above it
    std::size_t targets_bytes = std::size_t{16} << 20;     // Z of section 5.6.1, likewise
    std::uint64_t target_bytes = std::uint64_t{256} << 20; // a target file itself
    std::uint32_t root_rotations = 256;                    // Y of section 5.3.3: root files in one update
    std::uint32_t visited_roles = 32;                      // of section 5.6.7.1: delegated roles in one search
};

inline constexpr std::size_t max_signatures = 256;    // in one file
inline constexpr std::size_t max_keys_of_role = 64;
inline constexpr std::size_t max_role_name_bytes = 80;  // so that its file name fits every file system, even encoded

}  // namespace pipa::tuf
