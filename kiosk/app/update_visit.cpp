#include <algorithm>
#include <utility>

#include "app/updater.hpp"
#include "base/utf8.hpp"

namespace pipa::kiosk {
namespace {

bool is_garbled(const TypedText& typed) { return typed.overflowed || !is_utf8(typed.text) || has_unprintable(typed.text); }

std::string in_upper_case(std::string text) {
    std::ranges::transform(text, text.begin(), upper);
    return text;
}

}  // namespace

char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_number_key(char c) noexcept { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

bool is_ours(std::string_view text) {
    const auto parsed = parse_qr_text(text);
    return parsed || parsed.error().code != ErrorCode::QrTextNotOurs;
}

void Updater::active() {
    m.last_active_ms = m.now.ms;
    m.warned = false;
}

void Updater::go_to(Screen screen) {
    const bool had_camera = m.screen == Screen::Scan;
    m.screen = screen;
    m.scroll = {};
    m.notice.clear();
    if (screen != Screen::Waiting) m.lookup = {};
    if (screen != Screen::Result && screen != Screen::Learn) m.answer.reset();
    if (screen == Screen::Scan && !had_camera) open_camera();
    if (screen != Screen::Scan && had_camera) close_camera();
}

void Updater::open_camera() {
    m.camera = CameraStatus::Opening;
    m.stranger = {};
    m.judged_text_seen_ms = m.now.ms;
    m.camera_retry_ms = m.now.ms + camera_retry_ms;
    m_effects.push_back(Effect::OpenCamera);
}

void Updater::close_camera() {
    m.camera = CameraStatus::Closed;
    m.picture = {};
    m_effects.push_back(Effect::CloseCamera);
}

void Updater::retry_camera() {
    const bool gone = m.camera == CameraStatus::Missing || m.camera == CameraStatus::Lost || m.camera == CameraStatus::Denied;
    if (m.screen != Screen::Scan || !gone || m.now.ms < m.camera_retry_ms) return;
    m.camera_retry_ms = m.now.ms + camera_retry_ms;  // the status stays, so that the screen does not flicker
    m_effects.push_back(Effect::OpenCamera);
}

// --- Answers, and the records behind them ---

void Updater::answer(std::string_view text) {
    RecordPlace place = m.setup.has_records ? record_place_of(text, *m.trust.store) : RecordPlace{};
    if (place.number.empty() || place.typed) return show_answer(text, {});
    wait_for_record({.text = std::string{text}, .number = std::move(place.number), .file = std::move(place.file)});
}

void Updater::show_answer(std::string_view text, Evidence evidence) {
    auto shown = std::make_shared<Answer>();
    shown->trust = m.trust.store;
    if (m.trust.notices) evidence.notices = *m.trust.notices;
    shown->judgement = judge(text, *shown->trust, m.now.unix_s, evidence);
    m.judged_text = text;
    m.judged_text_seen_ms = m.now.ms;
    m.unfolded.clear();
    m.answer_offset = 0;
    go_to(Screen::Result);
    m.answer = std::move(shown);
}

// What is recognisably another kind of code, or a whole certificate, gets its answer; everything else is a number.
void Updater::look_up(const std::string& typed) {
    if (parse_qr_text(typed) || recognise_foreign_code(typed) != ForeignCode::Unknown) return answer(typed);
    if (!is_certificate_number(typed) && is_ours(typed)) return answer(typed);
    look_up_number(typed);
}

void Updater::look_up_number(std::string number) {
    m.asked_number = std::move(number);
    if (!is_certificate_number(m.asked_number)) return say_of_number(NumberProblem::Malformed);
    if (!m.setup.has_records) return say_of_number(NumberProblem::NoRecords);
    wait_for_record({.number = m.asked_number, .file = lots_file_name(lots_share_of(m.asked_number))});
}

void Updater::wait_for_record(Lookup lookup) {
    lookup.until_ms = m.now.ms + record_patience_ms;
    go_to(Screen::Waiting);
    m.lookup = std::move(lookup);
    m_effects.push_back(Effect::FetchRecord);
}

void Updater::take_record(Delivery delivery, ByteView content) {
    const Lookup lookup = std::exchange(m.lookup, {});
    std::string text = lookup.text;
    if (text.empty()) {
        auto found = code_in(delivery, content, lookup.number, *m.trust.store);
        if (!found) return say_of_number(found.error());
        text = std::move(*found);
    }
    show_answer(text, evidence_in(delivery, content, lookup.number, *m.trust.store));
}

// Whoever fetches gives up by itself before; this is for one that never answers.
void Updater::give_up_waiting() {
    if (m.screen == Screen::Waiting && m.now.ms >= m.lookup.until_ms) take_record(Delivery::Missing, {});
}

void Updater::say_of_number(NumberProblem problem) {
    m.number_problem = problem;
    go_to(Screen::Number);
}

// --- Codes and keys ---

// 'Scan another' while the old label still lies there must not answer at once with the same.
bool Updater::is_still_before_camera(std::string_view text) {
    if (text != m.judged_text || m.now.ms - m.judged_text_seen_ms > same_code_away_ms) return false;
    m.judged_text_seen_ms = m.now.ms;
    return true;
}

void Updater::wait_for_better(std::string_view stranger) {
    if (stranger.empty()) return;
    if (stranger != m.stranger.text) m.stranger = {std::string{stranger}, m.now.ms};
    else if (m.now.ms - m.stranger.first_ms >= stranger_patience_ms) answer(std::string{stranger});
}

void Updater::handle(const TypedText& typed) {
    if (typed.by_scanner) return handle_scanned(typed);
    for (const char c : typed.text)
        if (m.screen == Screen::Type || m.screen == Screen::Scan) type_by_hand(c);
    if (typed.ended_by_enter) on(event::KeypadDone{});
}

void Updater::handle_scanned(const TypedText& scanned) {
    if (is_garbled(scanned)) return say("kiosk.notice.scanner_garbled");
    std::string number = in_upper_case(scanned.text);
    if (looks_like_number(number)) return look_up_number(std::move(number));
    answer(scanned.text);
}

void Updater::type_by_hand(char c) {
    if (!is_number_key(upper(c))) return;
    if (m.screen == Screen::Scan) {
        m.typed.clear();
        go_to(Screen::Type);
    }
    on(event::KeypadKey{c});
}

void Updater::say(std::string_view key) {
    if (m.screen == Screen::Attract) go_to(Screen::Scan);
    m.notice = key;
    m.notice_until_ms = m.now.ms + notice_ms;
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
    fresh.trust = m.trust;
    fresh.learning.pack = m.learning.pack;
    fresh.display = m.display;
    if (m.screen == Screen::Scan) close_camera();
    m = std::move(fresh);
    m_effects.push_back(Effect::ForgetVisitor);
}

}  // namespace pipa::kiosk
