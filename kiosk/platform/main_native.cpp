// pipa-kiosk on Linux: options, window, and the loop that sleeps until something happens.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "host/files.hpp"
#include "platform/exit_code.hpp"
#include "platform/options.hpp"
#include "platform/screenshot.hpp"
#include "platform/script.hpp"
#include "platform/service_manager.hpp"
#include "platform/startup.hpp"
#include "platform/y4m.hpp"

namespace pipa::kiosk {
namespace {

std::atomic<bool> asked_to_end{false};

// So that the loop wakes up when another thread has something for it; what kind of event it is does not matter.
void wake_up() {
    SDL_Event event{};
    event.type = SDL_EVENT_USER;
    SDL_PushEvent(&event);
}

// A thread that still reads must not see libraries being taken down around it.
[[noreturn]] void end_at_once(int code) {
    std::fflush(nullptr);
    std::_Exit(code);
}

// A thread of its own waits for the signals that end the program: a handler could not wake the loop, which may sleep for a minute. Call
// before any other thread is there, so that all inherit the mask. What hangs while it is taken down is left behind.
void end_on_signals() {
    static constexpr auto longest_end = std::chrono::milliseconds(400);
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals] {
        int signal = 0;
        if (sigwait(&signals, &signal) != 0) return;
        asked_to_end = true;
        wake_up();
        std::this_thread::sleep_for(longest_end);
        end_at_once(exit_ok);
    }).detach();
}

int fail_with(int code, const std::string& sentence) {
    std::fprintf(stderr, "pipa-kiosk: %s\n", sentence.c_str());
    return code;
}

class Clock {
public:
    // It is `start_ms` now.
    explicit Clock(std::int64_t start_ms) : m_offset_ms(start_ms - static_cast<std::int64_t>(SDL_GetTicks())) {}
    [[nodiscard]] Moment now() const { return {static_cast<std::int64_t>(SDL_GetTicks()) + m_offset_ms, static_cast<UnixSeconds>(std::time(nullptr))}; }

private:
    std::int64_t m_offset_ms;
};

// Serves one event, and all that came with it. False when the program is to end.
bool serve(const SDL_Event& event, Shell& shell, const Window& window, const Options& options, const Clock& clock) {
    const Received received = receive(event, window.pixel_density());
    if (received.quit && !options.window.fullscreen) return false;  // on a bare screen no visitor's keys may end it
    if (event.type == SDL_EVENT_CAMERA_DEVICE_ADDED) shell.camera_plugged(true);
    if (event.type == SDL_EVENT_CAMERA_DEVICE_REMOVED) shell.camera_plugged(false);
    if (received.resized) {
        const auto [width, height] = window.pixels();
        shell.handle(event::Resized{{width, height, options.dpi / 25.4f}}, clock.now());
    }
    shell.receive(received, clock.now());
    return true;
}

// Where its driver can, SDL sleeps until something comes. Elsewhere (a bare screen) it would ask a thousand times a second.
bool sleeps_by_itself() {
    const std::string_view driver = SDL_GetCurrentVideoDriver();
    return driver == "x11" || driver == "wayland";
}
constexpr std::int64_t finger_ms = 16;     // how late a touch may be noticed where SDL has to ask
constexpr std::int64_t longest_sleep_ms = 60'000;

bool wait_for_event(SDL_Event& event, std::int64_t rest_ms, bool sleeps) {
    const auto rest = static_cast<Sint32>(std::clamp<std::int64_t>(rest_ms, 0, longest_sleep_ms));
    if (sleeps || rest == 0) return SDL_WaitEventTimeout(&event, rest);
    if (SDL_PollEvent(&event)) return true;
    SDL_Delay(static_cast<Uint32>(std::min<std::int64_t>(rest, finger_ms)));
    return SDL_PollEvent(&event);
}

int run_live(Shell& shell, Window& window, const Options& options, const Clock& clock, SessionOpening& opening) {
    const bool sleeps = sleeps_by_itself();
    ServiceManager manager(ServiceManager::settings_of_environment());
    bool shown = false;
    while (!asked_to_end) {
        if (shell.needs_drawing()) {
            shell.draw(clock.now());
            window.present();
            if (!std::exchange(shown, true)) manager.ready();
        }
        manager.alive(clock.now().ms);
        const auto wake = shell.next_wake_ms();
        const std::int64_t rest = std::min({wake ? *wake - clock.now().ms : longest_sleep_ms, shell.files_due_in_ms().value_or(longest_sleep_ms),
                                            manager.due_in_ms(clock.now().ms).value_or(longest_sleep_ms)});
        SDL_Event event;
        for (bool more = wait_for_event(event, shell.needs_drawing() ? 0 : rest, sleeps); more; more = SDL_PollEvent(&event))
            if (!serve(event, shell, window, options, clock)) return exit_ok;
        if (auto session = opening.take_if_ready()) shell.handle(std::move(*session), clock.now());
        shell.run(clock.now());
    }
    manager.ending();
    return exit_ok;
}

struct Plan {
    std::vector<ScriptLine> lines{};
    int exit_code{exit_ok};
};

// What can be refused before a window opens. A font or a list of keys that is missing is not: the kiosk runs on without.
Plan check_files(const Options& options) {
    if (options.camera.ends_with(".y4m") && std::filesystem::exists(options.camera))
        if (const auto file = Y4mFile::open(options.camera); !file) return {.exit_code = fail_with(exit_bad_data, options.camera + ": " + file.error())};
    if (options.script.empty()) return {};
    const auto text = read_file(options.script);
    if (!text) return {.exit_code = fail_with(exit_io, to_string(text.error()))};
    auto lines = parse_script(as_text(*text));
    if (!lines) return {.exit_code = fail_with(exit_bad_data, options.script.string() + ": " + lines.error())};
    return {.lines = std::move(*lines)};
}

// The picture that --screenshot wants: what stands on the screen now.
int keep_picture(Shell& shell, const Window& window, Moment now, const std::filesystem::path& path) {
    shell.draw(now);
    const auto [width, height] = window.pixels();
    return save_png(take_screenshot(width, height), path) ? exit_ok : fail_with(exit_io, "cannot write " + path.string());
}

// In the script's own time; without a script just long enough for the first screen.
int run_scripted(Shell& shell, Window& window, const Options& options, const std::vector<ScriptLine>& lines, ScriptTimes times, SessionOpening& opening) {
    shell.draw(times.start);
    window.present();
    times.first_frame_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - times.started).count();
    ScriptContext context{shell, window, times, options.camera, options.screenshots, &asked_to_end};
    if (const std::string problem = run_script(lines, context); !problem.empty())
        return fail_with(exit_script_failed, options.script.string() + ": " + problem);
    if (!lines.empty() && lines.back().command == "live") return run_live(shell, window, options, Clock(context.now().ms), opening);
    return options.screenshot.empty() ? exit_ok : keep_picture(shell, window, context.now(), options.screenshot);
}

int tell_problems(const Options& options) {
    const std::vector<std::string> problems = problems_of(options);
    for (const std::string& problem : problems) std::fprintf(stderr, "pipa-kiosk: %s\n", problem.c_str());
    if (problems.empty()) std::puts("pipa-kiosk: the configuration is in order");
    return problems.empty() ? exit_ok : exit_bad_data;
}

void tell_about_fonts(const FontReport& fonts, const FontChoice& choice) {
    if (!fonts.chinese_missing) return;
    const std::string which = choice.regular.empty() ? "no Chinese font is installed" : choice.regular + " cannot be used, or has no Chinese characters";
    std::fprintf(stderr, "pipa-kiosk: %s (Debian: fonts-noto-cjk); going on in English\n", which.c_str());
}

int run(const Options& options, std::chrono::steady_clock::time_point started) {
    end_on_signals();
    const Plan plan = check_files(options);
    if (plan.exit_code != exit_ok) return plan.exit_code;
    if (options.check_only) return tell_problems(options);
    ImGui::CreateContext();
    const FontReport fonts = load_fonts(options.fonts);
    tell_about_fonts(fonts, options.fonts);
    auto window = Window::open(options.window);
    if (!window) return fail_with(exit_no_display, window.error());

    const bool scripted = !options.script.empty() || !options.screenshot.empty();
    const Moment start{0, static_cast<UnixSeconds>(std::time(nullptr))};
    const Clock clock(start.ms);
    const auto [width, height] = (*window)->pixels();
    const Setup setup{.language = *parse_language(options.language), .idle_after_ms = options.idle_s * 1000LL,
                      .warning_ms = options.warning_s * 1000LL, .chinese_font_missing = fonts.chinese_missing, .draws_slowly = draws_in_software()};
    SessionOpening opening([options] { return open_session(options); }, wake_up);
    auto camera = options.camera.empty() ? make_sdl_camera() : make_file_camera(options.camera);
    auto files = std::make_unique<ThreadedFiles>(places_of(options, wake_up));
    const ThreadedFiles& reading = *files;
    auto shell = Shell::create(setup, {width, height, options.dpi / 25.4f}, std::move(camera), std::move(files), start);
    if (!shell) return fail_with(exit_no_display, "the graphics driver refuses our shaders: " + shell.error());
    (*shell)->handle(opening.take(), start);
    const int code = scripted ? run_scripted(**shell, **window, options, plan.lines, {start, started}, opening)
                              : run_live(**shell, **window, options, clock, opening);
    const bool left_behind = reading.is_reading() || opening.is_reading();
    shell->reset();
    ImGui::DestroyContext();
    if (left_behind) end_at_once(code);
    return code;
}

}  // namespace
}  // namespace pipa::kiosk

int main(int argument_count, char** arguments) {
    const auto started = std::chrono::steady_clock::now();
    int exit_code = pipa::kiosk::exit_ok;
    const auto options = pipa::kiosk::read_options(argument_count, arguments, exit_code);
    if (!options) return exit_code;
    try {
        return pipa::kiosk::run(*options, started);
    } catch (const std::exception& problem) {  // out of memory, or a fault of ours
        return pipa::kiosk::fail_with(pipa::kiosk::exit_io, problem.what());
    }
}
