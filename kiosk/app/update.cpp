#include "app/update.hpp"

#include <algorithm>

#include "app/updater.hpp"

namespace pipa::kiosk {

Step Updater::run(const Event& event) {
    m.now = event.at;
    std::visit([this](const auto& what) { on(what); }, event.what);
    return {std::move(m), std::move(m_effects)};
}

void Updater::on(const event::Tick&) {
    if (auto typed = m.keys.flush(m.now.ms)) handle(*typed);
    m.scroll.step(m.now.ms);
    retry_camera();
    ask_for_trust_when_due();
    look_for_idleness();
}

void Updater::on(const event::Begin& begin) {
    active();
    m.language = begin.language;
    go_to(Screen::Scan);
}

void Updater::on(const event::GoTo& wish) {
    active();
    if (wish.screen == Screen::Result && m.answer() == nullptr) return;
    go_to(wish.screen);
    if (wish.screen == Screen::Result) m.scroll.offset = m.answer_offset;
}

void Updater::on(const event::ChooseLanguage& choice) {
    active();
    m.language = choice.language;
}

void Updater::on(const event::ChooseTextStep& choice) {
    active();
    m.text_step = std::clamp(choice.step, 0, text_steps - 1);
}

void Updater::on(const event::KeypadKey& pressed) {
    active();
    if (m.screen != Screen::Type) return;
    if (is_number_key(upper(pressed.key)) && m.typed.size() < max_typed) m.typed += upper(pressed.key);
}

void Updater::on(const event::KeypadErase&) {
    active();
    if (m.screen == Screen::Type && !m.typed.empty()) m.typed.pop_back();
}

void Updater::on(const event::KeypadClear&) {
    active();
    m.typed.clear();
}

void Updater::on(const event::KeypadDone&) {
    active();
    if (m.screen == Screen::Type && !m.typed.empty()) look_up({m.typed});
}

void Updater::on(const event::Pasted& pasted) {
    active();
    handle({.by_scanner = true, .text = pasted.text});
}

void Updater::on(const event::Character& character) {
    active();
    if (auto before = m.keys.character(character.utf8, m.now.ms - character.age_ms)) handle(*before);
}

void Updater::on(const event::Enter& enter) {
    active();
    handle(m.keys.enter(m.now.ms - enter.age_ms));
}

void Updater::on(const event::CodesSeen& seen) {
    if (m.screen != Screen::Scan) return;
    std::vector<std::string> ours, strangers;
    for (const std::string& text : seen.texts) {
        if (is_still_before_camera(text)) continue;
        active();
        (read_scanned_text(text).kind == TextKind::Code ? ours : strangers).push_back(text);
    }
    if (ours.empty()) wait_for_better(strangers);
    else look_up(ours);
}

void Updater::on(const event::PictureShown& shown) {
    if (m.screen != Screen::Scan) return;
    m.picture = shown.picture;
    m.camera = CameraStatus::Live;
}

void Updater::on(const event::Advised& advised) {
    if (m.screen == Screen::Scan) m.advice = advised.name;
}

void Updater::on(const event::CameraChanged& change) {
    if (m.screen != Screen::Scan) return;
    m.camera = change.status;
    if (change.status != CameraStatus::Live) m.picture = {};
    m.camera_retry_ms = m.now.ms + camera_retry_ms;
}

void Updater::on(const event::Learn& wish) {
    active();
    if (m.learning.pack == nullptr) return;
    if (m.screen == Screen::Result) m.answer_offset = m.scroll.offset;
    const bool another_page = follow(m.learning, wish.ask);
    if (another_page || m.screen != Screen::Learn) go_to(Screen::Learn);
}

void Updater::on(const event::ChooseAnswer& choice) {
    active();
    if (choice.index >= m.answers.size() || choice.index == m.chosen) return;
    m.chosen = choice.index;
    m.unfolded.clear();
    m.scroll = {};
}

void Updater::on(const event::Unfold& wish) {
    active();
    if (m.unfolded.erase(wish.id) == 0) m.unfolded.insert(wish.id);
}

void Updater::on(const event::ScrollGrabbed&) {
    active();
    m.scroll.grab(m.now.ms);
}

void Updater::on(const event::ScrollJumped& jump) {
    active();
    m.scroll.jump(jump.distance);
}

namespace {

// The moment at which the seconds shown by the idle warning change.
std::int64_t next_countdown_ms(const State& state) {
    const std::int64_t end = state.last_active_ms + state.setup.idle_after_ms + state.setup.warning_ms;
    const std::int64_t left = std::max<std::int64_t>(0, end - state.now.ms);
    return end - (left == 0 ? 0 : (left - 1) / 1000 * 1000);
}

std::int64_t next_attract_frame_ms(const State& state) {
    if (!state.setup.draws_slowly) return state.now.ms + attract_frame_ms;
    const std::int64_t since_turn = state.now.ms % attract_turn_ms;
    return state.now.ms + (since_turn < slow_attract_motion_ms ? slow_attract_frame_ms : attract_turn_ms - since_turn);
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
    if (state.screen == Screen::Attract) by(next_attract_frame_ms(state));
    else by(state.warned ? next_countdown_ms(state) : state.last_active_ms + state.setup.idle_after_ms);
    if (state.scroll.moving() && !state.scroll.grabbed) by(state.now.ms + moving_frame_ms);
    const bool gone = state.camera == CameraStatus::Missing || state.camera == CameraStatus::Lost || state.camera == CameraStatus::Denied;
    if (state.screen == Screen::Scan && gone) by(state.camera_retry_ms);
    // Nothing else is asked for meanwhile, and whoever fetches wakes us.
    if (state.trust_due_ms && !state.trust_inquiry && state.inquiries.empty()) by(*state.trust_due_ms);
    return wake;
}

std::string_view screen_name(Screen screen) noexcept {
    switch (screen) {
        case Screen::Attract: return "attract";
        case Screen::Scan: return "scan";
        case Screen::Type: return "type";
        case Screen::Result: return "result";
        case Screen::Learn: return "learn";
        case Screen::Waiting: return "waiting";
    }
    return {};
}

}  // namespace pipa::kiosk
