// Several codes were before the camera: what each is, in words, and the way to its answer.
#include <algorithm>
#include <string>

#include "screens/result_parts.hpp"

namespace pipa::kiosk {

float draw_choices(Canvas& canvas, Column column, float y) {
    const Metrics& px = canvas.px;
    const auto& choices = canvas.view.choices;
    const TextStyle words = canvas.style(type::body, colour::ink, Weight::Bold);
    const std::string title = canvas.strings.own.format("kiosk.result.several", {{"count", std::to_string(choices.size())}});
    y += draw_text(canvas.list, {column.left, y}, column.width, title, words) + canvas.fit(16);
    const std::size_t in_row = px.portrait ? 2 : 3;
    const float gap = px(20), height = std::max(canvas.fit(136), px.touch);
    const float width = (column.width - gap * static_cast<float>(in_row - 1)) / static_cast<float>(in_row);
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const ChoiceView& choice = choices[i];
        const Rect place{column.left + static_cast<float>(i % in_row) * (width + gap), y + static_cast<float>(i / in_row) * (height + gap), width, height};
        const Label label{.text = std::to_string(i + 1) + " · " + choice.word, .below = choice.about};
        if (canvas.button("result/choice/" + std::to_string(i), place, label, Look::Plain)) canvas.tell(event::ChooseAnswer{i});
        if (i == canvas.view.chosen) canvas.outline(place, accent_of(choice.verdict, choice.level), px(28), px(8));
    }
    const auto rows = static_cast<float>((choices.size() + in_row - 1) / in_row);
    return y + rows * height + (rows - 1) * gap;
}

}  // namespace pipa::kiosk
