// The screen model: what is to be seen, in values and catalogue keys; the result is the core's own view-model.
// Drawing adds no conclusions to it.
#pragma once

#include "app/state.hpp"
#include "page/view.hpp"

namespace pipa::kiosk {

struct TroubleView {
    std::string key{};   // in the catalogue: "kiosk.trouble.no_camera"
    std::string code{};  // for its {code}; may be empty
};

struct ScreenView {
    Screen screen{};
    Language language{};
    int text_step{};
    Display display{};
    Scroll scroll{};
    double seconds{};                       // for what moves by itself

    std::vector<TroubleView> troubles{};    // of the machine, for everyone to see
    std::string notice{};                   // catalogue key of a passing remark; may be empty
    std::optional<int> idle_seconds_left{}; // the warning stands
    int idle_seconds{};                     // of so many

    FreshnessView freshness{};              // of the trusted list
    std::string demo_notice{};
    CameraStatus camera{};                  // scan
    std::string camera_trouble{};           // catalogue key; empty while the camera serves
    Picture picture{};
    std::string typed{};                    // type
    std::string number{};                   // number, waiting: empty there where a code was shown
    NumberProblem number_problem{};         // number
    std::shared_ptr<const pipa::View> page{};  // result
    std::set<std::string> unfolded{};       // result
    bool has_answer{};                      // there is a way back to the result
    bool has_lessons{};                     // there is a way to the learning screens
    std::shared_ptr<const LearnScreenView> learn{};  // learn
};

[[nodiscard]] ScreenView make_view(const State& state);

}  // namespace pipa::kiosk
