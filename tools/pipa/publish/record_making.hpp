// From records to the contents of record files and the Merkle trees that prove them; trust/records.hpp is the reader's side. Pure: the same
// records give the same bytes. Errors: records.*, dossier.too_large.
#pragma once

#include "record/record_file.hpp"
#include "record/records_head.hpp"
#include "tlog/merkle.hpp"

namespace pipa::publish {

// So many certificates share each file at least, once there are twice as many: what a server learns of a scan is one among them.
inline constexpr std::uint64_t fewest_certificates = 32;

// Into how many files certificates of these places (trust/records.hpp) are dealt.
class PlaceCounts {
public:
    explicit PlaceCounts(std::uint64_t certificates);  // so many will be added
    void add(std::uint32_t place) noexcept { ++m_counts[static_cast<std::size_t>(std::uint64_t{place} >> (max_record_bits - m_bits))]; }
    // The largest number of bits under which every file has the fewest; 0 where there are not twice as many.
    [[nodiscard]] std::uint32_t largest_bits() const;

private:
    std::uint32_t m_bits{};  // no more are possible
    std::vector<std::uint32_t> m_counts{};
};

struct MadeContent {
    Bytes content{};       // of an envelope
    merkle::Hash leaf{};   // its hash in the tree
    std::vector<Bytes> large_dossiers{};  // that found no room; each becomes a file of its own
    std::size_t left_out_proofs{};        // of the public log, that found no room
};
// The content of one file, by any order of its records; `bits` of the head say how much of the 65,536 bytes its proof takes. What is too large goes
// without the largest proofs of the public log first, which are an extra that the log itself can give; then the largest dossiers move out, each of
// which costs its reader a request that names it. records.too_large where the certificates alone do not fit.
[[nodiscard]] Result<MadeContent> make_record_content(std::vector<CertificateRecord> records, std::uint32_t bits);

// RFC 9162 section 2.1 over a power of two of leaves.
class LeafTree {
public:
    explicit LeafTree(std::vector<merkle::Hash> leaves);
    [[nodiscard]] const merkle::Hash& root() const noexcept { return m_levels.back().front(); }
    [[nodiscard]] std::vector<merkle::Hash> path(std::size_t leaf) const;

private:
    std::vector<std::vector<merkle::Hash>> m_levels{};  // leaves first
};

}  // namespace pipa::publish
