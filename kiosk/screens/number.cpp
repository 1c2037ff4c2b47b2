// What stands there instead of a result: that the record is on its way, and why a number led to no certificate.
#include "screens/furniture.hpp"
#include "screens/result_parts.hpp"
#include "screens/screens.hpp"
#include "screens/scroll_area.hpp"

namespace pipa::kiosk {
namespace {

Column reading_column(const Canvas& canvas, Rect body) {
    const float width = std::min(body.w, canvas.px(1240));
    return {body.middle_x() - width / 2, width};
}

// Where the visitor is the one who can mend it, and where nobody in front of the screen can.
bool worth_retyping(NumberProblem problem) { return problem == NumberProblem::Malformed || problem == NumberProblem::Unknown; }

}  // namespace

void draw_number(Canvas& canvas) {
    const Metrics& px = canvas.px;
    const Rect body = draw_furniture(canvas, {"number/scan", {canvas.text("kiosk.button.scan"), Icon::Camera}, event::GoTo{Screen::Scan}});
    const Column column = reading_column(canvas, body);
    const NumberProblem problem = canvas.view.number_problem;
    const std::string key = "kiosk.number." + std::string{problem_name(problem)};
    const Headline headline{"could_not_check", "unknown", Icon::Question, canvas.text(key + ".word"),
                            canvas.strings.own.format(key + ".reason", {{"number", canvas.view.number}}), {}};
    ScrollArea area(canvas, {body.x - px(24), body.y, body.w + px(48), body.h});
    float y = draw_headline(canvas, column, area.top() + px(12), headline) + px(26);
    const std::string next = canvas.text(worth_retyping(problem) ? "kiosk.number.compare" : "kiosk.number.next");
    y = draw_next_step(canvas, column, y, next, accent_of("could_not_check", "unknown")) + px(26);
    const Rect again{column.left, y, column.width, canvas.button_height()};
    if (canvas.button("number/again", again, {canvas.text("kiosk.button.retype"), Icon::Keypad}, Look::Plain)) canvas.tell(event::GoTo{Screen::Type});
    area.finish(again.bottom() - area.top() + px(40));
    draw_notice(canvas, body);
}

void draw_waiting(Canvas& canvas) {
    const Metrics& px = canvas.px;
    const Rect body = draw_furniture(canvas, {"waiting/scan", {canvas.text("kiosk.button.again"), Icon::Camera}, event::GoTo{Screen::Scan}, Look::Quiet});
    const Column column = reading_column(canvas, body);
    const TextStyle title = canvas.style(type::title, colour::ink, Weight::Bold, Align::Centre);
    const TextStyle words = canvas.style(type::body, colour::ink, Weight::Regular, Align::Centre);
    const TextStyle small = canvas.style(type::small, colour::soft_ink, Weight::Regular, Align::Centre);
    const std::string texts[] = {canvas.text("kiosk.waiting.title"), canvas.text("kiosk.waiting.text"), canvas.text("kiosk.waiting.privacy")};
    const float disc = px(86), gap = px(22);
    const float height = 2 * disc + 2 * gap + text_height(texts[0], column.width, title) + gap + text_height(texts[1], column.width, words) + gap +
                         text_height(texts[2], column.width, small);
    float y = std::max(body.y, body.y + (body.h - height) * 0.42f);
    const ImVec2 centre{column.left + column.width / 2, y + disc};
    canvas.list.AddCircleFilled(centre, disc, colour::leaf_light);
    canvas.icon(Icon::Clock, centre.x, centre.y, disc * 1.1f, colour::leaf);
    y += 2 * disc + 2 * gap;
    y += draw_text(canvas.list, {column.left, y}, column.width, texts[0], title) + gap;
    if (!canvas.view.number.empty()) y += draw_text(canvas.list, {column.left, y}, column.width, canvas.view.number, title) + gap;
    y += draw_text(canvas.list, {column.left, y}, column.width, texts[1], words) + gap;
    draw_text(canvas.list, {column.left, y}, column.width, texts[2], small);
    draw_notice(canvas, body);
}

}  // namespace pipa::kiosk
