#include "platform/script.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "platform/screenshot.hpp"

namespace pipa::kiosk {
namespace {

constexpr std::int64_t step_ms = 16;

class Player {
public:
    explicit Player(ScriptContext& context) : m(context) {}

    std::string play(const ScriptLine& line) {
        std::istringstream words(line.rest);
        if (line.command == "wait") return wait(std::stoll(line.rest)), "";
        if (line.command == "tap") return tap(line.rest);
        if (line.command == "drag") return drag(words);
        if (line.command == "scan") return type(line.rest, 8), key(SDLK_RETURN), wait(step_ms), "";
        if (line.command == "type") return type(line.rest, 180), wait(200), "";
        if (line.command == "enter") return key(SDLK_RETURN), wait(step_ms), "";
        if (line.command == "erase") return key(SDLK_BACKSPACE), wait(step_ms), "";
        if (line.command == "unplug") return move_camera(m.camera, away()), "";
        if (line.command == "plug") return move_camera(away(), m.camera), "";
        if (line.command == "screenshot") return screenshot(line.rest);
        if (line.command == "expect") return expect(words);
        if (line.command == "report") return report(), "";
        return "no such command";
    }

    void wait(std::int64_t ms) {
        const std::int64_t end = m.now.ms + ms;
        do {
            const std::int64_t step = std::min(step_ms, end - m.now.ms);
            m.now.ms += step;
            m_clock_ms += step;
            m.now.unix_s += m_clock_ms / 1000;
            m_clock_ms %= 1000;
            m.shell.run(m.now);
            draw();
        } while (m.now.ms < end);
    }

private:
    void draw() {
        while (m.shell.needs_drawing()) {
            m.shell.draw(m.now);
            m.window.present();
        }
    }

    void send(SDL_Event event) {
        m.shell.receive(receive(event, 1), m.now);
        draw();
    }
    void mouse(Uint32 type, float x, float y) {
        SDL_Event event{};
        event.type = type;
        if (type == SDL_EVENT_MOUSE_MOTION) event.motion = {.type = SDL_EVENT_MOUSE_MOTION, .state = SDL_BUTTON_LMASK, .x = x, .y = y};
        else event.button = {.type = static_cast<SDL_EventType>(type), .button = SDL_BUTTON_LEFT, .x = x, .y = y};
        send(event);
    }

    std::string tap(const std::string& where) {
        draw();
        float x = 0, y = 0;
        if (std::istringstream point(where); !(point >> x >> y)) {
            const auto& targets = m.shell.targets();
            const auto found = std::ranges::find(targets, where, &Target::id);
            if (found == targets.end()) return "no such target here: " + known();
            x = found->rect.middle_x();
            y = found->rect.middle_y();
        }
        mouse(SDL_EVENT_MOUSE_BUTTON_DOWN, x, y);
        wait(2 * step_ms);
        mouse(SDL_EVENT_MOUSE_BUTTON_UP, x, y);
        wait(2 * step_ms);
        return "";
    }
    std::string known() const {
        std::string out;
        for (const Target& target : m.shell.targets()) out += " " + target.id;
        return out;
    }

    std::string drag(std::istringstream& words) {
        float x1 = 0, y1 = 0, x2 = 0, y2 = 0;
        std::int64_t ms = 0;
        if (!(words >> x1 >> y1 >> x2 >> y2 >> ms) || ms < 1) return "wants X1 Y1 X2 Y2 MS";
        mouse(SDL_EVENT_MOUSE_BUTTON_DOWN, x1, y1);
        for (std::int64_t passed = 0; passed < ms; passed += step_ms) {
            wait(step_ms);
            const float part = std::min(1.0f, static_cast<float>(passed + step_ms) / static_cast<float>(ms));
            mouse(SDL_EVENT_MOUSE_MOTION, x1 + (x2 - x1) * part, y1 + (y2 - y1) * part);
        }
        mouse(SDL_EVENT_MOUSE_BUTTON_UP, x2, y2);
        wait(step_ms);
        return "";
    }

    void key(SDL_Keycode code) {
        SDL_Keymod modifiers = SDL_KMOD_NONE;
        SDL_Event event{};
        const SDL_Scancode scancode = SDL_GetScancodeFromKey(code, &modifiers);
        event.key = {.type = SDL_EVENT_KEY_DOWN, .scancode = scancode, .key = code, .mod = modifiers, .down = true};
        m.shell.receive(receive(event, 1), m.now);
    }
    void type(const std::string& text, std::int64_t gap_ms) {
        for (const char c : text) {
            key(static_cast<SDL_Keycode>(static_cast<unsigned char>(c)));
            wait(gap_ms);
        }
    }

    std::filesystem::path away() const { return m.camera.string() + ".away"; }
    static void move_camera(const std::filesystem::path& from, const std::filesystem::path& to) {
        std::error_code ignored;
        std::filesystem::rename(from, to, ignored);
    }

    std::string screenshot(const std::string& name) {
        m.shell.draw(m.now);
        const auto [width, height] = m.window.pixels();
        const auto path = m.screenshots / (name + ".png");
        return save_png(take_screenshot(width, height), path) ? "" : "cannot write " + path.string();
    }

    std::string expect(std::istringstream& words) {
        std::string what, wanted;
        words >> what;
        std::getline(words >> std::ws, wanted);
        const std::string found = fact(what);
        return found == wanted ? "" : "expected " + what + " '" + wanted + "', found '" + found + "'";
    }
    std::string fact(const std::string& what) const {
        const ScreenView view = make_view(m.shell.state());
        if (what == "screen") return std::string{screen_name(view.screen)};
        if (what == "verdict") return view.page ? view.page->verdict.code : "none";
        if (what == "reason") return view.page ? view.page->verdict.reason_code : "none";
        if (what == "camera") return view.camera_trouble.empty() ? view.picture.texture != 0 ? "live" : "none" : view.camera_trouble;
        if (what == "trouble") return view.troubles.empty() ? "none" : view.troubles.front().key + " " + view.troubles.front().code;
        if (what == "notice") return view.notice.empty() ? "none" : view.notice;
        if (what == "typed") return view.typed.empty() ? "none" : view.typed;
        if (what == "language") return view.language == Language::Chinese ? "zh-Hans" : "en";
        if (what == "warning") return view.idle_seconds_left ? std::to_string(*view.idle_seconds_left) : "none";
        if (what == "scrolled") return m.shell.state().scroll.offset > 1 ? "yes" : "no";
        return "no such fact";
    }

    void report() const {
        long pages = 0;
        std::ifstream("/proc/self/statm") >> std::ws >> pages >> pages;
        std::printf("{\"first_frame_ms\": %.1f, \"frame_to_answer_ms\": %.2f, \"draw_ms\": %.2f, \"resident_mb\": %.1f}\n", m.first_frame_ms,
                    m.shell.timings().frame_to_answer_ms, m.shell.timings().draw_ms, static_cast<double>(pages) * 4096 / 1e6);
        std::fflush(stdout);
    }

    ScriptContext& m;
    std::int64_t m_clock_ms{};
};

}  // namespace

std::vector<ScriptLine> parse_script(std::string_view text) {
    std::vector<ScriptLine> lines;
    std::istringstream in{std::string{text}};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string::npos || line[first] == '#') continue;
        const std::size_t end = line.find(' ', first);
        lines.push_back({number, line.substr(first, end - first), end == std::string::npos ? "" : line.substr(line.find_first_not_of(' ', end))});
    }
    return lines;
}

std::string run_script(std::span<const ScriptLine> lines, ScriptContext& context) {
    Player player(context);
    player.wait(step_ms);
    for (const ScriptLine& line : lines) {
        const std::string problem = player.play(line);
        if (!problem.empty()) return "line " + std::to_string(line.number) + " (" + line.command + "): " + problem;
    }
    return {};
}

}  // namespace pipa::kiosk
