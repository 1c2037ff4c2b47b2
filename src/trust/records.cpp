#include "trust/records.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "tlog/merkle.hpp"
#include "trust/inflate.hpp"

namespace pipa {
namespace {

std::string folder_of(std::string_view store) {
    std::string out{records_folder};
    if (!store.empty()) out.append("/").append(store);
    return out;
}

// "1ff", "0": without leading zeros.
std::string hex_number(std::uint32_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    do {
        out.insert(out.begin(), digits[number & 15U]);
        number >>= 4;
    } while (number > 0);
    return out;
}

}  // namespace

std::uint32_t record_place(std::string_view certificate_number) noexcept {
    const crypto::Digest digest = crypto::sha256(as_bytes(certificate_number));
    std::uint32_t place = 0;
    for (std::size_t i = 0; i < 4; ++i) place = place << 8 | digest[i];
    return place;
}

std::uint32_t record_index(std::string_view certificate_number, std::uint32_t bits) noexcept {
    return static_cast<std::uint32_t>(std::uint64_t{record_place(certificate_number)} >> (max_record_bits - bits));
}

std::string record_file_name(std::string_view store, const RecordsHead& head, std::uint32_t index) {
    return folder_of(store) + "/" + std::to_string(head.bits) + "/" + std::to_string(head.group_of(index).edition) + "/" + hex_number(index);
}

std::string large_dossier_name(std::string_view store, const crypto::Digest& digest) { return folder_of(store) + "/large/" + to_hex(digest); }

Result<RecordFile> open_record_file(ByteView file, const RecordsHead& head, std::uint32_t index) {
    const auto envelope = parse_record_envelope(file);
    if (!envelope) return std::unexpected(envelope.error());
    if (envelope->index != index) return fail(ErrorCode::RecordsWrongFile, {}, hex_number(envelope->index));
    const std::uint64_t files_of_group = std::uint64_t{1} << (head.bits - head.group_bits());
    const merkle::Hash leaf = merkle::hash_leaf(envelope->content);
    const auto proved = merkle::verify_inclusion(index % files_of_group, files_of_group, leaf, envelope->proof, head.group_of(index).root);
    if (!proved) return std::unexpected(proved.error());
    const auto content = inflate_whole(envelope->content, max_record_content_bytes, {ErrorCode::RecordsTooLarge, ErrorCode::RecordsBadZlib});
    if (!content) return std::unexpected(content.error());
    auto records = parse_records(*content);
    if (!records) return std::unexpected(records.error());
    for (const CertificateRecord& record : *records)
        if (record_index(record.number, head.bits) != index) return fail(ErrorCode::RecordsWrongFile, {}, record.number);
    return RecordFile{index, std::move(*records)};
}

const CertificateRecord* find_record(const RecordFile& file, std::string_view certificate_number) noexcept {
    const auto found = std::ranges::lower_bound(file.records, certificate_number, {}, &CertificateRecord::number);
    return found != file.records.end() && found->number == certificate_number ? &*found : nullptr;
}

Result<void> check_large_dossier(ByteView dossier, const LargeDossier& named) {
    if (dossier.size() == named.bytes && crypto::sha256(dossier) == named.digest) return {};
    return fail(ErrorCode::RecordsWrongDossier, {}, to_hex(named.digest));
}

}  // namespace pipa
