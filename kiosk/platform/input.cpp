#include "platform/input.hpp"

#include <imgui.h>

namespace pipa::kiosk {
namespace {

// After an input ImGui needs a second frame (what was pressed is released), and what that changes needs a third.
constexpr int frames_after_input = 3;

void append_utf8(std::string& out, char32_t c) {
    const auto byte = [&](char32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) return byte(c);
    if (c < 0x800) byte(0xC0 | c >> 6);
    else if (c < 0x10000) byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F));
    else byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
}

// The character of a key, straight from the layout: no input method may turn a scanner's letters into Chinese.
std::string character_of(const SDL_KeyboardEvent& key) {
    const SDL_Keycode code = SDL_GetKeyFromScancode(key.scancode, key.mod, false);
    std::string out;
    if (code >= 0x20 && code != SDLK_DELETE && (code & (SDLK_SCANCODE_MASK | SDLK_EXTENDED_MASK)) == 0) append_utf8(out, code);
    return out;
}

bool is_enter(SDL_Keycode key) { return key == SDLK_RETURN || key == SDLK_KP_ENTER || key == SDLK_RETURN2 || key == SDLK_TAB; }

// Digits of the number pad carry the scancode mask, so their characters are looked up here.
std::string number_pad(SDL_Keycode key) {
    if (key >= SDLK_KP_1 && key <= SDLK_KP_9) return std::string(1, static_cast<char>('1' + (key - SDLK_KP_1)));
    if (key == SDLK_KP_0) return "0";
    if (key == SDLK_KP_MINUS) return "-";
    return {};
}

// A slow frame lies between a key and whoever handles it; what tells a scanner from a person is when the key was pressed.
std::int64_t age_of(const SDL_KeyboardEvent& key) {
    const Uint64 now = SDL_GetTicksNS();
    return key.timestamp == 0 || key.timestamp > now ? 0 : static_cast<std::int64_t>((now - key.timestamp) / SDL_NS_PER_MS);
}

void press(const SDL_KeyboardEvent& key, Received& out) {
    if ((key.mod & SDL_KMOD_CTRL) != 0 && key.key == SDLK_V) {
        char* text = SDL_GetClipboardText();
        if (text != nullptr && *text != '\0') out.events.emplace_back(event::Pasted{text});
        SDL_free(text);
        return;
    }
    if ((key.mod & (SDL_KMOD_CTRL | SDL_KMOD_ALT | SDL_KMOD_GUI)) != 0) return;
    if (is_enter(key.key)) return void(out.events.emplace_back(event::Enter{age_of(key)}));
    if (key.key == SDLK_BACKSPACE) return void(out.events.emplace_back(event::KeypadErase{}));
    std::string text = number_pad(key.key);
    if (text.empty()) text = character_of(key);
    if (!text.empty()) out.events.emplace_back(event::Character{std::move(text), age_of(key)});
}

}  // namespace

Received receive(const SDL_Event& event, float density) {
    Received out;
    ImGuiIO& io = ImGui::GetIO();
    switch (event.type) {
        case SDL_EVENT_MOUSE_MOTION:
            io.AddMousePosEvent(event.motion.x * density, event.motion.y * density);
            out.frames = event.motion.state != 0 ? 1 : 0;  // nothing on the screen follows a mouse that only passes
            break;
        case SDL_EVENT_MOUSE_BUTTON_DOWN:
        case SDL_EVENT_MOUSE_BUTTON_UP:
            if (event.button.button != SDL_BUTTON_LEFT) break;
            io.AddMousePosEvent(event.button.x * density, event.button.y * density);
            io.AddMouseButtonEvent(ImGuiMouseButton_Left, event.type == SDL_EVENT_MOUSE_BUTTON_DOWN);
            out.frames = frames_after_input;
            break;
        case SDL_EVENT_MOUSE_WHEEL:
            io.AddMouseWheelEvent(0, event.wheel.y);
            out.frames = frames_after_input;
            break;
        case SDL_EVENT_KEY_DOWN: press(event.key, out); break;
        case SDL_EVENT_WINDOW_PIXEL_SIZE_CHANGED:
        case SDL_EVENT_WINDOW_RESIZED: out.resized = true, out.frames = frames_after_input; break;
        case SDL_EVENT_WINDOW_EXPOSED:
        case SDL_EVENT_WINDOW_SHOWN:
        case SDL_EVENT_WINDOW_RESTORED:
        case SDL_EVENT_RENDER_TARGETS_RESET: out.frames = frames_after_input; break;
        case SDL_EVENT_QUIT: out.quit = true; break;
        default: break;
    }
    return out;
}

}  // namespace pipa::kiosk
