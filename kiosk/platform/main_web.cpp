// The kiosk in the browser: what start.mjs calls, and a loop that runs only when something is to be done.
#include <emscripten.h>
#include <emscripten/eventloop.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <ctime>

#include "base/hex.hpp"
#include "platform/shell.hpp"
#include "platform/window.hpp"
#include "screens/type_setting.hpp"

// clang-format off
EM_JS(void, pipa_want_files, (const char* json), { Module['onFiles'](UTF8ToString(json)); });
EM_JS(void, pipa_keep_state, (const void* state, int size), { Module['onState'](HEAPU8.slice(state, state + size)); });
EM_JS(void, pipa_tell_operator, (const char* sentence), { Module['onProblem'](UTF8ToString(sentence)); });
EM_JS(void, pipa_tell_status, (const char* json), { if (Module['onStatus']) Module['onStatus'](UTF8ToString(json)); });
// clang-format on

namespace pipa::kiosk {
namespace {

struct Running {
    std::unique_ptr<Window> window{};
    std::unique_ptr<Shell> shell{};
    float px_per_mm{};
    bool frame_asked{};
    int timer{};  // counts wishes to wake, so that an older one is not heeded
    std::string status{};
};
Running* running = nullptr;  // the one kiosk of this page; the browser's callbacks have nothing else to go by

Moment now() { return {static_cast<std::int64_t>(emscripten_get_now()), static_cast<UnixSeconds>(std::time(nullptr))}; }

Display display_of(const Window& window, float px_per_mm) {
    const auto [width, height] = window.pixels();
    return {std::max(1, width), std::max(1, height), px_per_mm};
}

void append_json(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    out += '"';
}
void add_field(std::string& out, std::string_view name, std::string_view value) {
    out += out.size() > 1 ? "," : "";
    append_json(out, name);
    out += ':';
    append_json(out, value);
}

// What stands on the screen, for people who cannot see it, for tests, and for whoever watches over a row of kiosks.
std::string describe(const ScreenView& view, const std::vector<Target>& targets) {
    std::string out = "{";
    add_field(out, "screen", screen_name(view.screen));
    add_field(out, "language", view.language == Language::Chinese ? "zh-Hans" : "en");
    add_field(out, "camera", view.picture.texture != 0 ? "live" : view.camera_trouble);
    add_field(out, "number", view.number);
    add_field(out, "freshness", view.freshness.grade);
    add_field(out, "trouble", view.troubles.empty() ? "" : view.troubles.front().key);
    add_field(out, "typed", view.typed);
    add_field(out, "warning", view.idle_seconds_left ? std::to_string(*view.idle_seconds_left) : "");
    if (view.page) {
        add_field(out, "verdict", view.page->verdict.code);
        add_field(out, "level", view.page->verdict.level);
        add_field(out, "reason_code", view.page->verdict.reason_code);
        add_field(out, "answers", std::to_string(std::max<std::size_t>(1, view.choices.size())));
        std::string remarks;
        for (const RemarkView& remark : view.page->remarks) remarks += (remarks.empty() ? "" : " ") + remark.code;
        add_field(out, "remarks", remarks);
        add_field(out, "spoken", view.page->title + ". " + view.page->verdict.reason + " " + view.page->verdict.next_step);
    }
    out += ",\"targets\":[";
    for (const Target& target : targets) {
        out += out.back() == '[' ? "[" : ",[";
        append_json(out, target.id);
        for (const float value : {target.rect.x, target.rect.y, target.rect.w, target.rect.h}) out += "," + std::to_string(static_cast<int>(value));
        out += ']';
    }
    return out + "]}";
}

// The page fetches, and answers with pipa_kiosk_file(); it also keeps.
class PageFiles final : public SiteFiles {
public:
    void want(const std::vector<inquiry::Wanted>& files) override {
        std::string json = "[";
        for (const inquiry::Wanted& wanted : files) {
            std::string one = "{";
            add_field(one, "name", wanted.name);
            one += ",\"max_bytes\":" + std::to_string(wanted.max_bytes) + ",\"patience_ms\":" + std::to_string(wanted.patience_ms) + (is_trust(wanted) ? ",\"late\":true}" : ",\"late\":false}");
            json += (json.size() > 1 ? "," : "") + one;
        }
        pipa_want_files((json + "]").c_str());
    }
    void keep(Bytes state) override { pipa_keep_state(state.data(), static_cast<int>(state.size())); }
    void tell_operator(const std::string& sentence) override { pipa_tell_operator(sentence.c_str()); }
};

void tell_status() {
    std::string status = describe(running->shell->view(), running->shell->targets());
    if (status == running->status) return;
    running->status = std::move(status);
    pipa_tell_status(running->status.c_str());
}

void serve_events() {
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        if (event.type == SDL_EVENT_CAMERA_DEVICE_ADDED) running->shell->camera_plugged(true);
        if (event.type == SDL_EVENT_CAMERA_DEVICE_REMOVED) running->shell->camera_plugged(false);
        const Received received = receive(event, running->window->pixel_density());
        if (received.resized) running->shell->handle(event::Resized{display_of(*running->window, running->px_per_mm)}, now());
        running->shell->receive(received, now());
    }
}

void ask_for_frame();

// Sleeps until the core wants to be woken; an event of SDL's wakes it before.
void sleep_until_due() {
    const auto due = running->shell->next_wake_ms();
    if (!due) return;
    const auto wish = static_cast<std::intptr_t>(++running->timer);
    const auto wake = [](void* which) {
        if (static_cast<int>(reinterpret_cast<std::intptr_t>(which)) == running->timer) ask_for_frame();
    };
    emscripten_async_call(wake, reinterpret_cast<void*>(wish), static_cast<int>(std::max<std::int64_t>(0, *due - now().ms)));
}

bool on_frame(double, void*) {
    running->frame_asked = false;
    serve_events();
    running->shell->run(now());
    if (running->shell->needs_drawing()) {
        running->shell->draw(now());
        running->window->present();
        tell_status();
    }
    if (running->shell->needs_drawing()) ask_for_frame();
    else sleep_until_due();
    return false;
}

void ask_for_frame() {
    if (running->frame_asked) return;
    running->frame_asked = true;
    emscripten_request_animation_frame(on_frame, nullptr);
}

bool on_sdl_event(void*, SDL_Event*) {
    if (running != nullptr && running->shell != nullptr) ask_for_frame();
    return true;
}

}  // namespace
}  // namespace pipa::kiosk

extern "C" {

using namespace pipa;
using namespace pipa::kiosk;

// Starts the kiosk on #canvas. `chinese` is the language of the attract screen. Returns nullptr, or a sentence for the console when the
// browser cannot show it.
EMSCRIPTEN_KEEPALIVE const char* pipa_kiosk_start(int chinese, double px_per_mm, int idle_s, int warning_s) {
    static std::string problem;
    static Running the_kiosk;
    running = &the_kiosk;
    running->px_per_mm = static_cast<float>(px_per_mm);
    ImGui::CreateContext();
    const FontReport fonts = load_fonts({});
    auto window = Window::open({.show_cursor = true});
    if (!window) return (problem = window.error()).c_str();
    running->window = std::move(*window);
    const Setup setup{.language = chinese != 0 ? Language::Chinese : Language::English, .idle_after_ms = idle_s * 1000LL,
                      .warning_ms = warning_s * 1000LL, .chinese_font_missing = fonts.chinese_missing};
    auto shell = Shell::create(setup, display_of(*running->window, running->px_per_mm), make_sdl_camera(), std::make_unique<PageFiles>(), now());
    if (!shell) return (problem = shell.error()).c_str();
    running->shell = std::move(*shell);
    SDL_AddEventWatch(on_sdl_event, nullptr);
    emscripten_runtime_keepalive_push();  // or the first timer that fires would end the program: there is no main()
    ask_for_frame();
    return nullptr;
}

// Memory for the next call's bytes; valid until then.
EMSCRIPTEN_KEEPALIVE std::uint8_t* pipa_kiosk_room(std::size_t size) {
    static Bytes room;
    room.assign(size, 0);
    return room.data();
}

// What the page was published with: 32 bytes of a root's pin (`repository`) or of an office's key in hexadecimal digits, then what
// onState was given on an earlier day. `demo_now` is the time at which a demo stands still, 0 for none. Begins to ask for files.
EMSCRIPTEN_KEEPALIVE void pipa_kiosk_open(const std::uint8_t* room, std::size_t anchor_size, std::size_t state_size, int repository, double demo_now) {
    const auto bytes = from_hex(as_text({room, anchor_size}));
    inquiry::Anchor anchor;
    std::string problem{code_name(ErrorCode::FileUnreadable)};
    if (bytes && bytes->size() == anchor.root_pin.size()) {
        std::ranges::copy(*bytes, (repository != 0 ? anchor.root_pin : anchor.office_key).begin());
        anchor.kind = repository != 0 ? inquiry::Anchor::Kind::Repository : inquiry::Anchor::Kind::Pack;
        problem.clear();
    }
    auto session = std::make_shared<inquiry::Session>(anchor);
    if (state_size > 0) session->restore({room + anchor_size, state_size});
    if (demo_now > 0) session->set_demo_now(static_cast<UnixSeconds>(demo_now));
    running->shell->handle(event::SessionGiven{std::move(session), std::move(problem)}, now());
    ask_for_frame();
}

// A file that was wanted: its name, then what came. `arrival` as in inquiry/session.hpp.
EMSCRIPTEN_KEEPALIVE void pipa_kiosk_file(const std::uint8_t* room, std::size_t name_size, std::size_t size, int arrival) {
    const std::string name{as_text({room, name_size})};
    running->shell->take_file(name, {static_cast<inquiry::Arrival>(arrival), to_bytes({room + name_size, size})}, now());
    ask_for_frame();
}

EMSCRIPTEN_KEEPALIVE void pipa_kiosk_paste(const std::uint8_t* room, std::size_t size) {
    running->shell->handle(event::Pasted{std::string{as_text({room, size})}}, now());
    ask_for_frame();
}

// The characters of a text in the room that the browser's fonts do not have; for tests and for whoever sets up a tablet.
EMSCRIPTEN_KEEPALIVE const char* pipa_kiosk_missing_glyphs(const std::uint8_t* room, std::size_t size) {
    static std::string missing;
    missing = missing_glyphs(as_text({room, size}));
    return missing.c_str();
}

EMSCRIPTEN_KEEPALIVE void pipa_kiosk_camera_plugged(int in) {
    running->shell->camera_plugged(in != 0);
    ask_for_frame();
}

}  // extern "C"
