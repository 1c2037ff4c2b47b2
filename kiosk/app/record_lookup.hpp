// From a code or a number to its record: which lots file (record/lots_file.hpp) to ask for, and what the file says when
// it comes. Pure; platform/ fetches. Nothing in such a file is signed but what stands in it, so it is held against the
// certificate: an entry that carries another certificate's number counts as broken.
#pragma once

#include <expected>

#include "judge/judge.hpp"
#include "inquiry/record_place.hpp"

namespace pipa::kiosk {

// What became of the file that was asked for.
enum class Delivery : std::uint8_t { Whole, Missing, TooLarge };

// Why a number alone leads to no certificate.
enum class NumberProblem : std::uint8_t {
    Malformed,   // no certificate has such a number
    NoRecords,   // this machine was given no records
    Unknown,     // the records are here, and it is not among them
    Missing,     // its part of the records could not be had
    Broken,      // it came and cannot be read
    TooLarge,
};
[[nodiscard]] std::string_view problem_name(NumberProblem problem) noexcept;  // "too_large"

// What the file says of the certificate with this number, for judge(). `trust` is what the dossier is held against.
[[nodiscard]] Evidence evidence_in(Delivery delivery, ByteView file, std::string_view number, const TrustStore& trust);

// What the QR code of the certificate with this number says.
[[nodiscard]] std::expected<std::string, NumberProblem> code_in(Delivery delivery, ByteView file, std::string_view number, const TrustStore& trust);

}  // namespace pipa::kiosk
