// The learning screen: which of its pages is open, in a column that scrolls.
#include <algorithm>

#include "screens/furniture.hpp"
#include "screens/learn_parts.hpp"
#include "screens/screens.hpp"
#include "screens/scroll_area.hpp"

namespace pipa::kiosk {
namespace {

float draw_page(Canvas& canvas, Column column, float y, const LearnScreenView& view) {
    if (view.home) return draw_learn_list(canvas, column, y, *view.home);
    if (view.article) return draw_learn_article(canvas, column, y, *view.article);
    if (view.quiz) return draw_learn_quiz(canvas, column, y, view);
    return draw_learn_cheat(canvas, column, y, view);
}

MainButton way_out(Canvas& canvas, const LearnScreenView& view) {
    const bool reading = view.place == LearnPlace::List || view.place == LearnPlace::Article;
    if (reading && canvas.view.has_answer) return {"learn/answer", {canvas.text("kiosk.button.answer"), Icon::Shield}, event::GoTo{Screen::Result}};
    if (view.place == LearnPlace::List) return {"learn/scan", {canvas.text("kiosk.button.scan"), Icon::Camera}, event::GoTo{Screen::Scan}};
    return {"learn/list", {canvas.text("learn.ui.all"), Icon::Eye}, event::Learn{{.wish = LearnWish::List}}};
}

}  // namespace

void draw_learn(Canvas& canvas) {
    if (canvas.view.learn == nullptr) return;
    const LearnScreenView& view = *canvas.view.learn;
    const Metrics& px = canvas.px;
    const Rect body = draw_furniture(canvas, way_out(canvas, view));
    ScrollArea area(canvas, {body.x - px(24), body.y, body.w + px(48), body.h});
    const float start = area.top() + px(16);
    const float width = view.home ? body.w : std::min(body.w, px(1180));
    const float end = draw_page(canvas, {body.middle_x() - width / 2, width}, start, view);
    area.finish(end - area.top() + px(48));
}

std::string joined(const std::vector<SpanView>& line) {
    std::string out;
    for (const SpanView& span : line) out += span.kind == "source" ? " [" + span.text + "]" : span.text;
    return out;
}

}  // namespace pipa::kiosk
