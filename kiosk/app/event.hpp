// Everything that can happen to the kiosk. Drawing, camera, keyboards and clocks speak to the core in these words only.
#pragma once

#include <variant>
#include <vector>

#include "app/state.hpp"

namespace pipa::kiosk {
namespace event {

struct Tick {};                                    // time passed; see next_wake_ms()
struct Touched {};                                 // a finger or button went down somewhere
struct Begin { Language language; };               // on the attract screen
struct GoTo { Screen screen; };                    // Scan, Type, or back to the Result
struct EndVisit {};
struct StayHere {};                                // answer to the idle warning
struct ChooseLanguage { Language language; };
struct ChooseTextStep { int step; };

struct KeypadKey { char key; };                    // on the keypad, or by hand on a keyboard
struct KeypadErase {};
struct KeypadClear {};
struct KeypadDone {};
struct Pasted { std::string text; };
// From any keyboard: a person's or a USB scanner's. `age_ms`: for how long it has lain before it was handled.
struct Character { std::string utf8; std::int64_t age_ms{}; };
struct Enter { std::int64_t age_ms{}; };

struct CodesSeen { std::vector<std::string> texts; };  // in one frame of the camera; often none
struct PictureShown { Picture picture; };
struct Advised { std::string name; };              // what would help with a code that is seen and not read (scan/advice.hpp); empty: nothing
struct CameraChanged { CameraStatus status; };
struct SessionGiven { std::shared_ptr<inquiry::Session> session; std::string problem; };  // at the beginning, and where its files stall once more: State::session
struct TrustMayBeNew {};                           // somebody published
struct FileArrived { std::string name; inquiry::Delivery delivery; };  // answers Effect::FetchFiles
struct LessonsArrived { std::shared_ptr<const learn::EducationPack> pack; };
struct Learn { LearnAsk ask; };                    // on the learning screens, or the way to them
struct ChooseAnswer { std::size_t index; };        // of several
struct Unfold { std::string id; };                 // or fold it again
struct Resized { Display display; };

struct ScrollMeasured { float content; float seen; };
struct ScrollGrabbed {};
struct ScrollDragged { float distance; };
struct ScrollReleased {};
struct ScrollJumped { float distance; };

}  // namespace event

using What = std::variant<event::Tick, event::Touched, event::Begin, event::GoTo, event::EndVisit, event::StayHere,
                          event::ChooseLanguage, event::ChooseTextStep, event::KeypadKey, event::KeypadErase,
                          event::KeypadClear, event::KeypadDone, event::Pasted, event::Character, event::Enter,
                          event::CodesSeen, event::PictureShown, event::Advised, event::CameraChanged, event::SessionGiven, event::TrustMayBeNew,
                          event::FileArrived, event::LessonsArrived, event::Learn, event::ChooseAnswer, event::Unfold, event::Resized,
                          event::ScrollMeasured, event::ScrollGrabbed, event::ScrollDragged, event::ScrollReleased, event::ScrollJumped>;

struct Event {
    Moment at{};
    What what{};
};

}  // namespace pipa::kiosk
