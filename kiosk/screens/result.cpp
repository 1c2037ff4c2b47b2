// The result screen: the core's view-model as it is.
#include <algorithm>
#include <utility>
#include <vector>

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

float draw_retype(Canvas& canvas, Column column, float y) {
    const Rect place{column.left, y, column.width, canvas.button_height()};
    if (canvas.button("result/retype", place, {canvas.text("kiosk.button.retype"), Icon::Keypad}, Look::Plain)) canvas.tell(event::GoTo{Screen::Type});
    return place.bottom();
}

float draw_answer(Canvas& canvas, Column column, float y, const pipa::View& page) {
    const float gap = canvas.px(26);
    const ImU32 accent = accent_of(page.verdict.code, page.verdict.level);
    y = draw_headline(canvas, column, y, headline_of(canvas, page.verdict)) + gap;
    y = draw_next_step(canvas, column, y, page.verdict.next_step, accent) + gap;
    if (canvas.view.number_failed) y = draw_retype(canvas, column, y) + gap;
    const float before = y;
    y = draw_remarks(canvas, column, y, page.remarks);
    y = draw_limits(canvas, column, y > before ? y + gap : y, page.verdict.does_not_prove);
    return page.lessons.empty() ? y : draw_lessons(canvas, column, y + gap, page.lessons);
}

// Cards go where there is less so far, so that no column is left behind.
class Columns {
public:
    void open(Column column, float end) { m_columns.emplace_back(column, end); }

    template <typename DrawCard>
    void add(float gap, DrawCard draw_card) {
        auto& [column, end] = *std::ranges::min_element(m_columns, {}, &Open::second);
        end = draw_card(column, end) + gap;
    }
    [[nodiscard]] float end() const { return std::ranges::max_element(m_columns, {}, &Open::second)->second; }

private:
    using Open = std::pair<Column, float>;
    std::vector<Open> m_columns{};
};

float draw_evidence(Canvas& canvas, Columns columns, const pipa::View& page) {
    const float gap = canvas.px(26);
    for (const SectionView& section : page.sections)
        columns.add(gap, [&](Column column, float y) { return draw_section(canvas, column, y, section, page.vouchers); });
    columns.add(0, [&](Column column, float y) { return draw_vouchers(canvas, column, y, page.vouchers); });
    return columns.end();
}

void draw_columns(Canvas& canvas, Rect body, const pipa::View& page) {
    const Metrics& px = canvas.px;
    ScrollArea area(canvas, {body.x - px(24), body.y, body.w + px(48), body.h});
    const float gap = px(40);
    float start = area.top() + px(12);
    if (!canvas.view.choices.empty()) start = draw_choices(canvas, {body.x, body.w}, start) + px(26);
    float end = start;
    if (page.sections.empty()) {  // nothing beside it: one column, not too wide to read
        const float width = std::min(body.w, px(1240));
        end = draw_answer(canvas, {body.middle_x() - width / 2, width}, start, page);
    } else {
        Columns columns;
        const Column left{body.x, px.portrait ? body.w : (body.w - gap) * 0.5f};
        columns.open(left, draw_answer(canvas, left, start, page) + px(26));
        if (!px.portrait) columns.open({left.left + left.width + gap, left.width}, start);
        end = draw_evidence(canvas, std::move(columns), page);
    }
    area.finish(end - area.top() + px(40));
}

}  // namespace

void draw_result(Canvas& canvas) {
    const Rect body = draw_furniture(canvas, {"result/again", {canvas.text("kiosk.button.again"), Icon::Camera}, event::GoTo{Screen::Scan}});
    if (canvas.view.page) draw_columns(canvas, body, *canvas.view.page);
}

}  // namespace pipa::kiosk
