// The quiz: one question, large answers, and why.
#include "screens/learn_parts.hpp"

namespace pipa::kiosk {
namespace {

constexpr ImU32 right_ground = IM_COL32(0xDD, 0xF0, 0xDD, 0xFF);
constexpr ImU32 wrong_ground = IM_COL32(0xFA, 0xE0, 0xDC, 0xFF);
constexpr ImU32 right_ink = IM_COL32(0x1D, 0x5A, 0x2A, 0xFF);
constexpr ImU32 wrong_ink = IM_COL32(0x9B, 0x22, 0x1B, 0xFF);

struct OptionLook {
    ImU32 ground{colour::white};
    ImU32 edge{colour::edge};
    std::optional<Icon> icon{};
};

OptionLook look_of(const LearnScreenView& view, std::uint32_t option, std::uint32_t answer) {
    if (!view.chosen) return {};
    if (option == answer) return {right_ground, right_ink, Icon::Check};
    if (option == *view.chosen) return {wrong_ground, wrong_ink, Icon::Broken};
    return {};
}

float draw_option(Canvas& canvas, Rect place, std::string_view text, const OptionLook& look, bool down) {
    const Metrics& px = canvas.px;
    canvas.fill(place, down ? colour::cream : look.ground, px(28));
    canvas.outline(place, look.edge, px(28), px(look.icon ? 5 : 3));
    const TextStyle words = canvas.style(40, colour::ink, Weight::Bold);
    const float inner = place.w - px(150), height = text_height(text, inner, words);
    draw_text(canvas.list, {place.x + px(40), place.middle_y() - height / 2}, inner, text, words);
    if (look.icon) canvas.icon(*look.icon, place.right() - px(60), place.middle_y(), px(52), look.edge);
    return place.bottom();
}

float draw_options(Canvas& canvas, Column column, float y, const LearnScreenView& view, const QuestionView& question) {
    const Metrics& px = canvas.px;
    const TextStyle words = canvas.style(40, colour::ink, Weight::Bold);
    for (std::uint32_t option = 0; option < question.options.size(); ++option) {
        const std::string& text = question.options[option];
        const Rect place{column.left, y, column.width, std::max(canvas.button_height(), text_height(text, column.width - px(150), words) + px(48))};
        const Canvas::Press press = canvas.target("learn/option/" + std::to_string(option), place);
        y = draw_option(canvas, place, text, look_of(view, option, question.answer), press.down && !view.chosen) + px(20);
        if (press.clicked && !view.chosen) ask(canvas, {.wish = LearnWish::Choose, .option = option});
    }
    return y;
}

float draw_why(Canvas& canvas, Column column, float y, const LearnScreenView& view, const QuestionView& question) {
    const Metrics& px = canvas.px;
    const bool is_right = *view.chosen == question.answer;
    const auto write = [&](std::string_view text, const TextStyle& style, float after) {
        y += draw_text(canvas.list, {column.left, y}, column.width, text, style) + px(after);
    };
    y += px(12);
    write(canvas.text(is_right ? "learn.ui.right" : "learn.ui.wrong"), canvas.style(type::title, is_right ? right_ink : wrong_ink, Weight::Bold), 10);
    write(question.why, canvas.style(40, colour::ink), 14);
    for (const SourceView& source : question.sources) {
        const std::string standing = source.standing.empty() ? "" : " · " + source.standing;
        write(source.title + " · " + source.checked + standing, canvas.style(type::small, colour::soft_ink), 10);
    }
    const bool last = view.question + 1 == view.quiz->questions.size();
    const Rect next{column.left, y + px(20), column.width, canvas.button_height() + px(12)};
    if (canvas.button("learn/next_question", next, {canvas.text(last ? "learn.ui.result" : "learn.ui.next_question"), Icon::Next}, Look::Primary))
        ask(canvas, {.wish = LearnWish::NextQuestion});
    return next.bottom();
}

float draw_score(Canvas& canvas, Column column, float y, const LearnScreenView& view) {
    const Metrics& px = canvas.px;
    const float mark = px(200);
    draw_brand(canvas.list, {column.left + column.width / 2, y + px(80) + mark / 2}, mark);
    y += px(110) + mark;
    const std::string& text = view.quiz->scores[std::min<std::size_t>(view.right, view.quiz->scores.size() - 1)];
    y += draw_text(canvas.list, {column.left, y}, column.width, text, canvas.style(type::title, colour::ink, Weight::Bold, Align::Centre)) + px(56);
    const Rect again{column.left, y, column.width, canvas.button_height() + px(12)};
    if (canvas.button("learn/quiz_again", again, {canvas.text("learn.ui.again"), Icon::Refresh}, Look::Primary)) ask(canvas, {.wish = LearnWish::Quiz});
    return again.bottom();
}

}  // namespace

float draw_learn_quiz(Canvas& canvas, Column column, float y, const LearnScreenView& view) {
    if (view.question >= view.quiz->questions.size()) return draw_score(canvas, column, y, view);
    const Metrics& px = canvas.px;
    const QuestionView& question = view.quiz->questions[view.question];
    y += draw_text(canvas.list, {column.left, y}, column.width, question.progress, canvas.style(type::body, colour::soft_ink)) + px(10);
    y += draw_text(canvas.list, {column.left, y}, column.width, question.question, canvas.style(type::title, colour::ink, Weight::Bold)) + px(36);
    y = draw_options(canvas, column, y, view, question);
    return view.chosen ? draw_why(canvas, column, y, view, question) : y;
}

}  // namespace pipa::kiosk
