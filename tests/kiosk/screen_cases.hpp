// Every screen that a visitor can meet, as a screen model; tests draw each in both languages and orientations.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/screen_view.hpp"
#include "app/update.hpp"
#include "demo_samples.hpp"

namespace pipa::kiosk::test {

struct ScreenCase {
    std::string name{};
    std::vector<What> events{};                        // what led there, from the attract screen, half a second apart
    std::function<void(ScreenView&)> change{};         // what no event can bring about in this test
    std::int64_t idle_ms{};                            // passed at the end
    bool camera_picture{};                             // the stage supplies one
    std::optional<DemoSite> site{};                    // the demo's, on its own day; without one the small district's pack
    std::optional<DemoSite> later{};                   // what is there when the trust is asked for once more, before the events
    bool waits{};                                      // what the events want does not come
};

[[nodiscard]] const std::vector<ScreenCase>& screen_cases();
[[nodiscard]] ScreenView view_of(const ScreenCase& screen, Language language, Display display, Picture camera_picture);

}  // namespace pipa::kiosk::test
