// Errors and results, used by every layer.
// A function that can fail returns Result<T>; the Error inside says what (a stable code), where (a byte offset
// into the input, where that makes sense) and which (a short detail such as a field name, never prose for users).
// Error owns its detail; code names and messages are static.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace pipa {

enum class ErrorCode : std::uint16_t {
#define PIPA_ERROR(name, number, text, message) name = number,
#include "base/error_codes.def"
#undef PIPA_ERROR
};

struct Error {
    ErrorCode code{};
    std::optional<std::size_t> byte_offset{};  // from the start of the input that was given
    std::string detail{};                      // a name or value taken from the input's grammar; may be empty
};

template <typename T>
using Result = std::expected<T, Error>;

// "cbor.not_shortest": the stable public name of a code.
[[nodiscard]] std::string_view code_name(ErrorCode code) noexcept;
// One plain English sentence without a full stop, for logs and the command line.
[[nodiscard]] std::string_view code_message(ErrorCode code) noexcept;
// "cbor.not_shortest at byte 3: a number or length is ... (detail)".
[[nodiscard]] std::string to_string(const Error& error);

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::optional<std::size_t> byte_offset = {},
                                                 std::string detail = {}) {
    return std::unexpected(Error{code, byte_offset, std::move(detail)});
}

}  // namespace pipa
