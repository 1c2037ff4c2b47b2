// From the signed part of a metadata file to its values. Inside src/tuf only.
// Errors: tuf.wrong_type, tuf.spec_version, tuf.bad_field, tuf.duplicate_key with the field's path as detail.
#pragma once

#include "tuf/fields.hpp"
#include "tuf/metadata.hpp"

namespace pipa::tuf {

[[nodiscard]] Result<Root> decode_root(const JsonValue& body);
[[nodiscard]] Result<Timestamp> decode_timestamp(const JsonValue& body);
[[nodiscard]] Result<Snapshot> decode_snapshot(const JsonValue& body);
[[nodiscard]] Result<Targets> decode_targets(const JsonValue& body);

// What several kinds share (decode_common.cpp).
struct Common {
    std::uint64_t version{};
    UnixSeconds expires{};
};
[[nodiscard]] Common read_common(Fields& body, std::string_view type);
[[nodiscard]] Keys read_keys(const JsonValue& object, const std::string& where, std::optional<Error>& problem);
[[nodiscard]] Role read_role(Fields& role);
[[nodiscard]] Hashes read_hashes(Fields& file);

inline constexpr std::uint64_t max_version = (std::uint64_t{1} << 53) - 1;  // exact in every JSON reader

// The four names that no delegated role may take.
[[nodiscard]] bool is_top_level_role(std::string_view name) noexcept;

}  // namespace pipa::tuf
