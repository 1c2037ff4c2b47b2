// Which texts the C++ core can ask a catalogue for: worked out from its own enumerators and tables, not from the files.
#pragma once

#include <set>
#include <string>

namespace pipa::test {

// Keys that must exist in both languages.
[[nodiscard]] std::set<std::string> keys_of_core();
// Keys that may exist beside them: plurals, and next steps of reasons that are never the gravest.
[[nodiscard]] std::set<std::string> optional_keys_of_core();
// Families that hold nothing but the two sets above, as prefixes: "unit.".
[[nodiscard]] std::set<std::string> families_of_core();

}  // namespace pipa::test
