// The files that an inquiry may ask for, how much of one is read at most, and how long a face waits for it: one table for all faces.
// Files are asked for in waves, those of one wave side by side. The waits of all waves together are the eight seconds after which every
// face has an answer, whatever does not come.
#pragma once

#include <array>
#include <cstdint>

#include "record/dossier.hpp"
#include "record/record_file.hpp"
#include "trust/bundle.hpp"
#include "trust/pack_codec.hpp"

namespace pipa::inquiry {

enum class FileKind : std::uint8_t {
    Bundle,      // the repository cut down to what every phone needs (trust/bundle.hpp)
    Pack,        // the trust pack of a site that has no repository
    Supplement,  // what the bundle leaves out and one certificate needs (trust/supplement.hpp)
    Record,      // the records of the certificates that share a file (record/record_file.hpp)
    Dossier,     // one that is too large for its record file
};

inline constexpr std::size_t max_supplement_bytes = std::size_t{1} << 20;  // 16 KB, and the notices of a delegated store

struct FileLimit {
    FileKind kind;
    std::size_t max_bytes;
};
inline constexpr std::array file_limits = {
    FileLimit{FileKind::Bundle, max_bundle_bytes},
    FileLimit{FileKind::Pack, max_trust_pack_bytes},
    FileLimit{FileKind::Supplement, max_supplement_bytes},
    FileLimit{FileKind::Record, max_record_file_bytes},
    FileLimit{FileKind::Dossier, max_dossier_bytes},
};

// The trust; then what the certificate needs; then what that led to. What would need a further wave counts as not fetched.
inline constexpr std::array<std::uint32_t, 5> wave_patience_ms = {3000, 2000, 1000, 1000, 1000};

[[nodiscard]] constexpr std::size_t max_bytes_of(FileKind kind) noexcept { return file_limits[static_cast<std::size_t>(kind)].max_bytes; }

}  // namespace pipa::inquiry
