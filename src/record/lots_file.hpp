// Lots files: the dossiers of a district, dealt out over 256 files by the first byte of SHA-256 of the certificate number.
// A phone fetches the one file that its certificate is in, so the server learns at most one part in 256 of what was
// scanned; and a typed number leads to its certificate. Wire form: lots_file.cddl. Nothing here is signed: certificate and
// dossier inside carry their own signatures. Errors: lots.*, cbor.*.
#pragma once

#include <span>

#include "record/record_file.hpp"
#include "wire/cbor.hpp"

namespace pipa {

inline constexpr std::size_t max_lots_file_bytes = std::size_t{8} << 20;
inline constexpr std::size_t max_lots_file_entries = 20'000;
inline constexpr std::string_view lots_folder = "lots";

struct LotEntry {
    std::string number{};
    Bytes certificate{};  // the signed message
    Bytes dossier{};
    Bytes log_proof{};    // that the certificate is in a public log (C2SP tlog-proof); may be empty
};

// In the order of their numbers, each number once.
[[nodiscard]] Result<std::vector<LotEntry>> parse_lots_file(ByteView file);
// `entries` in any order; lots.duplicate names a number that stands twice.
[[nodiscard]] Result<Bytes> encode_lots_file(std::vector<LotEntry> entries);
[[nodiscard]] const LotEntry* find_lot(std::span<const LotEntry> entries, std::string_view number) noexcept;

}  // namespace pipa
