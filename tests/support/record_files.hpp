// Record files and their head for tests, built naively by RFC 9162's own recursion: nothing of the publisher's is used.
#pragma once

#include "trust/records.hpp"

namespace pipa::test {

struct BuiltRecords {
    RecordsHead head{};
    std::vector<Bytes> files{};     // by index
    std::vector<Bytes> contents{};  // the same, compressed, without the envelope
};

// 2^bits files, each group of the same edition.
[[nodiscard]] BuiltRecords build_records(const std::vector<CertificateRecord>& records, std::uint32_t bits, std::uint64_t edition = 1);
// The same of contents that a test has bent: envelopes and roots that fit them.
[[nodiscard]] BuiltRecords enclose_contents(std::vector<Bytes> contents, std::uint64_t certificates = 0, std::uint64_t edition = 1);

// A zlib stream of `packed`.
[[nodiscard]] Bytes zlib_of(ByteView packed);

}  // namespace pipa::test
