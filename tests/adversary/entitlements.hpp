// What each role may say, written down a second time and apart from src/: which statements speak of the goods at all, and which may make
// an answer milder. Everything that is not here may not.
#pragma once

#include "adversary/trials.hpp"

namespace pipa::test {

// The statement names other goods, or another producer, or comes from where its signer has no say. Such a one changes nothing.
[[nodiscard]] bool speaks_of_others(const Trial& trial);
// It has the number of a statement that is in the record: one of the same signer contradicts it.
[[nodiscard]] bool has_same_number(const Trial& trial);
// Nothing shows that this was signed while its key was its holder's: it is dated after the key's end, or the key was lost.
[[nodiscard]] bool is_after_end(const Trial& trial);
// How many of what was said in the scene the statement may silence, of one reason.
[[nodiscard]] int may_silence(const Trial& trial, ReasonId reason);

}  // namespace pipa::test
