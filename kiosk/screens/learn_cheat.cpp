// 'Try to cheat it': what the certificate says, the lies on offer, and what the real verifier makes of them.
#include <algorithm>
#include <string>

#include "screens/learn_parts.hpp"

namespace pipa::kiosk {
namespace {

float write(Canvas& canvas, Column column, float y, std::string_view text, const TextStyle& style, float after) {
    return y + draw_text(canvas.list, {column.left, y}, column.width, text, style) + canvas.px(after);
}

float draw_field(Canvas& canvas, Column column, float y, const CheatFieldView& field) {
    const Metrics& px = canvas.px;
    y = write(canvas, column, y + px(24), field.label, canvas.style(type::heading, colour::leaf_deep, Weight::Bold), 4);
    y = write(canvas, column, y, field.original, canvas.style(type::body, colour::soft_ink), 16);
    // Beside each other where their words have room for that, a little smaller if need be.
    constexpr float a_little_smaller = 0.75f;
    const TextStyle words = canvas.style(type::body * a_little_smaller, colour::ink, Weight::Bold);
    const float gap = px(20), count = static_cast<float>(field.options.size()), third = (column.width - gap * (count - 1)) / count;
    const bool beside = std::ranges::all_of(field.options, [&](const auto& option) { return text_width(option.text, words) <= third - px(32); });
    const float width = beside ? third : column.width, height = canvas.button_height();
    Rect place{column.left, y, width, height};
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        const std::string id = "learn/try/" + std::string{field.id} + "/" + std::to_string(i);
        if (canvas.button(id, place, {field.options[i].text}, Look::Plain)) ask(canvas, {.wish = LearnWish::TryChange, .change = field.options[i].change});
        if (beside) place.x += width + gap;
        else if (i + 1 < field.options.size()) place.y += height + gap;
    }
    return place.bottom();
}

float draw_choices(Canvas& canvas, Column column, float y, const CheatLessonView& lesson) {
    const Metrics& px = canvas.px;
    y = write(canvas, column, y, lesson.title, canvas.style(type::title, colour::ink, Weight::Bold), 12);
    for (const std::string& text : lesson.introduction) y = write(canvas, column, y, text, canvas.style(40, colour::soft_ink), 6);
    for (const CheatFieldView& field : lesson.fields) y = draw_field(canvas, column, y, field);
    const Rect copy{column.left, y + px(48), column.width, canvas.button_height() + px(12)};
    if (canvas.button("learn/try/copy", copy, {lesson.copy_label, Icon::Code}, Look::Primary)) ask(canvas, {.wish = LearnWish::TryCopy});
    return copy.bottom();
}

float draw_outcome(Canvas& canvas, Column column, float y, const CheatOutcomeView& outcome, const CheatLessonView& lesson) {
    const Metrics& px = canvas.px;
    const VerdictView& verdict = outcome.view.verdict;
    y = write(canvas, column, y, outcome.did, canvas.style(type::heading, colour::ink, Weight::Bold), 24);
    y = draw_headline(canvas, column, y, {verdict.code, verdict.level, icon_named(verdict.icon), verdict.word, verdict.reason}) + px(32);
    y = write(canvas, column, y, canvas.text("learn.ui.why"), canvas.style(type::heading, colour::leaf_deep, Weight::Bold), 10);
    for (const std::string& text : outcome.explanation) y = write(canvas, column, y, text, canvas.style(40, colour::ink), 14);
    const Rect again{column.left, y + px(28), column.width, canvas.button_height() + px(12)};
    if (canvas.button("learn/try/again", again, {lesson.again_label, Icon::Refresh}, Look::Primary)) ask(canvas, {.wish = LearnWish::TryAgain});
    return again.bottom();
}

}  // namespace

float draw_learn_cheat(Canvas& canvas, Column column, float y, const LearnScreenView& view) {
    if (!view.cheat) return write(canvas, column, y, canvas.text("learn.ui.no_lesson"), canvas.style(type::heading, colour::ink), 0);
    if (view.outcome) return draw_outcome(canvas, column, y, *view.outcome, *view.cheat);
    return draw_choices(canvas, column, y, *view.cheat);
}

}  // namespace pipa::kiosk
