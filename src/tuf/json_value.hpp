// JSON as TUF metadata uses it, read strictly, and its canonical form, which is what signatures cover.
//
// Strict (RFC 8259 with less freedom): UTF-8 only, no member twice in an object (readers disagree on which one counts,
// so a signature would mean two things), no fractions and no numbers beyond 64 bits (canonical JSON has neither).
// No library: this is in what a phone loads before it shows a verdict, and nlohmann's reader would have to be watched all the
// same for members that stand twice and for numbers that lose digits. Tests hold this one against it.
// Errors: tuf.bad_json, tuf.too_large.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::tuf {

inline constexpr std::size_t max_json_depth = 32;

struct JsonValue {
    enum class Type : std::uint8_t { Null, Boolean, Negative, Unsigned, Text, Array, Object };

    Type type{Type::Null};
    std::uint64_t number{};     // Boolean: 0 or 1; Unsigned: the number; Negative: its magnitude, at most 2^63
    std::string text{};         // Text: UTF-8
    std::string name{};         // of a member, in the object that holds it
    std::vector<JsonValue> items{};  // Array: in their order; Object: sorted by the bytes of their names

    [[nodiscard]] bool is(Type wanted) const noexcept { return type == wanted; }
    // The member of an object; null where there is none.
    [[nodiscard]] const JsonValue* find(std::string_view name) const noexcept;
};

[[nodiscard]] Result<JsonValue> read_json(ByteView text, std::size_t max_bytes);

// OLPC canonical JSON (TUF specification section 4.1). No library at hand writes it: nlohmann's dump() escapes control
// characters, which canonical JSON leaves as they are, and RFC 8785 (JCS) is another format.
[[nodiscard]] std::string canonical_json(const JsonValue& value);

}  // namespace pipa::tuf
