// Schemas: what fields a kind of statement has, as tables. One validator, one JSON reader and one JSON writer serve all
// of them, so a new statement type is a table (statement_types.cpp) and its CDDL, and nothing else.
//
// A validated payload stays the cbor::Value it was read as; fields are looked up by their integer keys.
// Errors: statement.bad_field, .missing_field, .unknown_field, with the path of the field ("items/2/limit") as detail.
#pragma once

#include <span>

#include "wire/map_reader.hpp"

namespace pipa {

inline constexpr std::size_t max_list_items = 256;

enum class FieldKind : std::uint8_t {
    Text,      // UTF-8, printable, 1..limit bytes
    Integer,   // 0..limit
    Micro,     // a measured value in millionths of its unit: 0.36 is 360000; JSON writes it as the text "0.36"
    Day,       // day number; JSON "2026-05-22"
    Time,      // Unix seconds; JSON RFC 3339
    Flag,      // true, or absent
    Choice,    // index into `choices`, from 1; JSON the word
    Division,  // 6, 9 or 12 digits; JSON text
    Binary,    // exactly `limit` bytes; JSON hexadecimal
    Local,     // {1: zh-Hans, 2: en}; JSON {"zh-Hans": ..., "en": ...}
    Record,    // a map of its own (`nested`)
};

struct Schema;
struct LocalText;

struct Field {
    std::int64_t key{};
    std::string_view name{};  // in JSON, in paths of errors, and in catalogue keys
    FieldKind kind{};
    bool required{};
    bool is_list{};           // an array of 1..max_list_items of this kind
    std::int64_t limit{};     // see FieldKind; 0 where the kind needs none
    std::span<const std::string_view> choices{};
    const Schema* nested{};
    std::size_t max_items{max_list_items};  // of a list
};

struct Schema {
    std::string_view name{};
    std::span<const Field> fields{};
    // Numbers that mean something with their owner alone: where one of `owned` is there, one of `owners` has to be.
    std::span<const std::int64_t> owned{};
    std::span<const std::int64_t> owners{};
};

inline constexpr std::int64_t micro = 1'000'000;

// Checks a decoded payload; `base` is its offset in the message.
[[nodiscard]] Result<void> check_schema(const cbor::Value& payload, const Schema& schema, std::size_t base);

// The payload for a JSON object, and back. Unknown members are refused by name.
[[nodiscard]] Result<cbor::Value> payload_from_json(std::string_view json, const Schema& schema);
[[nodiscard]] std::string payload_to_json(const cbor::Value& payload, const Schema& schema);

// The words of a {1: zh-Hans, 2: en} value.
[[nodiscard]] LocalText local_text(const cbor::Value& value);

// "0.36" <-> 360000; up to six decimals, no sign, no exponent.
[[nodiscard]] std::string format_micro(std::int64_t value);
[[nodiscard]] std::optional<std::int64_t> parse_micro(std::string_view text) noexcept;

}  // namespace pipa
