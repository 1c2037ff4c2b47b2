// What an actor may write into a field: what is his own, somebody else's, nothing, too much, written back or forward. From the schema alone
// (src/record/schema.hpp), so that a new statement type or field is tried by itself; some fields have values that mean something.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adversary/scenes.hpp"

namespace pipa::test {

struct FieldValue {
    std::string label{};                 // "own", "other's", "missing" ...
    std::optional<cbor::Value> value{};  // none: the field is left out
};

// A field of a type, or of the first record of a list in it.
struct Place {
    const Field* field{};
    const Field* outer{};  // the list of records; null for a field of the statement itself

    [[nodiscard]] std::string path() const;  // "items/0/value"
};
[[nodiscard]] std::vector<Place> places_of(const Schema& schema);

// As many and in the same order whatever the scene is.
[[nodiscard]] std::vector<FieldValue> values_of(const Scene& scene, const Field& field);

// Puts a value into a map, or takes it out.
void put(cbor::Value& map, std::int64_t key, const std::optional<cbor::Value>& value);
void put_at(cbor::Value& payload, const Place& place, const std::optional<cbor::Value>& value);

}  // namespace pipa::test
