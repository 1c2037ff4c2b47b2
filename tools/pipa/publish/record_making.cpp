#include "pipa/publish/record_making.hpp"

#include <algorithm>
#include <utility>

#include "pipa/publish/contents.hpp"
#include "record/dossier.hpp"

namespace pipa::publish {
namespace {

constexpr std::size_t hash_bytes = 34;      // in an envelope: 32 and their head
constexpr std::size_t envelope_bytes = 16;  // its heads, form and index, at most
constexpr std::size_t large_bytes = 40;     // what stays of a dossier that moves out, at most

std::size_t room_under(std::uint32_t bits) {
    return max_record_file_bytes - envelope_bytes - hash_bytes * (bits - std::min(bits, max_record_group_bits));
}

// By how much the content is too large once compressed; 0 where it fits.
struct Tried {
    Bytes content{};
    std::size_t excess{};
};
Result<Tried> try_content(const std::vector<CertificateRecord>& records, std::size_t room) {
    const auto unpacked = encode_records(records);
    if (!unpacked && unpacked.error().code == ErrorCode::RecordsTooLarge) return Tried{.excess = 1};
    if (!unpacked) return std::unexpected(unpacked.error());
    Bytes content = compress_whole(*unpacked);
    const std::size_t excess = content.size() > room ? content.size() - room : 0;
    return Tried{std::move(content), excess};
}

// The record of which `part` is the largest, of equal ones that of the first number.
CertificateRecord* record_with_largest(std::vector<CertificateRecord>& records, Bytes CertificateRecord::* part) {
    const auto largest = std::ranges::max_element(records, {}, [part](const CertificateRecord& record) { return (record.*part).size(); });
    return largest == records.end() ? nullptr : &*largest;
}

// Leaves out proofs until the rest is smaller by `excess` at the least. How many; 0: there was none left.
std::size_t leave_out_proofs(std::vector<CertificateRecord>& records, std::size_t excess) {
    std::size_t won = 0, count = 0;
    while (won < excess) {
        CertificateRecord* largest = record_with_largest(records, &CertificateRecord::log_proof);
        if (largest == nullptr || largest->log_proof.empty()) break;
        won += largest->log_proof.size();
        largest->log_proof.clear();
        ++count;
    }
    return count;
}

// Moves dossiers out likewise. False: there was none left.
bool move_out(std::vector<CertificateRecord>& records, std::size_t excess, std::vector<Bytes>& moved) {
    std::size_t won = 0;
    while (won < excess) {
        CertificateRecord* largest = record_with_largest(records, &CertificateRecord::dossier);
        if (largest == nullptr || largest->dossier.size() <= large_bytes) break;
        won += largest->dossier.size() - large_bytes;
        largest->large_dossier = LargeDossier{crypto::sha256(largest->dossier), largest->dossier.size()};
        moved.push_back(std::exchange(largest->dossier, {}));
    }
    return won > 0;
}

std::unexpected<Error> certificates_too_large(const std::vector<CertificateRecord>& records) {
    return fail(ErrorCode::RecordsTooLarge, max_record_file_bytes, std::to_string(records.size()) + " certificates from " + records.front().number);
}

}  // namespace

PlaceCounts::PlaceCounts(std::uint64_t certificates) {
    while (m_bits < max_record_bits && certificates >> (m_bits + 1) >= fewest_certificates) ++m_bits;
    m_counts.resize(std::size_t{1} << m_bits);
}

std::uint32_t PlaceCounts::largest_bits() const {
    std::vector<std::uint32_t> counts = m_counts;
    for (std::uint32_t bits = m_bits; bits > 0; --bits) {
        if (std::ranges::min(counts) >= fewest_certificates) return bits;
        for (std::size_t i = 0; i < counts.size() / 2; ++i) counts[i] = counts[2 * i] + counts[2 * i + 1];
        counts.resize(counts.size() / 2);
    }
    return 0;
}

Result<MadeContent> make_record_content(std::vector<CertificateRecord> records, std::uint32_t bits) {
    std::ranges::sort(records, {}, &CertificateRecord::number);
    for (const CertificateRecord& record : records)
        if (record.dossier.size() > max_dossier_bytes) return fail(ErrorCode::DossierTooLarge, max_dossier_bytes, record.number);
    MadeContent out;
    for (;;) {
        auto tried = try_content(records, room_under(bits));
        if (!tried) return std::unexpected(tried.error());
        if (tried->excess == 0) {
            out.content = std::move(tried->content);
            out.leaf = merkle::hash_leaf(out.content);
            return out;
        }
        if (const std::size_t proofs = leave_out_proofs(records, tried->excess); proofs > 0) out.left_out_proofs += proofs;
        else if (!move_out(records, tried->excess, out.large_dossiers)) return certificates_too_large(records);
    }
}

LeafTree::LeafTree(std::vector<merkle::Hash> leaves) {
    m_levels.push_back(std::move(leaves));
    while (m_levels.back().size() > 1) {
        const auto& below = m_levels.back();
        std::vector<merkle::Hash> level;
        level.reserve(below.size() / 2);
        for (std::size_t i = 0; i < below.size(); i += 2) level.push_back(merkle::hash_children(below[i], below[i + 1]));
        m_levels.push_back(std::move(level));
    }
}

std::vector<merkle::Hash> LeafTree::path(std::size_t leaf) const {
    std::vector<merkle::Hash> out;
    for (std::size_t level = 0; level + 1 < m_levels.size(); ++level) out.push_back(m_levels[level][(leaf >> level) ^ 1]);
    return out;
}

}  // namespace pipa::publish
