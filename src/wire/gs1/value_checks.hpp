// The checks that values of GS1 Application Identifiers undergo, by name (application_identifiers.def).
// Source: GS1 General Specifications sections 3 and 7.9 (check digits, check character pair, character sets).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pipa::gs1 {

// Offset of the first character outside the set: 'N' digits, 'X' 82 characters, 'Y' 39, 'Z' base64url with its padding.
[[nodiscard]] std::optional<std::size_t> find_outside_set(char set, std::string_view value) noexcept;

// False also for a name that is no check: a test sees to it that every name of the table is one.
[[nodiscard]] bool passes_check(std::string_view name, std::string_view value) noexcept;
[[nodiscard]] bool is_check(std::string_view name) noexcept;
[[nodiscard]] bool is_checksum(std::string_view name) noexcept;  // about check digits or check characters

// The GS1 check digit over any number of digits: weights 3 and 1 from the right.
[[nodiscard]] bool has_check_digit(std::string_view digits) noexcept;

}  // namespace pipa::gs1
