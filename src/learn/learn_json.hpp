// The learning views as JSON, the form that crosses into JavaScript (README.md beside this file).
#pragma once

#include "learn/cheat.hpp"
#include "learn/learn_view.hpp"
#include "learn/pick.hpp"

namespace pipa {

inline constexpr int learn_view_version = 1;

// UTF-8, keys in fixed order, no blanks: equal views are equal bytes.
[[nodiscard]] std::string to_json(const LearnHomeView& view);
[[nodiscard]] std::string to_json(const ArticleView& view);
[[nodiscard]] std::string to_json(const QuizView& view);
[[nodiscard]] std::string to_json(const CheatLessonView& view);
[[nodiscard]] std::string to_json(const CheatOutcomeView& view);
[[nodiscard]] std::string to_json(const PickGameView& view);
// {"width":480,"height":300,"shapes":[{"d":"M1 2L3 4Z","fill":"leaf"}, {"text":"GF","x":1,"y":2,"size":3,"fill":"ink"}]}
[[nodiscard]] std::string to_json(const learn::Drawing& drawing);

}  // namespace pipa
