// A phone with a bundle that leaves out parts of status lists and a delegated store, and the supplements that bring them.
#pragma once

#include "support/bundle_builder.hpp"

namespace pipa::test {

// With its bundle alone.
[[nodiscard]] const OpenedBundle& phone();
// The district's own parts 0 (nobody has it), 1 and 3051; of the store "tangqi" part 0, and its notices and records head alone.
[[nodiscard]] const std::vector<SupplementPlace>& supplement_places();
// The genuine ones of these places.
[[nodiscard]] std::vector<Bytes> supplements();

}  // namespace pipa::test
