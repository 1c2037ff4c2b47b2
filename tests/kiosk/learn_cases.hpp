// The learning screens among the screen cases, with the published education pack (assets/learn).
#pragma once

#include "screen_cases.hpp"

namespace pipa::kiosk::test {

[[nodiscard]] std::shared_ptr<const learn::EducationPack> education_pack();
[[nodiscard]] std::vector<ScreenCase> learn_cases();

}  // namespace pipa::kiosk::test
