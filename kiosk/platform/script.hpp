// Driving the kiosk from a file, in its own time: a script's minute takes as long as drawing its frames. It stands still while files
// are read. For tests.
//
//   tap ID | tap X Y       a finger on a named target, or on a point in pixels
//   drag X1 Y1 X2 Y2 MS    a finger that moves
//   scan TEXT              the USB scanner types TEXT and Enter;   type TEXT   a person does, without Enter
//   paste TEXT             what no keyboard types: Chinese, for one
//   enter | erase          keys
//   wait MS                time passes, frames are drawn
//   unplug | plug          the camera's file goes away, or comes back
//   publish FROM TO        a file of the site is replaced, as whoever publishes does it
//   screenshot NAME        into --screenshot-dir as NAME.png
//   expect WHAT VALUE      screen, verdict, reason, remarks, answers, freshness, number, camera, advice, trouble, typed, language, warning:
//                          what make_view says; scrolled and target/ID: yes or no
//   answer                 one line of JSON on standard output: the screen, and of a result its view-model (page/view_json.hpp)
//   live                   at the end: from here on in real time, until a signal
//   report                 one line of JSON on standard output: timings (of the processor too, of all threads), frames painted, memory
//   # comment
#pragma once

#include <atomic>
#include <chrono>
#include <expected>
#include <filesystem>
#include <span>
#include <vector>

#include "platform/shell.hpp"
#include "platform/window.hpp"

namespace pipa::kiosk {

struct ScriptLine {
    int number{};
    std::string command{};
    std::string rest{};
};

// The error names the line and what is wrong with it.
[[nodiscard]] std::expected<std::vector<ScriptLine>, std::string> parse_script(std::string_view text);

struct ScriptTimes {
    Moment start{};  // the script's own time begins here
    std::chrono::steady_clock::time_point started{};
    double first_frame_ms{};
};

struct ScriptContext {
    Shell& shell;
    Window& window;
    ScriptTimes times{};
    std::filesystem::path camera{};
    std::filesystem::path screenshots{};
    const std::atomic<bool>* asked_to_end{};  // a script can be interrupted; may be nullptr
    std::int64_t passed_ms{};  // since the start; run_script() counts

    [[nodiscard]] bool interrupted() const { return asked_to_end != nullptr && *asked_to_end; }
    [[nodiscard]] Moment now() const { return {times.start.ms + passed_ms, times.start.unix_s + passed_ms / 1000}; }
};

// Empty when all went as expected, else the line and what was there instead.
[[nodiscard]] std::string run_script(std::span<const ScriptLine> lines, ScriptContext& context);

}  // namespace pipa::kiosk
