// Statements name others by their SHA-256: a recheck its test, a visit the failed test, the end of an order the order, a manifest all of its
// dossier. One that names what is not there, or another kind of thing, helps nobody on a phone. Errors: field.unknown_reference, store.*.
#pragma once

#include "pipa/store/store.hpp"

namespace pipa {

// What a statement refers to must be in the store or come with it in the same batch, be of the right type, and about the same producer.
[[nodiscard]] Result<void> check_references(OfficeStore& store, const ParsedStatement& statement, std::span<const Bytes> batch);
// The same of two statements that are at hand.
[[nodiscard]] Result<void> must_fit(const ParsedStatement& statement, std::int64_t field, const ParsedStatement& other);

}  // namespace pipa
