// Record files: the records of a store's certificates (certificate, dossier, proof of the public log), dealt out over 2^bits files of which a
// phone fetches the one that its certificate is in. Wire form: records.cddl. A file is an envelope, whose content the records head
// (records_head.hpp) proves by a Merkle root, and inside it the records, in one zlib stream.
// Reading checks the form only: trust/records.hpp verifies and inflates. Errors: records.*, cbor.*; offsets are into what was given.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa {

inline constexpr std::size_t max_record_file_bytes = 65'536;                   // as published
inline constexpr std::size_t max_record_content_bytes = std::size_t{1} << 20;  // inflated
inline constexpr std::size_t max_record_entries = 4'096;
inline constexpr std::size_t max_record_proof_hashes = 26;  // max_record_bits less the bits of a group
inline constexpr std::size_t max_log_proof_bytes = 65'536;

// A dossier that no record file has room for: a file of its own, of which only so much is said here.
struct LargeDossier {
    std::array<std::uint8_t, 32> digest{};  // SHA-256
    std::uint64_t bytes{};                  // 1 to max_dossier_bytes
};

struct CertificateRecord {
    std::string number{};
    Bytes certificate{};  // the signed message
    Bytes dossier{};      // empty: none is published, or it is a large one
    std::optional<LargeDossier> large_dossier{};
    Bytes log_proof{};    // that the certificate is in a public log (C2SP tlog-proof); may be empty
};

struct RecordEnvelope {
    std::uint32_t index{};  // the first `bits` bits of SHA-256 of each number inside
    std::vector<std::array<std::uint8_t, 32>> proof{};  // from the content's sibling up to the root's child
    Bytes content{};        // compressed
};

[[nodiscard]] Result<RecordEnvelope> parse_record_envelope(ByteView file);
[[nodiscard]] Result<Bytes> encode_record_envelope(const RecordEnvelope& envelope);

// The inflated content: records in the order of their numbers, each number once. A certificate that parses carries the number that it stands under.
[[nodiscard]] Result<std::vector<CertificateRecord>> parse_records(ByteView content);
// `records` in any order; records.duplicate names a number that stands twice.
[[nodiscard]] Result<Bytes> encode_records(std::vector<CertificateRecord> records);

}  // namespace pipa
