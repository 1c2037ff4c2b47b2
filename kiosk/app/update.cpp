#include "app/update.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace pipa::kiosk {
namespace {

bool is_ours(std::string_view text) {
    const auto parsed = parse_qr_text(text);
    return parsed || parsed.error().code != ErrorCode::QrTextNotOurs;
}

bool is_garbled(const TypedText& typed) { return typed.overflowed || !is_utf8(typed.text) || has_unprintable(typed.text); }

char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// What a number on a label is made of.
bool is_number_key(char c) noexcept { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

class Updater {
public:
    explicit Updater(State state) : m(std::move(state)) {}

    Step run(const Event& event) {
        m.now = event.at;
        std::visit([this](const auto& what) { on(what); }, event.what);
        return {std::move(m), std::move(m_effects)};
    }

private:
    // --- What happens ---
    void on(const event::Tick&) {
        if (auto typed = m.keys.flush(m.now.ms)) handle(*typed);
        m.scroll.step(m.now.ms);
        if (!m.notice.empty() && m.now.ms >= m.notice_until_ms) m.notice.clear();
        retry_camera();
        look_for_idleness();
    }
    void on(const event::Touched&) { active(); }
    void on(const event::StayHere&) { active(); }
    void on(const event::Begin& begin) {
        active();
        m.language = begin.language;
        go_to(Screen::Scan);
    }
    void on(const event::GoTo& wish) {
        active();
        go_to(wish.screen);
    }
    void on(const event::EndVisit&) { end_visit(); }
    void on(const event::ChooseLanguage& choice) {
        active();
        m.language = choice.language;
    }
    void on(const event::ChooseTextStep& choice) {
        active();
        m.text_step = std::clamp(choice.step, 0, text_steps - 1);
    }

    void on(const event::KeypadKey& pressed) {
        active();
        if (is_number_key(upper(pressed.key)) && m.typed.size() < max_typed) m.typed += upper(pressed.key);
    }
    void on(const event::KeypadErase&) {
        active();
        if (m.screen == Screen::Type && !m.typed.empty()) m.typed.pop_back();
    }
    void on(const event::KeypadClear&) {
        active();
        m.typed.clear();
    }
    void on(const event::KeypadDone&) {
        active();
        if (m.screen == Screen::Type && !m.typed.empty()) look_up(m.typed);
    }
    void on(const event::Pasted& pasted) {
        active();
        handle({.by_scanner = true, .overflowed = pasted.text.size() > max_scanned_bytes, .text = pasted.text});
    }
    void on(const event::Character& character) {
        active();
        if (auto before = m.keys.character(character.utf8, m.now.ms)) handle(*before);
    }
    void on(const event::Enter&) {
        active();
        handle(m.keys.enter(m.now.ms));
    }

    void on(const event::CodesSeen& seen) {
        if (m.screen != Screen::Scan) return;
        std::string_view stranger;
        for (const std::string& text : seen.texts) {
            if (is_still_before_camera(text)) continue;
            active();
            if (is_ours(text)) return show_answer(text);
            if (stranger.empty()) stranger = text;
        }
        wait_for_better(stranger);
    }
    void on(const event::PictureShown& shown) {
        if (m.screen != Screen::Scan) return;
        m.picture = shown.picture;
        m.camera = CameraStatus::Live;
    }
    void on(const event::CameraChanged& change) {
        if (m.screen != Screen::Scan) return;
        m.camera = change.status;
        if (change.status != CameraStatus::Live) m.picture = {};
        m.camera_retry_ms = m.now.ms + camera_retry_ms;
    }
    void on(const event::TrustArrived& arrived) { m.trust = arrived.trust; }
    void on(const event::LessonsArrived& arrived) { m.learning = {.pack = arrived.pack}; }
    void on(const event::Learn& wish) {
        active();
        if (m.learning.pack == nullptr) return;
        const bool another_page = follow(m.learning, wish.ask);
        if (another_page || m.screen != Screen::Learn) go_to(Screen::Learn);
    }
    void on(const event::Resized& resized) { m.display = resized.display; }

    void on(const event::ScrollMeasured& size) { m.scroll.measured(size.content, size.seen); }
    void on(const event::ScrollGrabbed&) {
        active();
        m.scroll.grab(m.now.ms);
    }
    void on(const event::ScrollDragged& drag) { m.scroll.drag(drag.distance, m.now.ms); }
    void on(const event::ScrollReleased&) { m.scroll.release(m.now.ms); }
    void on(const event::ScrollJumped& jump) {
        active();
        m.scroll.jump(jump.distance);
    }

    // --- What follows from it ---
    void active() {
        m.last_active_ms = m.now.ms;
        m.warned = false;
    }

    void go_to(Screen screen) {
        const bool had_camera = m.screen == Screen::Scan;
        m.screen = screen;
        m.scroll = {};
        m.notice.clear();
        if (screen == Screen::Scan && !had_camera) open_camera();
        if (screen != Screen::Scan && had_camera) close_camera();
    }

    void open_camera() {
        m.camera = CameraStatus::Opening;
        m.stranger = {};
        m.judged_text_seen_ms = m.now.ms;
        m.camera_retry_ms = m.now.ms + camera_retry_ms;
        m_effects.push_back(Effect::OpenCamera);
    }
    void close_camera() {
        m.camera = CameraStatus::Closed;
        m.picture = {};
        m_effects.push_back(Effect::CloseCamera);
    }
    void retry_camera() {
        const bool gone = m.camera == CameraStatus::Missing || m.camera == CameraStatus::Lost || m.camera == CameraStatus::Denied;
        if (m.screen != Screen::Scan || !gone || m.now.ms < m.camera_retry_ms) return;
        m.camera_retry_ms = m.now.ms + camera_retry_ms;  // the status stays, so that the screen does not flicker
        m_effects.push_back(Effect::OpenCamera);
    }

    void show_answer(std::string_view text) {
        auto answer = std::make_shared<Answer>();
        answer->trust = m.trust.store;
        answer->judgement = judge(text, *answer->trust, m.now.unix_s);
        m.answer = std::move(answer);
        m.judged_text = text;
        m.judged_text_seen_ms = m.now.ms;
        go_to(Screen::Result);
    }

    // 'Scan another' while the old label still lies there must not answer at once with the same.
    bool is_still_before_camera(std::string_view text) {
        if (text != m.judged_text || m.now.ms - m.judged_text_seen_ms > same_code_away_ms) return false;
        m.judged_text_seen_ms = m.now.ms;
        return true;
    }

    void wait_for_better(std::string_view stranger) {
        if (stranger.empty()) return;
        if (stranger != m.stranger.text) m.stranger = {std::string{stranger}, m.now.ms};
        else if (m.now.ms - m.stranger.first_ms >= stranger_patience_ms) show_answer(std::string{stranger});
    }

    // A number is looked up in what there is. That is nothing yet, and the screen says so; what is recognisably another
    // kind of code, or a whole certificate, gets its answer.
    void look_up(const std::string& text) {
        if (is_ours(text) || recognise_foreign_code(text) != ForeignCode::Unknown) return show_answer(text);
        m.asked_number = text;
        go_to(Screen::Number);
    }

    void handle(const TypedText& typed) {
        if (typed.by_scanner) {
            if (is_garbled(typed)) return say("kiosk.notice.scanner_garbled");
            return show_answer(typed.text);
        }
        for (const char c : typed.text)
            if (m.screen == Screen::Type || m.screen == Screen::Scan) type_by_hand(c);
        if (typed.ended_by_enter) on(event::KeypadDone{});
    }
    void type_by_hand(char c) {
        if (!is_number_key(upper(c))) return;
        if (m.screen == Screen::Scan) {
            m.typed.clear();
            go_to(Screen::Type);
        }
        on(event::KeypadKey{c});
    }

    void say(std::string_view key) {
        if (m.screen == Screen::Attract) go_to(Screen::Scan);
        m.notice = key;
        m.notice_until_ms = m.now.ms + notice_ms;
    }

    void look_for_idleness() {
        if (m.screen == Screen::Attract) return;
        const std::int64_t idle_ms = m.now.ms - m.last_active_ms;
        if (idle_ms >= m.setup.idle_after_ms + m.setup.warning_ms) end_visit();
        else m.warned = idle_ms >= m.setup.idle_after_ms;
    }

    void end_visit() {
        State fresh = initial_state(m.setup, m.now);
        fresh.trust = m.trust;
        fresh.learning.pack = m.learning.pack;
        fresh.display = m.display;
        if (m.screen == Screen::Scan) close_camera();
        m = std::move(fresh);
        m_effects.push_back(Effect::ForgetVisitor);
    }

    State m;
    std::vector<Effect> m_effects{};
};

// The moment at which the seconds shown by the idle warning change.
std::int64_t next_countdown_ms(const State& state) {
    const std::int64_t end = state.last_active_ms + state.setup.idle_after_ms + state.setup.warning_ms;
    const std::int64_t left = std::max<std::int64_t>(0, end - state.now.ms);
    return end - (left == 0 ? 0 : (left - 1) / 1000 * 1000);
}

}  // namespace

State initial_state(Setup setup, Moment now) {
    setup.warning_ms = std::max(setup.warning_ms, min_warning_ms);
    State state{.setup = setup, .now = now};
    state.language = setup.chinese_font_missing ? Language::English : setup.language;
    state.last_active_ms = now.ms;
    return state;
}

Step update(State state, const Event& event) { return Updater(std::move(state)).run(event); }

std::optional<std::int64_t> next_wake_ms(const State& state) {
    std::optional<std::int64_t> wake = state.keys.due_ms();
    const auto by = [&](std::int64_t ms) { wake = std::min(wake.value_or(ms), ms); };
    if (!state.notice.empty()) by(state.notice_until_ms);
    if (state.screen == Screen::Attract) by(state.now.ms + attract_frame_ms);
    else by(state.warned ? next_countdown_ms(state) : state.last_active_ms + state.setup.idle_after_ms);
    if (state.scroll.moving() && !state.scroll.grabbed) by(state.now.ms + moving_frame_ms);
    const bool gone = state.camera == CameraStatus::Missing || state.camera == CameraStatus::Lost || state.camera == CameraStatus::Denied;
    if (state.screen == Screen::Scan && gone) by(state.camera_retry_ms);
    return wake;
}

std::string_view screen_name(Screen screen) noexcept {
    switch (screen) {
        case Screen::Attract: return "attract";
        case Screen::Scan: return "scan";
        case Screen::Type: return "type";
        case Screen::Result: return "result";
        case Screen::Learn: return "learn";
        case Screen::Number: return "number";
    }
    return {};
}

}  // namespace pipa::kiosk
