#include <algorithm>
#include <utility>

#include "app/updater.hpp"
#include "base/filled_in.hpp"

namespace pipa::kiosk {

char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_number_key(char c) noexcept { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

void Updater::active() {
    m.last_active_ms = m.now.ms;
    m.warned = false;
}

void Updater::go_to(Screen screen) {
    const bool had_camera = m.screen == Screen::Scan;
    m.screen = screen;
    m.scroll = {};
    const bool keeps_answers = screen == Screen::Result || screen == Screen::Learn;
    if (screen != Screen::Waiting && !(m.judging_anew && keeps_answers)) stop_asking();
    if (!keeps_answers) m.answers.clear();
    if (screen == Screen::Scan && !had_camera) open_camera();
    if (screen != Screen::Scan && had_camera) close_camera();
}

void Updater::open_camera() {
    m.camera = CameraStatus::Opening;
    m.stranger = {};
    m.judged_texts_seen_ms = m.now.ms;
    m.camera_retry_ms = m.now.ms + camera_retry_ms;
    m_effects.push_back(Effect::OpenCamera);
}

void Updater::close_camera() {
    m.camera = CameraStatus::Closed;
    m.picture = {};
    m.advice.clear();
    m_effects.push_back(Effect::CloseCamera);
}

void Updater::retry_camera() {
    const bool gone = m.camera == CameraStatus::Missing || m.camera == CameraStatus::Lost || m.camera == CameraStatus::Denied;
    if (m.screen != Screen::Scan || !gone || m.now.ms < m.camera_retry_ms) return;
    m.camera_retry_ms = m.now.ms + camera_retry_ms;  // the status stays, so that the screen does not flicker
    m_effects.push_back(Effect::OpenCamera);
}

// --- Codes and keys ---

// 'Scan another' while the old label still lies there must not answer at once with the same.
bool Updater::is_still_before_camera(std::string_view text) {
    if (std::ranges::find(m.judged_texts, without_filled_in_mark(text), without_filled_in_mark) == m.judged_texts.end() || m.now.ms - m.judged_texts_seen_ms > same_code_away_ms) return false;
    m.judged_texts_seen_ms = m.now.ms;
    return true;
}

void Updater::wait_for_better(const std::vector<std::string>& strangers) {
    if (strangers.empty()) return;
    if (strangers.front() != m.stranger.text) m.stranger = {strangers.front(), m.now.ms};
    else if (m.now.ms - m.stranger.first_ms >= stranger_patience_ms) look_up(strangers);
}

void Updater::handle(const TypedText& typed) {
    if (typed.by_scanner) return look_up(texts_of_line(typed.text));
    for (const char c : typed.text)
        if (m.screen == Screen::Type || m.screen == Screen::Scan) type_by_hand(c);
    if (typed.ended_by_enter) on(event::KeypadDone{});
}

void Updater::type_by_hand(char c) {
    if (!is_number_key(upper(c))) return;
    if (m.screen == Screen::Scan) {
        m.typed.clear();
        go_to(Screen::Type);
    }
    on(event::KeypadKey{c});
}

// --- The end of a visit ---

void Updater::look_for_idleness() {
    if (m.screen == Screen::Attract) return;
    const std::int64_t idle_ms = m.now.ms - m.last_active_ms;
    if (idle_ms >= m.setup.idle_after_ms + m.setup.warning_ms) end_visit();
    else m.warned = idle_ms >= m.setup.idle_after_ms;
}

void Updater::end_visit() {
    State fresh = initial_state(m.setup, m.now);
    fresh.session = m.session;
    fresh.anchor_problem = m.anchor_problem;
    fresh.trust_inquiry = m.trust_inquiry;
    fresh.trust_due_ms = m.trust_due_ms;
    fresh.learning.pack = m.learning.pack;
    fresh.display = m.display;
    if (m.screen == Screen::Scan) close_camera();
    stop_asking();
    m = std::move(fresh);
    m_effects.push_back(Effect::ForgetVisitor);
}

}  // namespace pipa::kiosk
