#include "app/screen_view.hpp"

#include <algorithm>
#include <array>

#include "app/update.hpp"
#include "inquiry/judging_time.hpp"

namespace pipa::kiosk {
namespace {

std::string trust_code(const State& state) {
    if (!state.anchor_problem.empty()) return state.anchor_problem;
    if (const auto& error = state.session->trust_error()) return std::string{code_name(error->code)};
    return state.session->trust_news() == TrustNews::Offline ? "file.unreadable" : state.session->trust_name().empty() ? "check.no_trust" : "";
}

// What the core says of this machine's trust, apart from any code.
Judgement judge_nothing(const State& state) {
    const TrustStore& trust = *state.session->trust();
    const Evidence evidence{.trust_news = state.session->trust_news(), .trust_error = state.session->trust_error()};
    return judge(std::string_view{}, trust, inquiry::judging_time(*state.session, state.now.unix_s), evidence);
}

// An answer on the screen says by itself what is wrong with the trust.
std::vector<TroubleView> find_troubles(const State& state, const pipa::View& nothing, const Catalogue& catalogue) {
    std::vector<TroubleView> out;
    if (state.setup.chinese_font_missing) out.push_back({"kiosk.trouble.no_font", {}, catalogue.text("kiosk.trouble.no_font")});
    if (state.trust_inquiry && !state.session->trust()->is_loaded()) return out;  // it is on its way
    const std::string code = trust_code(state);
    if (!state.session->trust()->is_loaded()) {
        out.push_back({"kiosk.trouble.no_trust", code, catalogue.format("kiosk.trouble.no_trust", {{"code", code}})});
        return out;
    }
    constexpr std::array said = {ReasonId::TrustRolledBack, ReasonId::TrustRefused, ReasonId::TrustOffline, ReasonId::ClockBehind};
    for (const RemarkView& remark : nothing.remarks)
        if (state.screen != Screen::Result && std::ranges::any_of(said, [&](ReasonId id) { return rule_of(id).code == remark.code; }))
            return out.push_back({remark.code, code, remark.text}), out;
    return out;
}

std::vector<ChoiceView> make_choices(const State& state, const Catalogue& catalogue) {
    std::vector<ChoiceView> out;
    if (state.answers.size() < 2) return out;
    for (const auto& answer : state.answers) {
        const pipa::AnswerView page = make_answer(answer->judgement, *answer->trust, catalogue);
        const bool is_ours = answer->judgement.certificate.has_value();
        out.push_back({page.verdict.word, is_ours ? answer->judgement.certificate->certificate.number : answer->number, page.verdict.code, page.verdict.level});
    }
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

// Goes on from where it rested.
double seconds_of_motion(const State& state) {
    std::int64_t ms = state.now.ms;
    if (state.setup.draws_slowly) ms = ms / attract_turn_ms * slow_attract_motion_ms + std::min(ms % attract_turn_ms, slow_attract_motion_ms);
    return static_cast<double>(ms) / 1000;
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
    out.seconds = seconds_of_motion(state);
    const pipa::View nothing = pipa::make_view(judge_nothing(state), *state.session->trust(), catalogue);
    out.troubles = find_troubles(state, nothing, catalogue);
    out.idle_seconds_left = seconds_left(state);
    out.idle_seconds = static_cast<int>(state.setup.warning_ms / 1000);
    out.camera = state.camera;
    out.camera_trouble = camera_trouble(state.camera);
    out.picture = state.picture;
    if (!state.advice.empty()) out.advice = "kiosk.scan." + state.advice;
    out.typed = state.typed;
    out.unfolded = state.unfolded;
    const Answer* answer = state.answer();
    out.has_answer = answer != nullptr;
    if (state.screen == Screen::Waiting && state.inquiries.size() == 1) out.number = state.inquiries.front()->number();
    out.has_lessons = state.learning.pack != nullptr;
    if (state.screen == Screen::Learn)
        out.learn = std::make_shared<LearnScreenView>(make_learn_view(state.learning, *state.session->trust(), inquiry::judging_time(*state.session, state.now.unix_s), catalogue));
    if (answer != nullptr && state.screen == Screen::Result) {
        auto page = std::make_shared<pipa::View>(pipa::make_view(answer->judgement, *answer->trust, catalogue));
        std::erase_if(page->lessons, [&](const LessonView& lesson) { return !has_article(state.learning, lesson.id); });
        out.page = std::move(page);
        out.number = answer->number;
        out.number_failed = !answer->number.empty() && !answer->judgement.certificate;
        out.choices = make_choices(state, catalogue);
        out.chosen = state.chosen;
        out.freshness = out.page->freshness;
        out.demo_notice = out.page->demo_notice;
        return out;
    }
    // The core words the age of its list with every judgement; one of no text at all has nothing else to say.
    out.freshness = nothing.freshness;
    out.demo_notice = nothing.demo_notice;
    return out;
}

}  // namespace pipa::kiosk
