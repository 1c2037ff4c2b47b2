// The result screen: the core's view-model as it is, and the one for a number that nobody here can look up.
#include "screens/furniture.hpp"
#include "screens/result_parts.hpp"
#include "screens/screens.hpp"
#include "screens/scroll_area.hpp"

namespace pipa::kiosk {
namespace {

Headline headline_of(Canvas& canvas, const VerdictView& verdict) {
    return {verdict.code, verdict.level, icon_named(verdict.icon), verdict.word, verdict.reason,
            canvas.strings.own.format("kiosk.result.reason_code", {{"code", verdict.reason_code}})};
}

float draw_answer(Canvas& canvas, Column column, float y, const pipa::View& page) {
    const float gap = canvas.px(26);
    const ImU32 accent = accent_of(page.verdict.code, page.verdict.level);
    y = draw_headline(canvas, column, y, headline_of(canvas, page.verdict)) + gap;
    y = draw_next_step(canvas, column, y, page.verdict.next_step, accent) + gap;
    const float before = y;
    y = draw_remarks(canvas, column, y, page.remarks);
    return draw_limits(canvas, column, y > before ? y + gap : y, page.verdict.does_not_prove);
}

float draw_evidence(Canvas& canvas, Column column, float y, const pipa::View& page) {
    const float gap = canvas.px(26);
    for (const SectionView& section : page.sections) y = draw_section(canvas, column, y, section, page.vouchers) + gap;
    return draw_vouchers(canvas, column, y, page.vouchers);
}

void draw_columns(Canvas& canvas, Rect body, const pipa::View& page) {
    const Metrics& px = canvas.px;
    ScrollArea area(canvas, {body.x - px(24), body.y, body.w + px(48), body.h});
    const float start = area.top() + px(12), gap = px(40);
    float end = start;
    if (page.sections.empty()) {  // nothing beside it: one column, not too wide to read
        const float width = std::min(body.w, px(1240));
        end = draw_answer(canvas, {body.middle_x() - width / 2, width}, start, page);
    } else if (px.portrait) {
        end = draw_evidence(canvas, {body.x, body.w}, draw_answer(canvas, {body.x, body.w}, start, page) + px(26), page);
    } else {
        const float left = (body.w - gap) * 0.5f;
        const float a = draw_answer(canvas, {body.x, left}, start, page);
        const float b = draw_evidence(canvas, {body.x + left + gap, body.w - left - gap}, start, page);
        end = std::max(a, b);
    }
    area.finish(end - area.top() + px(40));
}

}  // namespace

void draw_result(Canvas& canvas) {
    const Rect body = draw_furniture(canvas, {"result/again", {canvas.text("kiosk.button.again"), Icon::Camera}, event::GoTo{Screen::Scan}});
    if (canvas.view.page) draw_columns(canvas, body, *canvas.view.page);
    draw_notice(canvas, body);
}

void draw_number(Canvas& canvas) {
    const Metrics& px = canvas.px;
    const Rect body = draw_furniture(canvas, {"number/scan", {canvas.text("kiosk.button.scan"), Icon::Camera}, event::GoTo{Screen::Scan}});
    const float width = std::min(body.w, px(1240));
    const Column column{body.middle_x() - width / 2, width};
    Headline headline{"could_not_check", "unknown", Icon::Question, canvas.text("kiosk.number.word"),
                      canvas.strings.own.format("kiosk.number.reason", {{"number", canvas.view.number}}), {}};
    ScrollArea area(canvas, {body.x - px(24), body.y, body.w + px(48), body.h});
    float y = draw_headline(canvas, column, area.top() + px(12), headline) + px(26);
    y = draw_next_step(canvas, column, y, canvas.text("kiosk.number.next"), accent_of("could_not_check", "unknown")) + px(26);
    const Rect again{column.left, y, column.width, canvas.button_height()};
    if (canvas.button("number/again", again, {canvas.text("kiosk.button.retype"), Icon::Keypad}, Look::Plain)) canvas.tell(event::GoTo{Screen::Type});
    area.finish(again.bottom() - area.top() + px(40));
    draw_notice(canvas, body);
}

}  // namespace pipa::kiosk
