#include "support/record_files.hpp"

#include <zlib.h>

#include <algorithm>
#include <bit>

#include "tlog/merkle.hpp"

namespace pipa::test {
namespace {

using Hashes = std::vector<merkle::Hash>;

// MTH of RFC 9162 section 2.1.1, of a power of two.
merkle::Hash root_of(std::span<const merkle::Hash> leaves) {
    if (leaves.size() == 1) return leaves[0];
    return merkle::hash_children(root_of(leaves.first(leaves.size() / 2)), root_of(leaves.subspan(leaves.size() / 2)));
}

// PATH of section 2.1.3.1.
Hashes path_of(std::size_t at, std::span<const merkle::Hash> leaves) {
    if (leaves.size() == 1) return {};
    const std::size_t half = leaves.size() / 2;
    const bool left = at < half;
    Hashes path = path_of(left ? at : at - half, left ? leaves.first(half) : leaves.subspan(half));
    path.push_back(root_of(left ? leaves.subspan(half) : leaves.first(half)));
    return path;
}

}  // namespace

BuiltRecords enclose_contents(std::vector<Bytes> contents, std::uint64_t certificates, std::uint64_t edition) {
    const auto bits = static_cast<std::uint32_t>(std::countr_zero(contents.size()));
    BuiltRecords out{.head = {.edition = edition, .certificates = certificates, .bits = bits}, .contents = std::move(contents)};
    const std::size_t group_size = out.contents.size() >> out.head.group_bits();
    for (std::size_t first = 0; first < out.contents.size(); first += group_size) {
        Hashes leaves;
        for (std::size_t i = 0; i < group_size; ++i) leaves.push_back(merkle::hash_leaf(out.contents[first + i]));
        out.head.groups.push_back({edition, root_of(leaves)});
        for (std::size_t i = 0; i < group_size; ++i)
            out.files.push_back(encode_record_envelope({static_cast<std::uint32_t>(first + i), path_of(i, leaves), out.contents[first + i]}).value());
    }
    return out;
}

BuiltRecords build_records(const std::vector<CertificateRecord>& records, std::uint32_t bits, std::uint64_t edition) {
    std::vector<std::vector<CertificateRecord>> dealt(std::size_t{1} << bits);
    for (const CertificateRecord& record : records) dealt[record_index(record.number, bits)].push_back(record);
    std::size_t fewest = records.size();
    std::vector<Bytes> contents;
    for (auto& file : dealt) {
        fewest = std::min(fewest, file.size());
        contents.push_back(zlib_of(encode_records(std::move(file)).value()));
    }
    BuiltRecords out = enclose_contents(std::move(contents), records.size(), edition);
    out.head.fewest = fewest;
    return out;
}

Bytes zlib_of(ByteView packed) {
    uLongf size = compressBound(static_cast<uLong>(packed.size()));
    Bytes out(size);
    compress2(out.data(), &size, packed.data(), static_cast<uLong>(packed.size()), 9);
    out.resize(size);
    return out;
}

}  // namespace pipa::test
