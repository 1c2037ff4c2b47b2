// An answer, as far as it can become milder: its level, and how often each thing that speaks against the goods was said.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "judge/judge.hpp"

namespace pipa::test {

struct Answer {
    Level level{};
    ReasonId headline{};
    std::map<ReasonId, int> said{};  // that speaks against the goods or says what is not known of them; not what speaks for them

    [[nodiscard]] bool says(ReasonId id) const { return said.contains(id); }
};
[[nodiscard]] Answer answer_of(const Judgement& judgement);

[[nodiscard]] int gravity_of(Level level) noexcept;

// What `after` no longer says, though nothing graver of the same kind took its place; by reason and how many fewer.
[[nodiscard]] std::map<ReasonId, int> losses(const Answer& before, const Answer& after);
// What `after` says that `before` did not, other than that a statement does not stand: that is a word on the file, not on the goods.
[[nodiscard]] std::map<ReasonId, int> gains(const Answer& before, const Answer& after);
// "stop (test.failed) became caution (record.limited); test.failed 2 -> 0"
[[nodiscard]] std::string compared(const Answer& before, const Answer& after);

}  // namespace pipa::test
