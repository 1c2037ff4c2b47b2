// The inside of update(): one event changes one state. What happens is in update.cpp, what follows from it in
// update_visit.cpp and update_inquiry.cpp.
#pragma once

#include "app/update.hpp"

namespace pipa::kiosk {

class Updater {
public:
    explicit Updater(State state) : m(std::move(state)) {}

    Step run(const Event& event);

private:
    // What happens.
    void on(const event::Tick&);
    void on(const event::Touched&) { active(); }
    void on(const event::StayHere&) { active(); }
    void on(const event::Begin&);
    void on(const event::GoTo&);
    void on(const event::EndVisit&) { end_visit(); }
    void on(const event::ChooseLanguage&);
    void on(const event::ChooseTextStep&);
    void on(const event::KeypadKey&);
    void on(const event::KeypadErase&);
    void on(const event::KeypadClear&);
    void on(const event::KeypadDone&);
    void on(const event::Pasted&);
    void on(const event::Character&);
    void on(const event::Enter&);
    void on(const event::CodesSeen&);
    void on(const event::PictureShown&);
    void on(const event::Advised&);
    void on(const event::CameraChanged&);
    void on(const event::SessionGiven&);
    void on(const event::TrustMayBeNew&);
    void on(const event::FileArrived&);
    void on(const event::LessonsArrived& arrived) { m.learning = {.pack = arrived.pack}; }
    void on(const event::Learn&);
    void on(const event::ChooseAnswer&);
    void on(const event::Unfold&);
    void on(const event::Resized& resized) { m.display = resized.display; }
    void on(const event::ScrollMeasured& size) { m.scroll.measured(size.content, size.seen); }
    void on(const event::ScrollGrabbed&);
    void on(const event::ScrollDragged& drag) { m.scroll.drag(drag.distance, m.now.ms); }
    void on(const event::ScrollReleased&) { m.scroll.release(m.now.ms); }
    void on(const event::ScrollJumped&);

    // What follows from it.
    void active();
    void go_to(Screen screen);
    void open_camera();
    void close_camera();
    void retry_camera();

    void look_up(const std::vector<std::string>& texts);
    void begin_inquiries();
    void go_on_asking();
    void stop_asking();
    void show_answers();
    void judge_anew();
    void ask_for_trust();
    void ask_for_trust_when_due();
    void trust_settled();
    void take_late_trust(const inquiry::Delivery& delivery);

    bool is_still_before_camera(std::string_view text);
    void wait_for_better(const std::vector<std::string>& strangers);
    void handle(const TypedText& typed);
    void type_by_hand(char c);
    void look_for_idleness();
    void end_visit();

    State m;
    std::vector<Effect> m_effects{};
};

// What the keypad has; lower case counts as upper.
[[nodiscard]] char upper(char c) noexcept;
[[nodiscard]] bool is_number_key(char c) noexcept;

}  // namespace pipa::kiosk
