// CBOR (RFC 8949): one decoder, one encoder, and diagnostic notation (RFC 8949 section 8).
//
// decode() accepts under Rules::deterministic only the encoding of section 4.2.1 (shortest numbers, definite lengths,
// map keys in bytewise order, none twice) and no floating-point numbers: what Pipa signs has exactly one form. Under
// Rules::well_formed it accepts all of CBOR, for messages that others made (general COSE).
// Values own their bytes; offset and end are byte positions in the decoded input.
// No library: nlohmann/json cannot read integer map keys, and none of the CBOR libraries refuses every other encoding;
// tests hold this one against libcbor. Errors: cbor.*.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace pipa::cbor {

// The major types of RFC 8949 section 3.1, with major type 7 split into simple values and floats.
enum class Type : std::uint8_t { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple, Float };

inline constexpr std::uint64_t simple_false = 20;
inline constexpr std::uint64_t simple_true = 21;
inline constexpr std::uint64_t simple_null = 22;
inline constexpr std::uint64_t simple_undefined = 23;

struct Value {
    Type type{Type::Simple};
    // Unsigned: the number. Negative: n for the number -1-n. Tag: the tag number. Simple: its number.
    // Float: the IEEE 754 double's bits, one quiet NaN for all. Otherwise unused.
    std::uint64_t number{simple_null};
    Bytes bytes{};               // Bytes, Text (UTF-8)
    std::vector<Value> items{};  // Array: elements. Map: key, value, key, value ... Tag: the one tagged item
    std::size_t offset{};        // where the item starts in the input, and where it ends; 0 when not decoded
    std::size_t end{};

    [[nodiscard]] bool is(Type wanted) const noexcept { return type == wanted; }
    [[nodiscard]] bool is_null() const noexcept { return type == Type::Simple && number == simple_null; }
    [[nodiscard]] std::string_view text() const noexcept { return as_text(bytes); }
    // The value under an integer key of a map; nullptr where there is none.
    [[nodiscard]] const Value* find(std::int64_t key) const noexcept;
    // The integer; empty where this is no integer or does not fit 64 bits with sign.
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
};

[[nodiscard]] Value make_integer(std::int64_t number);
[[nodiscard]] Value make_unsigned(std::uint64_t number);
[[nodiscard]] Value make_bytes(ByteView bytes);
[[nodiscard]] Value make_text(std::string_view utf8);
[[nodiscard]] Value make_bool(bool value);
[[nodiscard]] Value make_null();
[[nodiscard]] Value make_array(std::vector<Value> items = {});
[[nodiscard]] Value make_tag(std::uint64_t number, Value item);

// Builds a map; encode() puts its entries into deterministic order.
class MapBuilder {
public:
    MapBuilder& add(std::int64_t key, Value value);
    [[nodiscard]] Value finish() { return std::move(m_map); }
    [[nodiscard]] bool empty() const noexcept { return m_map.items.empty(); }

private:
    Value m_map{.type = Type::Map, .number = 0};
};

enum class Rules : std::uint8_t { deterministic, well_formed };

struct Limits {
    std::size_t max_bytes = std::size_t{1} << 20;
    std::size_t max_depth = 8;  // an array, map or tag adds one
};

// The first tag in the value, from its beginning; nullptr where there is none.
[[nodiscard]] const Value* find_tag(const Value& value) noexcept;

// Decodes exactly one item that fills the input.
[[nodiscard]] Result<Value> decode(ByteView input, Rules rules, Limits limits = {});

// Deterministic encoding (RFC 8949 section 4.2.1); floats keep their width of 64 bits.
[[nodiscard]] Bytes encode(const Value& value);

// The head of an item (initial byte and argument), appended; for structures built without a Value.
void append_head(Bytes& out, Type type, std::uint64_t argument);

// "{1: -19, 4: h'0011'}".
[[nodiscard]] std::string diagnostic(const Value& value);

}  // namespace pipa::cbor
