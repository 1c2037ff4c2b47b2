// Every screen that a visitor can meet, as a screen model; tests draw each in both languages and orientations.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/screen_view.hpp"
#include "app/update.hpp"

namespace pipa::kiosk::test {

struct ScreenCase {
    std::string name{};
    std::vector<What> events{};                        // what led there, from the attract screen, half a second apart
    std::function<void(ScreenView&)> change{};         // what no event can bring about in this test
    std::int64_t idle_ms{};                            // passed at the end
    bool camera_picture{};                             // the stage supplies one
    bool of_demo{};                                    // on the demo's own day, with its trust and records
};

[[nodiscard]] const std::vector<ScreenCase>& screen_cases();
[[nodiscard]] ScreenView view_of(const ScreenCase& screen, Language language, Display display, Picture camera_picture);

}  // namespace pipa::kiosk::test
