// The kiosk as it runs: holds the state, feeds it events, carries out its effects, draws when something changed. Time
// comes from the caller, so that a script can run an hour in a second.
#pragma once

#include <functional>
#include <memory>

#include "app/update.hpp"
#include "platform/backdrop.hpp"
#include "platform/camera.hpp"
#include "platform/fonts.hpp"
#include "platform/input.hpp"
#include "platform/record_source.hpp"
#include "platform/ui_renderer.hpp"
#include "platform/viewfinder.hpp"
#include "screens/draw_screen.hpp"

namespace pipa::kiosk {

// How long the last steps took, in milliseconds of real time.
struct Timings {
    double frame_to_answer_ms{};  // from a camera's frame to the finished screen model of its answer
    double read_ms{};             // of that, looking for codes; without one too
    double draw_ms{};
};

class Shell {
public:
    // Needs ImGui's context with fonts, and a current GL context.
    [[nodiscard]] static std::expected<std::unique_ptr<Shell>, std::string> create(Setup setup, Display display, std::unique_ptr<Camera> camera, RecordSource records, Moment now);
    ~Shell();
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    void handle(What what, Moment now);
    void receive(const Received& received, Moment now);
    void camera_plugged(bool in);

    // Does what is due at `now`: ticks, the camera. Call often, at the latest at next_wake_ms().
    void run(Moment now);
    [[nodiscard]] std::optional<std::int64_t> next_wake_ms() const;

    [[nodiscard]] bool needs_drawing() const { return m_frames_to_draw > 0; }
    // Draws one frame into the window's buffer; the caller shows it.
    void draw(Moment now);

    [[nodiscard]] const State& state() const { return m_state; }
    [[nodiscard]] const ScreenView& view() const { return m_view; }              // as last drawn
    [[nodiscard]] const std::vector<Target>& targets() const { return m_targets; }  // as last drawn
    [[nodiscard]] const Timings& timings() const { return m_timings; }

private:
    Shell(Setup setup, Display display, std::unique_ptr<Camera> camera, RecordSource records, Moment now);
    void carry_out(Effect effect);
    void fetch_record();
    void look_at_camera(Moment now);
    void read_codes_in(Moment now);

    State m_state;
    ScreenView m_view{};
    std::vector<Target> m_targets{};
    std::unique_ptr<Camera> m_camera;
    RecordSource m_records;
    std::unique_ptr<UiRenderer> m_ui{};
    std::unique_ptr<Backdrop> m_backdrop{};
    std::unique_ptr<Viewfinder> m_viewfinder{};
    Frame m_frame{};
    Timings m_timings{};
    int m_frames_to_draw{};
    std::int64_t m_drawn_ms{};
    std::int64_t m_camera_look_ms{};
    std::int64_t m_read_ms{};
};

}  // namespace pipa::kiosk
