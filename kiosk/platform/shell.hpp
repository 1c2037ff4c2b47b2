// The kiosk as it runs: holds the state, feeds it events, carries out its effects, draws when something changed. Time
// comes from the caller, so that a script can run an hour in a second.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "app/update.hpp"
#include "platform/backdrop.hpp"
#include "platform/camera.hpp"
#include "platform/fonts.hpp"
#include "platform/input.hpp"
#include "platform/site_files.hpp"
#include "platform/ui_renderer.hpp"
#include "platform/viewfinder.hpp"
#include "screens/draw_screen.hpp"

namespace pipa::kiosk {

// How long the last steps took, in milliseconds of real time.
struct Timings {
    double frame_to_answer_ms{};  // from a camera's frame to the finished screen model of its answer, the reading of its files included
    double read_ms{};             // of that, looking for codes; without one too
    double draw_ms{};
    long frames{};                // painted so far
};

class Shell {
public:
    // Needs ImGui's context with fonts, and a current GL context.
    [[nodiscard]] static std::expected<std::unique_ptr<Shell>, std::string> create(Setup setup, Display display, std::unique_ptr<Camera> camera, std::unique_ptr<SiteFiles> files, Moment now);
    ~Shell();
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    void handle(What what, Moment now);
    void receive(const Received& received, Moment now);
    void camera_plugged(bool in);
    // What a page brought by itself; natively run() sees to it.
    void take_file(const std::string& name, inquiry::Delivery delivery, Moment now);

    // Does what is due at `now`: ticks, the camera. Call often, at the latest at next_wake_ms().
    void run(Moment now);
    [[nodiscard]] std::optional<std::int64_t> next_wake_ms() const;
    // In real time, where files are awaited.
    [[nodiscard]] std::optional<std::int64_t> files_due_in_ms() const { return m_files->due_in_ms(); }
    void wait_for_files(std::int64_t most_ms, Moment now);

    [[nodiscard]] bool needs_drawing() const { return m_frames_to_draw > 0; }
    // Draws one frame into the window's buffer; the caller shows it.
    void draw(Moment now);

    [[nodiscard]] const State& state() const { return m_state; }
    [[nodiscard]] const ScreenView& view() const { return m_view; }              // as last drawn
    [[nodiscard]] const std::vector<Target>& targets() const { return m_targets; }  // as last drawn
    [[nodiscard]] const Timings& timings() const { return m_timings; }

private:
    Shell(Setup setup, Display display, std::unique_ptr<Camera> camera, std::unique_ptr<SiteFiles> files, Moment now);
    void carry_out(Effect effect);
    void want_files();
    void collect_files(Moment now);
    void open_lessons_by(const inquiry::Session& session, Moment now);
    void tell_about_trust();
    void look_at_camera(Moment now);
    void read_codes_in(Moment now);
    void advise(Moment now);
    void note_answer();
    void lay_out(Moment now);

    State m_state;
    ScreenView m_view{};
    std::vector<Target> m_targets{};
    std::unique_ptr<Camera> m_camera;
    std::unique_ptr<SiteFiles> m_files;
    bool m_lessons_awaited{true};
    Bytes m_lessons{};                                 // that came, and have not been opened
    std::shared_ptr<const TrustStore> m_lessons_tried{};  // by this they could not be
    std::string m_told{};                              // the last that the operator was told of the trust
    std::unique_ptr<UiRenderer> m_ui{};
    std::unique_ptr<Backdrop> m_backdrop{};
    std::unique_ptr<Viewfinder> m_viewfinder{};
    Frame m_frame{};
    Timings m_timings{};
    std::optional<std::chrono::steady_clock::time_point> m_code_seen{};  // by the camera, and not answered yet
    int m_frames_to_draw{};
    std::int64_t m_drawn_ms{};
    std::int64_t m_camera_look_ms{};
    std::int64_t m_read_ms{};
    std::int64_t m_advice_ms{};  // when the reader says next what would help
    std::int64_t m_news_ms{};
};

inline constexpr std::int64_t look_for_news_every_ms = 30'000;

}  // namespace pipa::kiosk
