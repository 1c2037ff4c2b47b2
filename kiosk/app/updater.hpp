// The inside of update(): one event changes one state. What happens is in update.cpp, what follows from it in
// update_visit.cpp.
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
    void on(const event::CameraChanged&);
    void on(const event::TrustArrived& arrived) { m.trust = arrived.trust; }
    void on(const event::LessonsArrived& arrived) { m.learning = {.pack = arrived.pack}; }
    void on(const event::Learn&);
    void on(const event::RecordArrived&);
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

    void answer(std::string_view text);  // with its record, where there is one to ask for
    void show_answer(std::string_view text, Evidence evidence);
    void look_up(const std::string& typed);
    void look_up_number(std::string number);
    void wait_for_record(Lookup lookup);
    void take_record(Delivery delivery, ByteView content);
    void give_up_waiting();
    void say_of_number(NumberProblem problem);

    bool is_still_before_camera(std::string_view text);
    void wait_for_better(std::string_view stranger);
    void handle(const TypedText& typed);
    void handle_scanned(const TypedText& scanned);
    void type_by_hand(char c);
    void say(std::string_view key);
    void look_for_idleness();
    void end_visit();

    State m;
    std::vector<Effect> m_effects{};
};

// What a number on a label is made of; lower case counts as upper.
[[nodiscard]] char upper(char c) noexcept;
[[nodiscard]] bool is_number_key(char c) noexcept;
[[nodiscard]] bool is_ours(std::string_view text);

}  // namespace pipa::kiosk
