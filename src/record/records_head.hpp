// The records head: how many record files (record_file.hpp) a store publishes, and the Merkle roots that prove each of them. It is a
// target of the update repository, so a phone that knows it knows every file of every certificate by 2.3 KB. Wire form: records.cddl.
// Files are dealt out by the first `bits` bits of SHA-256 of the certificate number; they fall into at most 64 groups by the first 6 of
// these, each with a root and an edition of its own, so that one certificate more makes one group's files anew.
// Reading checks the form only; trust/records.hpp holds files against it. Errors: records.bad_head, cbor.*.
#pragma once

#include <array>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

inline constexpr std::size_t max_records_head_bytes = 4096;
inline constexpr std::uint32_t max_record_bits = 32;
inline constexpr std::uint32_t max_record_group_bits = 6;

struct RecordsGroup {
    std::uint64_t edition{};             // of the head when one of the group's files last changed; from 1
    std::array<std::uint8_t, 32> root{}; // over the contents of its files
};

struct RecordsHead {
    std::uint64_t edition{};       // from 1
    std::uint64_t certificates{};
    std::uint32_t bits{};          // 2^bits files, 0 to 32
    std::uint64_t fewest{};        // the fewest certificates that share one file: what a server learns is one among so many
    std::vector<RecordsGroup> groups{};  // exactly 2^group_bits()

    [[nodiscard]] std::uint32_t group_bits() const noexcept { return bits < max_record_group_bits ? bits : max_record_group_bits; }
    // Of the file of this index, which is less than 2^bits.
    [[nodiscard]] const RecordsGroup& group_of(std::uint32_t index) const noexcept { return groups[index >> (bits - group_bits())]; }
};

[[nodiscard]] Result<RecordsHead> parse_records_head(ByteView file);
[[nodiscard]] Result<Bytes> encode_records_head(const RecordsHead& head);

}  // namespace pipa
