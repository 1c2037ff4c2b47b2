// Records held against the records head: which file a certificate is in, what it is called, and that it is the one that was signed for.
//
//     records/14/17/a            of 2^14 files the one of index 10 (hexadecimal), as its group stands since edition 17
//     records/tangqi/9/3/1ff     the same of the delegated store "tangqi"
//     records/large/9f86...      a dossier that no file had room for, by its SHA-256
// Names are relative to the site. A name states all that its content depends on, so that one name never means two contents and caches keep
// it for ever. The name proves nothing; open_record_file() does. Pure. Errors: records.*, merkle.*, cbor.*.
#pragma once

#include "crypto/ed25519.hpp"
#include "record/record_file.hpp"
#include "record/records_head.hpp"

namespace pipa {

inline constexpr std::string_view records_folder = "records";  // beside the page

// The first 32 bits of SHA-256 of the number's characters, and the first `bits` (0 to 32) of these: the index of its file.
[[nodiscard]] std::uint32_t record_place(std::string_view certificate_number) noexcept;
[[nodiscard]] std::uint32_t record_index(std::string_view certificate_number, std::uint32_t bits) noexcept;

// `store`: a delegated store's name, empty for the district's own. `index` is less than 2^bits of the head.
[[nodiscard]] std::string record_file_name(std::string_view store, const RecordsHead& head, std::uint32_t index);
[[nodiscard]] std::string large_dossier_name(std::string_view store, const crypto::Digest& digest);

struct RecordFile {
    std::uint32_t index{};
    std::vector<CertificateRecord> records{};  // by number
};

// Verifies what came under record_file_name(store, head, index). merkle.wrong_root: it is not what was signed for, an older or newer edition
// for example; records.wrong_file: it says itself that it is another one, or has a number that belongs into another.
[[nodiscard]] Result<RecordFile> open_record_file(ByteView file, const RecordsHead& head, std::uint32_t index);
// Null proves that the store publishes no record of this number, where the file is the one of record_index(number).
[[nodiscard]] const CertificateRecord* find_record(const RecordFile& file, std::string_view certificate_number) noexcept;

// That this is the dossier which a record names. records.wrong_dossier.
[[nodiscard]] Result<void> check_large_dossier(ByteView dossier, const LargeDossier& named);

}  // namespace pipa
