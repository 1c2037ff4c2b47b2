#include "platform/shell.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "platform/learn_source.hpp"
#include "scan/advice.hpp"

namespace pipa::kiosk {
namespace {

constexpr int most_layouts = 4;  // before one is painted, however much a finger does
constexpr int first_frames = 3;  // until ImGui has settled
constexpr std::int64_t silence_ms = 4'000;       // without a code until the visitor is helped
constexpr std::int64_t advise_every_ms = 1'500;  // long enough to be read
constexpr std::int64_t read_every_ms = 80;  // looking for codes is the dearest part of a frame

inquiry::Wanted wanted_lessons() {
    constexpr std::uint32_t patience_ms = 10'000;
    return {.kind = inquiry::FileKind::Pack, .name = lessons_name, .max_bytes = learn::max_pack_bytes, .patience_ms = patience_ms};
}

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void overwrite(Bytes& bytes) {
    std::ranges::fill(bytes, std::uint8_t{});
    bytes.clear();
}

}  // namespace

std::expected<std::unique_ptr<Shell>, std::string> Shell::create(Setup setup, Display display, std::unique_ptr<Camera> camera, std::unique_ptr<SiteFiles> files, Moment now) {
    std::unique_ptr<Shell> out(new Shell(setup, display, std::move(camera), std::move(files), now));
    auto ui = UiRenderer::create();
    if (!ui) return std::unexpected(ui.error());
    auto backdrop = Backdrop::create();
    if (!backdrop) return std::unexpected(backdrop.error());
    auto viewfinder = Viewfinder::create();
    if (!viewfinder) return std::unexpected(viewfinder.error());
    out->m_ui = std::move(*ui);
    out->m_backdrop = std::move(*backdrop);
    out->m_viewfinder = std::move(*viewfinder);
    return out;
}

Shell::Shell(Setup setup, Display display, std::unique_ptr<Camera> camera, std::unique_ptr<SiteFiles> files, Moment now)
    : m_state(initial_state(setup, now)), m_camera(std::move(camera)), m_files(std::move(files)), m_frames_to_draw(first_frames), m_drawn_ms(now.ms), m_news_ms(now.ms + look_for_news_every_ms) {
    m_state.display = display;
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
    io.MouseDragThreshold = 12;
}

Shell::~Shell() = default;

void Shell::handle(What what, Moment now) {
    // A scanner types hundreds of characters in a burst, which change nothing to be seen until the last.
    const bool held_back = std::holds_alternative<event::Character>(what);
    const auto seen = [this] { return std::tuple{m_state.screen, m_state.typed.size(), m_state.warned}; };
    const auto before = seen();
    Step step = update(std::move(m_state), {now, std::move(what)});
    m_state = std::move(step.state);
    for (const Effect effect : step.effects) carry_out(effect);
    if (!held_back || seen() != before) m_frames_to_draw = std::max(m_frames_to_draw, 1);
}

void Shell::carry_out(Effect effect) {
    switch (effect) {
        case Effect::OpenCamera:
            m_camera->open();
            m_camera_look_ms = m_state.now.ms;
            m_advice_ms = m_state.now.ms + silence_ms;
            break;
        case Effect::CloseCamera:
            m_camera->close();
            m_viewfinder->forget();
            for (Bytes* plane : {&m_frame.luma, &m_frame.blue, &m_frame.red}) overwrite(*plane);
            m_frame = {};
            break;
        case Effect::FetchFiles: want_files(); break;
        case Effect::ForgetVisitor:
            ImGui::GetIO().ClearInputKeys();
            ImGui::GetIO().ClearInputMouse();
            m_view = {};
            m_targets.clear();
            m_frames_to_draw = first_frames;
            break;
    }
}

void Shell::want_files() {
    std::vector<inquiry::Wanted> files = wanted_files(m_state);
    if (m_lessons_awaited) files.push_back(wanted_lessons());
    m_files->want(files);
}

void Shell::take_file(const std::string& name, inquiry::Delivery delivery, Moment now) {
    if (name == lessons_name) {
        m_lessons_awaited = false;
        m_lessons = std::move(delivery.content);  // a site need not have any
    } else {
        handle(event::FileArrived{name, std::move(delivery)}, now);
        note_answer();
    }
    inquiry::Session& session = *m_state.session;
    if (session.trust()->is_loaded() && !m_lessons.empty() && m_lessons_tried != session.trust()) open_lessons_by(session, now);
    if (auto state = session.take_state()) m_files->keep(std::move(*state));
    if (!m_state.trust_inquiry) tell_about_trust();
}

// They may be signed by an editor whom only a later list knows.
void Shell::open_lessons_by(const inquiry::Session& session, Moment now) {
    m_lessons_tried = session.trust();
    auto lessons = open_lessons(m_lessons, session.office_key(), *session.trust());
    if (!lessons) return m_files->tell_operator("the education pack cannot be used: " + to_string(lessons.error()));
    m_lessons.clear();
    handle(event::LessonsArrived{std::move(*lessons)}, now);
}

void Shell::tell_about_trust() {
    const inquiry::Session& session = *m_state.session;
    std::string sentence;
    if (session.trust_news() != TrustNews::None)
        sentence = std::string{session.trust()->is_loaded() ? "the newest list of trusted keys cannot be used, going on with the one verified last: "
                                                            : "the list of trusted keys cannot be used: "} +
                   (session.trust_error() ? to_string(*session.trust_error()) : "file.unreadable");
    if (sentence == m_told) return;
    m_told = std::move(sentence);
    m_files->tell_operator(m_told.empty() ? "the newest list of trusted keys is in use again" : m_told);
}

void Shell::collect_files(Moment now) {
    for (ArrivedFile& file : m_files->take()) take_file(file.name, std::move(file.delivery), now);
    if (m_files->took_news()) handle(event::TrustMayBeNew{}, now);
}

void Shell::wait_for_files(std::int64_t most_ms, Moment now) {
    if (const auto due = m_files->due_in_ms()) m_files->wait(std::min(most_ms, *due));
    collect_files(now);
}

void Shell::receive(const Received& received, Moment now) {
    for (const What& what : received.events) handle(what, now);
    m_frames_to_draw = std::max(m_frames_to_draw, received.frames);
}

void Shell::camera_plugged(bool in) {
    if (in) m_camera->device_added();
    else m_camera->device_removed();
}

void Shell::run(Moment now) {
    collect_files(now);
    if (now.ms >= m_news_ms) {
        m_news_ms = now.ms + look_for_news_every_ms;
        m_files->look_for_news(std::string{m_state.session->trust_name()});
    }
    if (const auto due = kiosk::next_wake_ms(m_state); due && now.ms >= *due) handle(event::Tick{}, now);
    if (m_state.screen == Screen::Scan && now.ms >= m_camera_look_ms) look_at_camera(now);
}

void Shell::look_at_camera(Moment now) {
    m_camera_look_ms = now.ms + camera_poll_ms;
    const bool fresh = m_camera->poll(now.ms, m_frame);
    if (m_camera->status() != m_state.camera && m_camera->status() != CameraStatus::Live && m_camera->status() != CameraStatus::Opening)
        handle(event::CameraChanged{m_camera->status()}, now);
    if (!fresh) return;
    // Read first, show afterwards: what is found leads away from the viewfinder, and no picture is needed any more.
    if (now.ms - m_read_ms >= read_every_ms) read_codes_in(now);
    if (m_state.screen != Screen::Scan) return;
    if (now.ms >= m_advice_ms) advise(now);
    const int longest = std::min(1280, std::max(m_state.display.width, m_state.display.height));
    handle(event::PictureShown{m_viewfinder->show(m_frame, m_camera->mirrored(), longest)}, now);
}

void Shell::read_codes_in(Moment now) {
    m_read_ms = now.ms;
    const auto start = std::chrono::steady_clock::now();
    const auto codes = read_codes(m_frame.grey(), Effort::Frame);
    m_timings.read_ms = milliseconds_since(start);
    if (!codes || codes->empty()) return;
    event::CodesSeen seen;
    for (const ScannedCode& code : *codes) seen.texts.push_back(text_of(code));
    handle(std::move(seen), now);
    m_code_seen = start;
    note_answer();
}

void Shell::advise(Moment now) {
    m_advice_ms = now.ms + advise_every_ms;
    handle(event::Advised{std::string{advice_name(advice_for(m_frame.grey()))}}, now);
}

void Shell::note_answer() {
    if (!m_code_seen || m_state.screen == Screen::Waiting) return;
    if (m_state.screen == Screen::Result) {
        m_view = make_view(m_state);
        m_timings.frame_to_answer_ms = milliseconds_since(*m_code_seen);
    }
    m_code_seen.reset();
}

std::optional<std::int64_t> Shell::next_wake_ms() const {
    auto wake = kiosk::next_wake_ms(m_state);
    if (m_state.screen == Screen::Scan) wake = std::min(wake.value_or(m_camera_look_ms), m_camera_look_ms);
    return std::min(wake.value_or(m_news_ms), m_news_ms);
}

void Shell::draw(Moment now) {
    const auto start = std::chrono::steady_clock::now();
    // What a finger did is known once a frame is laid out, and only the frame that shows it is painted.
    for (int more = most_layouts; more > 0; --more) {
        lay_out(now);
        if (!needs_drawing()) break;
    }
    const Display& display = m_state.display;
    if (m_view.screen == Screen::Attract) m_backdrop->draw_moving(display.width, display.height, m_view.seconds);
    else m_backdrop->draw_plain(display.width, display.height);
    m_ui->draw(*ImGui::GetDrawData());
    m_timings.draw_ms = milliseconds_since(start);
    ++m_timings.frames;
}

void Shell::lay_out(Moment now) {
    --m_frames_to_draw;
    const Display& display = m_state.display;
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(display.width), static_cast<float>(display.height)};
    io.DeltaTime = std::clamp(static_cast<float>(now.ms - m_drawn_ms) / 1000.0f, 0.001f, 0.25f);
    m_drawn_ms = now.ms;
    m_view = make_view(m_state);
    ImGui::NewFrame();
    Drawn drawn = draw_screen(m_view, strings_for(m_view.language));
    ImGui::Render();
    UiRenderer::serve_textures(*ImGui::GetDrawData());
    m_targets = std::move(drawn.targets);
    for (What& what : drawn.events) handle(std::move(what), now);
}

}  // namespace pipa::kiosk
