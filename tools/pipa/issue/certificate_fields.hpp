// A certificate from named texts: what the options of `pipa issue`, the columns of its CSV and the demo's JSON all are.
//
//   number        DEMO-330113-260522-C01      product_code  1001          product_name  塘栖枇杷
//   quantity      120 box x 2.5 kg            origin        330113100     issued        2026-05-22T11:30:00+08:00
//   harvested     2026-05-22                  form          2025-A        bases         quality_control;self_test
//   labels        1;2                         lot           LOT-01        upstream      codes or numbers
//   quarantine    number                      gtin          6901234567892 expires       a day (its end) or a time
//   status_index  number
//
// What went into a lot is named by what its certificate's code says, by its reference (record/upstream_reference.hpp), or, where it has no
// code of ours, by its number.
// Lists are parted by ';', ',', '、' or blanks. Bases may be named as the form prints them (自行检测合格).
// Errors: the field's own code, with the field's name as detail.
#pragma once

#include "record/certificate.hpp"

namespace pipa {

inline constexpr std::size_t certificate_field_count = 16;
using FieldNames = std::array<std::string_view, certificate_field_count>;
using FieldValues = std::array<std::string_view, certificate_field_count>;  // in the order of the names; empty: not given

[[nodiscard]] const FieldNames& certificate_field_names() noexcept;
[[nodiscard]] std::optional<std::size_t> certificate_field_index(std::string_view name) noexcept;

struct FieldError {
    std::string_view field{};  // empty where the error belongs to no single field
    Error error{};
};

// Everything that is wrong, in the order of the fields; when there is nothing, `out` is ready for encode_certificate.
[[nodiscard]] std::vector<FieldError> read_certificate(const FieldValues& values, Certificate& out);

}  // namespace pipa
