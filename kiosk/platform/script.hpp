// Driving the kiosk from a file, in its own time: a script's minute takes as long as drawing its frames. For tests.
//
//   tap ID | tap X Y       a finger on a named target, or on a point in pixels
//   drag X1 Y1 X2 Y2 MS    a finger that moves
//   scan TEXT              the USB scanner types TEXT and Enter;   type TEXT   a person does, without Enter
//   enter | erase          keys
//   wait MS                time passes, frames are drawn
//   unplug | plug          the camera's file goes away, or comes back
//   screenshot NAME        into --screenshot-dir as NAME.png
//   expect WHAT VALUE      screen, verdict, reason, camera, trouble, notice, typed, language, warning: what make_view says
//   report                 one line of JSON on standard output: timings and memory
//   # comment
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "platform/shell.hpp"
#include "platform/window.hpp"

namespace pipa::kiosk {

struct ScriptLine {
    int number{};
    std::string command{};
    std::string rest{};
};

[[nodiscard]] std::vector<ScriptLine> parse_script(std::string_view text);

struct ScriptContext {
    Shell& shell;
    Window& window;
    Moment now{};
    std::filesystem::path camera{};
    std::filesystem::path screenshots{};
    std::chrono::steady_clock::time_point started{};
    double first_frame_ms{};
};

// Empty when all went as expected, else the line and what was there instead.
[[nodiscard]] std::string run_script(std::span<const ScriptLine> lines, ScriptContext& context);

}  // namespace pipa::kiosk
