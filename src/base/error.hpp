// Errors and results, used by every layer.
// A function that can fail returns Result<T>; the Error inside says what (a stable code), where (a byte offset
// into the input, where that makes sense) and which (a short detail such as a field name, never prose for users).
// An Error is plain bytes, its detail included: a Result that holds nothing else to free costs no code to pass on, and that is
// a twentieth of what a phone loads before its verdict. Code names and messages are static.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace pipa {

enum class ErrorCode : std::uint16_t {
#define PIPA_ERROR(name, number, text, message) name = number,
#include "base/error_codes.def"
#undef PIPA_ERROR
};

// A short text in place. What is longer than it holds ends in "..." between two characters.
class Detail {
public:
    static constexpr std::size_t max_bytes = 246;

    Detail() noexcept : m_size{0} {}  // the bytes behind the size stay as they are
    Detail(std::string_view text) noexcept;
    Detail(const char* text) noexcept : Detail(std::string_view{text}) {}
    Detail(const std::string& text) noexcept : Detail(std::string_view{text}) {}

    [[nodiscard]] std::string_view view() const noexcept { return {m_text, m_size}; }
    operator std::string_view() const noexcept { return view(); }
    operator std::string() const { return std::string{view()}; }
    [[nodiscard]] bool empty() const noexcept { return m_size == 0; }
    Detail& operator+=(std::string_view more);

    friend bool operator==(const Detail& detail, std::string_view text) noexcept { return detail.view() == text; }
    friend std::string operator+(std::string text, const Detail& detail) { return text.append(detail.view()); }

private:
    std::uint8_t m_size;
    char m_text[max_bytes];
};

struct Error {
    ErrorCode code{};
    std::optional<std::size_t> byte_offset{};  // from the start of the input that was given
    Detail detail{};                           // a name or value taken from the input's grammar; may be empty
};
static_assert(std::is_trivially_copyable_v<Error>);

template <typename T>
using Result = std::expected<T, Error>;

// "cbor.not_shortest": the stable public name of a code.
[[nodiscard]] std::string_view code_name(ErrorCode code) noexcept;
// One plain English sentence without a full stop, for logs and the command line.
[[nodiscard]] std::string_view code_message(ErrorCode code) noexcept;
// "cbor.not_shortest at byte 3: a number or length is ... (detail)".
[[nodiscard]] std::string to_string(const Error& error);

[[nodiscard]] std::unexpected<Error> fail(ErrorCode code, std::optional<std::size_t> byte_offset = {}, std::string_view detail = {});

}  // namespace pipa
