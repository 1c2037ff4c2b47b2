#include "platform/script.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

#include "page/view_json.hpp"
#include "platform/screenshot.hpp"

namespace pipa::kiosk {
namespace {

constexpr std::int64_t step_ms = 16, longest_wait_ms = 3'600'000;
constexpr std::int64_t scanner_gap_ms = 8, hand_gap_ms = 180;  // between two keys

class Player {
public:
    explicit Player(ScriptContext& context) : m(context) {}

    std::string play(const ScriptLine& line) {
        const auto found = std::ranges::find(commands, line.command, &Command::name);
        return (this->*found->run)(line.rest);
    }

    void wait(std::int64_t ms) {
        const std::int64_t end = m.passed_ms + ms;
        do {
            m.passed_ms += std::min(step_ms, end - m.passed_ms);
            m.shell.run(m.now());
            wait_for_files();
            draw();
        } while (m.passed_ms < end && !m.interrupted());
    }

    struct Command {
        std::string_view name;
        std::string (Player::*run)(const std::string& rest);
        bool takes_words;
    };
    static const std::array<Command, 16> commands;

private:
    // The script's time stands still while somebody reads.
    void wait_for_files() {
        constexpr std::int64_t look_for_signals_ms = 50;
        while (m.shell.files_due_in_ms() && !m.interrupted()) m.shell.wait_for_files(look_for_signals_ms, m.now());
    }
    void draw() {
        while (m.shell.needs_drawing()) {
            m.shell.draw(m.now());
            m.window.present();
        }
    }

    void send(SDL_Event event) {
        m.shell.receive(receive(event, 1), m.now());
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

    std::string drag(const std::string& rest) {
        std::istringstream words(rest);
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
        m.shell.receive(receive(event, 1), m.now());
    }
    void type(const std::string& text, std::int64_t gap_ms) {
        for (const char c : text) {
            key(static_cast<SDL_Keycode>(static_cast<unsigned char>(c)));
            wait(gap_ms);
        }
    }

    std::filesystem::path away() const { return m.camera.string() + ".away"; }
    static std::string move_camera(const std::filesystem::path& from, const std::filesystem::path& to) {
        std::error_code error;
        std::filesystem::rename(from, to, error);
        return error ? from.string() + ": " + error.message() : "";
    }

    std::string screenshot(const std::string& name) {
        m.shell.draw(m.now());
        const auto [width, height] = m.window.pixels();
        const auto path = m.screenshots / (name + ".png");
        return save_png(take_screenshot(width, height), path) ? "" : "cannot write " + path.string();
    }

    std::string expect(const std::string& rest) {
        std::istringstream words(rest);
        std::string what, wanted;
        words >> what;
        std::getline(words >> std::ws, wanted);
        const std::string found = fact(what);
        return found == wanted ? "" : "expected " + what + " '" + wanted + "', found '" + found + "'";
    }
    static std::string remarks(const ScreenView& view) {
        std::string out;
        if (view.page)
            for (const RemarkView& remark : view.page->remarks) out += (out.empty() ? "" : " ") + remark.code;
        return out.empty() ? "none" : out;
    }
    bool can_touch(std::string_view id) const { return std::ranges::find(m.shell.targets(), id, &Target::id) != m.shell.targets().end(); }
    std::string fact(const std::string& what) const {
        const ScreenView view = make_view(m.shell.state());
        if (what == "screen") return std::string{screen_name(view.screen)};
        if (what == "verdict") return view.page ? view.page->verdict.code : "none";
        if (what == "reason") return view.page ? view.page->verdict.reason_code : "none";
        if (what == "camera") return view.camera_trouble.empty() ? view.picture.texture != 0 ? "live" : "none" : view.camera_trouble;
        if (what == "advice") return view.advice.empty() ? "none" : view.advice;
        if (what == "trouble") return view.troubles.empty() ? "none" : view.troubles.front().key + (view.troubles.front().code.empty() ? "" : " ") + view.troubles.front().code;
        if (what == "remarks") return remarks(view);
        if (what == "answers") return std::to_string(std::max<std::size_t>(view.choices.size(), view.page ? 1 : 0));
        if (what == "typed") return view.typed.empty() ? "none" : view.typed;
        if (what == "number") return view.number.empty() ? "none" : view.number;
        if (what == "language") return view.language == Language::Chinese ? "zh-Hans" : "en";
        if (what == "warning") return view.idle_seconds_left ? std::to_string(*view.idle_seconds_left) : "none";
        if (what == "freshness") return view.freshness.grade;
        if (what == "scrolled") return m.shell.state().scroll.offset > 1 ? "yes" : "no";
        if (what.starts_with("target/")) return can_touch(what.substr(what.find('/') + 1)) ? "yes" : "no";
        return "no such fact";
    }

    std::string answer(const std::string&) {
        const ScreenView view = make_view(m.shell.state());
        std::printf("{\"screen\":\"%s\",\"view\":%s}\n", std::string{screen_name(view.screen)}.c_str(), view.page ? to_json(*view.page).c_str() : "null");
        std::fflush(stdout);
        return "";
    }

    std::string report(const std::string&) {
        long pages = 0;
        std::ifstream("/proc/self/statm") >> std::ws >> pages >> pages;
        std::printf("{\"first_frame_ms\": %.1f, \"frame_to_answer_ms\": %.2f, \"read_ms\": %.2f, \"draw_ms\": %.2f, \"frames\": %ld, \"cpu_ms\": %.0f, \"resident_mb\": %.1f}\n", m.times.first_frame_ms,
                    m.shell.timings().frame_to_answer_ms, m.shell.timings().read_ms, m.shell.timings().draw_ms, m.shell.timings().frames,
                    static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC, static_cast<double>(pages) * 4096 / 1e6);
        std::fflush(stdout);
        return "";
    }

    std::string wait_for(const std::string& rest) {
        std::int64_t ms = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), ms);
        if (error != std::errc{} || end != rest.data() + rest.size() || ms < 1 || ms > longest_wait_ms) return "wants milliseconds, up to an hour";
        wait(ms);
        return "";
    }
    std::string scan(const std::string& text) { return type(text, scanner_gap_ms), press(SDLK_RETURN); }
    std::string type_by_hand(const std::string& text) { return type(text, hand_gap_ms), wait(hand_gap_ms), ""; }
    std::string live(const std::string&) { return ""; }  // whoever runs the script goes on

    std::string paste(const std::string& text) {
        m.shell.handle(event::Pasted{text}, m.now());
        return wait(step_ms), "";
    }
    std::string enter(const std::string&) { return press(SDLK_RETURN); }
    std::string erase(const std::string&) { return press(SDLK_BACKSPACE); }
    std::string press(SDL_Keycode code) { return key(code), wait(step_ms), ""; }
    std::string unplug(const std::string&) { return move_camera(m.camera, away()); }
    std::string plug(const std::string&) { return move_camera(away(), m.camera); }

    std::string publish(const std::string& rest) {
        std::istringstream words(rest);
        std::filesystem::path from, to;
        if (!(words >> from >> to)) return "wants FROM TO";
        const std::filesystem::path part = to.string() + ".part";
        std::error_code error;
        std::filesystem::copy_file(from, part, std::filesystem::copy_options::overwrite_existing, error);
        if (!error) std::filesystem::rename(part, to, error);
        return error ? to.string() + ": " + error.message() : "";
    }

    ScriptContext& m;
};

const std::array<Player::Command, 16> Player::commands = {{
    {"wait", &Player::wait_for, true}, {"tap", &Player::tap, true}, {"drag", &Player::drag, true}, {"scan", &Player::scan, true},
    {"type", &Player::type_by_hand, true}, {"paste", &Player::paste, true},
    {"enter", &Player::enter, false}, {"erase", &Player::erase, false}, {"unplug", &Player::unplug, false},
    {"plug", &Player::plug, false}, {"publish", &Player::publish, true}, {"screenshot", &Player::screenshot, true}, {"expect", &Player::expect, true},
    {"answer", &Player::answer, false}, {"report", &Player::report, false}, {"live", &Player::live, false}}};

}  // namespace

std::expected<std::vector<ScriptLine>, std::string> parse_script(std::string_view text) {
    std::vector<ScriptLine> lines;
    std::istringstream in{std::string{text}};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string::npos || line[first] == '#') continue;
        const std::size_t end = line.find(' ', first);
        const std::size_t rest = end == std::string::npos ? end : line.find_first_not_of(' ', end);
        ScriptLine read{number, line.substr(first, end - first), rest == std::string::npos ? "" : line.substr(rest)};
        const auto known = std::ranges::find(Player::commands, read.command, &Player::Command::name);
        if (known == Player::commands.end()) return std::unexpected("line " + std::to_string(number) + ": no such command: " + read.command);
        if (known->takes_words == read.rest.empty())
            return std::unexpected("line " + std::to_string(number) + ": " + read.command + (known->takes_words ? " wants more" : " stands alone"));
        if (!lines.empty() && lines.back().command == "live") return std::unexpected("line " + std::to_string(number) + ": nothing comes after live");
        lines.push_back(std::move(read));
    }
    return lines;
}

std::string run_script(std::span<const ScriptLine> lines, ScriptContext& context) {
    Player player(context);
    player.wait(step_ms);
    for (const ScriptLine& line : lines) {
        if (context.interrupted()) return "line " + std::to_string(line.number) + ": interrupted";
        const std::string problem = player.play(line);
        if (!problem.empty()) return "line " + std::to_string(line.number) + " (" + line.command + "): " + problem;
    }
    return {};
}

}  // namespace pipa::kiosk
