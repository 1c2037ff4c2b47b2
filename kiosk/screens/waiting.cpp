// What stands there while the files behind a code or a number are on their way.
#include "screens/furniture.hpp"
#include "screens/result_parts.hpp"
#include "screens/screens.hpp"

namespace pipa::kiosk {
namespace {

Column reading_column(const Canvas& canvas, Rect body) {
    const float width = std::min(body.w, canvas.px(1240));
    return {body.middle_x() - width / 2, width};
}

}  // namespace

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
}

}  // namespace pipa::kiosk
