// Which of several answers is to be read first: what stops before what could not be checked, that before a caution; of one level the
// graver reason (reasons.def). Of one answer the judgement has sorted its reasons already.
#pragma once

#include "judge/judge.hpp"

namespace pipa {

[[nodiscard]] bool is_graver(const Judgement& one, const Judgement& other) noexcept;

}  // namespace pipa
