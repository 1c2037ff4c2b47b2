// The kiosk in the browser: what start.mjs calls, and a loop that runs only when something is to be done.
#include <emscripten.h>
#include <emscripten/eventloop.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <ctime>

#include "base/hex.hpp"
#include "platform/learn_source.hpp"
#include "platform/shell.hpp"
#include "platform/trust_source.hpp"
#include "platform/window.hpp"
#include "screens/type_setting.hpp"

// clang-format off
EM_JS(void, pipa_ask_record, (const char* file), { Module['onRecord'](UTF8ToString(file)); });
EM_JS(void, pipa_tell_status, (const char* json), { if (Module['onStatus']) Module['onStatus'](UTF8ToString(json)); });
// clang-format on

namespace pipa::kiosk {
namespace {

struct Running {
    std::unique_ptr<Window> window{};
    std::unique_ptr<Shell> shell{};
    UnixSeconds offset_s{};
    float px_per_mm{};
    bool frame_asked{};
    int timer{};  // counts wishes to wake, so that an older one is not heeded
    std::string status{};
};
Running* running = nullptr;  // the one kiosk of this page; the browser's callbacks have nothing else to go by

Moment now() { return {static_cast<std::int64_t>(emscripten_get_now()), static_cast<UnixSeconds>(std::time(nullptr)) + running->offset_s}; }

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
    if (view.screen == Screen::Number) add_field(out, "number", problem_name(view.number_problem));
    add_field(out, "freshness", view.freshness.grade);
    add_field(out, "trouble", view.troubles.empty() ? "" : view.troubles.front().key);
    add_field(out, "notice", view.notice.empty() ? "" : texts_in(view.language).text(view.notice));
    add_field(out, "typed", view.typed);
    add_field(out, "warning", view.idle_seconds_left ? std::to_string(*view.idle_seconds_left) : "");
    if (view.page) {
        add_field(out, "verdict", view.page->verdict.code);
        add_field(out, "reason_code", view.page->verdict.reason_code);
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

// start.mjs fetches it and answers with pipa_kiosk_record().
std::optional<event::RecordArrived> ask_for_record(const std::string& file) {
    pipa_ask_record(file.c_str());
    return {};
}

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

// Starts the kiosk on #canvas. `chinese` is the language of the attract screen; `begin_unix_s` stands for this moment when
// it is not 0. Returns nullptr, or a sentence for the console when the browser cannot show it.
EMSCRIPTEN_KEEPALIVE const char* pipa_kiosk_start(int chinese, double px_per_mm, double begin_unix_s, int idle_s, int warning_s) {
    static std::string problem;
    static Running the_kiosk;
    running = &the_kiosk;
    running->px_per_mm = static_cast<float>(px_per_mm);
    if (begin_unix_s > 0) running->offset_s = static_cast<UnixSeconds>(begin_unix_s) - static_cast<UnixSeconds>(std::time(nullptr));
    ImGui::CreateContext();
    const FontReport fonts = load_fonts({});
    auto window = Window::open({.show_cursor = true});
    if (!window) return (problem = window.error()).c_str();
    running->window = std::move(*window);
    const Setup setup{.language = chinese != 0 ? Language::Chinese : Language::English, .idle_after_ms = idle_s * 1000LL,
                      .warning_ms = warning_s * 1000LL, .chinese_font_missing = fonts.chinese_missing, .has_records = true};
    auto shell = Shell::create(setup, display_of(*running->window, running->px_per_mm), make_sdl_camera(), ask_for_record, now());
    if (!shell) return (problem = shell.error()).c_str();
    running->shell = std::move(*shell);
    running->shell->handle(event::TrustArrived{{.awaited = true}}, now());
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

// The trust pack, then the office's key in hexadecimal digits, one after the other in the room.
EMSCRIPTEN_KEEPALIVE void pipa_kiosk_trust(const std::uint8_t* room, std::size_t pack_size, std::size_t key_size) {
    running->shell->handle(event::TrustArrived{open_trust({room, pack_size}, as_text({room + pack_size, key_size}))}, now());
    ask_for_frame();
}

// The site's bundle, the 32 bytes that its root must have as SHA-256, and the note of what was seen before. Returns the new
// note in hexadecimal digits; or the code of what is wrong behind a '!', and then nothing has changed.
EMSCRIPTEN_KEEPALIVE const char* pipa_kiosk_bundle(const std::uint8_t* room, std::size_t size, std::size_t pin_size, std::size_t seen_size) {
    static std::string answer;
    const auto pin = read_root_pin(to_hex({room + size, pin_size}));
    auto opened = pin ? open_bundle_trust({room, size}, *pin, {room + size + pin_size, seen_size}) : std::unexpected(pin.error());
    if (!opened) return (answer = "!" + std::string{code_name(opened.error().code)}).c_str();
    running->shell->handle(event::TrustArrived{std::move(opened->trust)}, now());
    ask_for_frame();
    return (answer = to_hex(opened->seen)).c_str();
}

// What became of the newest bundle, in trust.mjs's words ("trust_rolled_back") and with a code: said beside the trust there is.
EMSCRIPTEN_KEEPALIVE void pipa_kiosk_trust_problem(const std::uint8_t* room, std::size_t name_size, std::size_t code_size) {
    Trust trust = running->shell->state().trust;
    trust.awaited = false;
    trust.problem = as_text({room + name_size, code_size});
    if (trust.store->is_loaded()) trust.trouble = "kiosk.trouble." + std::string{as_text({room, name_size})};
    running->shell->handle(event::TrustArrived{std::move(trust)}, now());
    ask_for_frame();
}

// The lots file that was asked for: its name, then what came. `delivery` as in record_lookup.hpp.
EMSCRIPTEN_KEEPALIVE void pipa_kiosk_record(const std::uint8_t* room, std::size_t name_size, std::size_t size, int delivery) {
    running->shell->handle(event::RecordArrived{std::string{as_text({room, name_size})}, static_cast<Delivery>(delivery), to_bytes({room + name_size, size})}, now());
    ask_for_frame();
}

// The education pack and the office's key, in the same way. One that does not open leaves the kiosk without lessons.
EMSCRIPTEN_KEEPALIVE void pipa_kiosk_lessons(const std::uint8_t* room, std::size_t pack_size, std::size_t key_size) {
    auto lessons = open_lessons({room, pack_size}, as_text({room + pack_size, key_size}), *running->shell->state().trust.store);
    if (lessons) running->shell->handle(event::LessonsArrived{std::move(*lessons)}, now());
    ask_for_frame();
}

EMSCRIPTEN_KEEPALIVE void pipa_kiosk_no_trust() {
    running->shell->handle(event::TrustArrived{no_trust({.code = ErrorCode::FileUnreadable})}, now());
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
