// The screen model: what is to be seen, in values and catalogue keys; the result is the core's own view-model.
// Drawing adds no conclusions to it.
#pragma once

#include "app/state.hpp"
#include "page/view.hpp"

namespace pipa::kiosk {

struct TroubleView {
    std::string key{};   // "kiosk.trouble.no_font", "trust.offline"
    std::string code{};  // of an error, for the staff; may be empty
    std::string text{};
};

struct ChoiceView {  // one of several codes that were before the camera
    std::string word{};     // its answer
    std::string about{};    // the product, or the number; may be empty
    std::string verdict{};
    std::string level{};
};

struct ScreenView {
    Screen screen{};
    Language language{};
    int text_step{};
    Display display{};
    Scroll scroll{};
    double seconds{};                       // for what moves by itself

    std::vector<TroubleView> troubles{};    // of the machine, for everyone to see
    std::optional<int> idle_seconds_left{}; // the warning stands
    int idle_seconds{};                     // of so many

    FreshnessView freshness{};              // of the trusted list
    std::string demo_notice{};
    CameraStatus camera{};                  // scan
    std::string advice{};                   // catalogue key; empty where nothing would help
    std::string camera_trouble{};           // catalogue key; empty while the camera serves
    Picture picture{};
    std::string typed{};                    // type
    std::string number{};                   // waiting, result: that was asked about; empty where a code was shown
    std::shared_ptr<const pipa::View> page{};  // result
    std::vector<ChoiceView> choices{};      // result: empty where there is one answer only
    std::size_t chosen{};                   // of the choices
    bool number_failed{};                   // result: the number led to no certificate
    std::set<std::string> unfolded{};       // result
    bool has_answer{};                      // there is a way back to the result
    bool has_lessons{};                     // there is a way to the learning screens
    std::shared_ptr<const LearnScreenView> learn{};  // learn
};

[[nodiscard]] ScreenView make_view(const State& state);

}  // namespace pipa::kiosk
