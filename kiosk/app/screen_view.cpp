#include "app/screen_view.hpp"

#include <algorithm>

namespace pipa::kiosk {
namespace {

std::vector<TroubleView> find_troubles(const State& state) {
    std::vector<TroubleView> out;
    if (state.setup.chinese_font_missing) out.push_back({"kiosk.trouble.no_font"});
    if (!state.trust.trouble.empty()) out.push_back({state.trust.trouble, state.trust.problem});
    else if (!state.trust.problem.empty()) out.push_back({"kiosk.trouble.no_trust", state.trust.problem});
    return out;
}

std::string_view camera_trouble(CameraStatus status) {
    switch (status) {
        case CameraStatus::Missing: return "kiosk.camera.missing";
        case CameraStatus::Denied: return "kiosk.camera.denied";
        case CameraStatus::Lost: return "kiosk.camera.lost";
        case CameraStatus::Closed:
        case CameraStatus::Opening:
        case CameraStatus::Live: return {};
    }
    return {};
}

bool has_article(const Learning& learning, std::string_view id) {
    return learning.pack != nullptr && std::ranges::find(learning.pack->articles, id, &learn::Article::id) != learning.pack->articles.end();
}

std::optional<int> seconds_left(const State& state) {
    if (!state.warned) return {};
    const std::int64_t end = state.last_active_ms + state.setup.idle_after_ms + state.setup.warning_ms;
    return static_cast<int>(std::max<std::int64_t>(0, end - state.now.ms + 999) / 1000);
}

}  // namespace

ScreenView make_view(const State& state) {
    const Catalogue& catalogue = texts_in(state.language);
    ScreenView out{.screen = state.screen, .language = state.language, .text_step = state.text_step,
                   .display = state.display, .scroll = state.scroll};
    out.seconds = static_cast<double>(state.now.ms) / 1000;
    out.troubles = find_troubles(state);
    out.notice = state.notice;
    out.idle_seconds_left = seconds_left(state);
    out.idle_seconds = static_cast<int>(state.setup.warning_ms / 1000);
    out.camera = state.camera;
    out.camera_trouble = camera_trouble(state.camera);
    out.picture = state.picture;
    out.typed = state.typed;
    out.number = state.screen == Screen::Waiting && !state.lookup.text.empty() ? std::string{} : state.asked_number;
    out.number_problem = state.number_problem;
    out.unfolded = state.unfolded;
    out.has_answer = state.answer != nullptr;
    out.has_lessons = state.learning.pack != nullptr;
    if (state.screen == Screen::Learn)
        out.learn = std::make_shared<LearnScreenView>(make_learn_view(state.learning, *state.trust.store, state.now.unix_s, catalogue));
    if (state.answer != nullptr && state.screen == Screen::Result) {
        auto page = std::make_shared<pipa::View>(pipa::make_view(state.answer->judgement, *state.answer->trust, catalogue));
        std::erase_if(page->lessons, [&](const LessonView& lesson) { return !has_article(state.learning, lesson.id); });
        out.page = std::move(page);
        out.freshness = out.page->freshness;
        out.demo_notice = out.page->demo_notice;
        return out;
    }
    // The core words the age of its list with every judgement; one of no text at all has nothing else to say.
    const Judgement nothing = judge({}, *state.trust.store, state.now.unix_s);
    const pipa::View page = pipa::make_view(nothing, *state.trust.store, catalogue);
    out.freshness = page.freshness;
    out.demo_notice = page.demo_notice;
    return out;
}

}  // namespace pipa::kiosk
