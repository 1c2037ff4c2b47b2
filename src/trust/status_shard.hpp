// Which part of the status list a certificate's index falls into, and what the two bits mean.
// A shard is 8,192 bytes unpacked, so whatever is withdrawn, a phone fetches at most 8 KB and a few bytes for one
// certificate out of any number: 100 million certificates are 3,052 shards.
// Token Status List section 7.1 names the values: 0 VALID, 1 INVALID, 2 SUSPENDED, 3 APPLICATION_SPECIFIC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pipa {

inline constexpr unsigned status_bits = 2;
inline constexpr std::uint32_t status_shard_entries = 32'768;
inline constexpr std::size_t status_shard_bytes = status_shard_entries * status_bits / 8;

enum class Status : std::uint8_t {
    Valid = 0,
    Invalid = 1,    // withdrawn for good
    Suspended = 2,  // until further notice
    Recalled = 3,   // the application's own: the goods are called back
};

// Where a certificate's two bits are: which store's list (empty: the district's own; else a delegated one's name), which part.
struct StatusPlace {
    std::string store{};
    std::uint32_t shard{};
};
[[nodiscard]] std::string status_path(const StatusPlace& place);   // the target's path: "status/3", "tangqi/status/3"
[[nodiscard]] std::optional<StatusPlace> parse_status_path(std::string_view path);  // written in the one way there is

[[nodiscard]] constexpr std::uint32_t status_shard_of(std::uint32_t status_index) noexcept { return status_index / status_shard_entries; }
[[nodiscard]] constexpr std::uint32_t status_entry_of(std::uint32_t status_index) noexcept { return status_index % status_shard_entries; }

}  // namespace pipa
