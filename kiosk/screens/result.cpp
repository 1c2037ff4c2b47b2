// The result screen: the core's view-model as it is.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "screens/furniture.hpp"
#include "screens/result_parts.hpp"
#include "screens/screens.hpp"
#include "screens/scroll_area.hpp"

namespace pipa::kiosk {
namespace {

constexpr float card_gap = 26;  // units
constexpr float smallest_type = 0.5f;  // of what must stand on the first page
constexpr float smallest_compare = 0.8f;

Headline headline_of(const VerdictView& verdict) { return {verdict.code, verdict.level, icon_named(verdict.icon), verdict.word, verdict.reason}; }

float draw_retype(Canvas& canvas, Column column, float y) {
    const Rect place{column.left, y, column.width, canvas.button_height()};
    if (canvas.button("result/retype", place, {canvas.text("kiosk.button.retype"), Icon::Keypad}, Look::Plain)) canvas.tell(event::GoTo{Screen::Type});
    return place.bottom();
}

// What nobody may overlook: the answer, what to do, and the next gravest thing.
float draw_essence(Canvas& canvas, Column column, float y, const pipa::View& page) {
    const float gap = canvas.px(card_gap);
    const float start = y;
    y = draw_headline(canvas, column, y, headline_of(page.verdict)) + gap;
    y = draw_next_step(canvas, column, y, page.verdict.next_step, accent_of(page.verdict.code, page.verdict.level));
    canvas.note("result/next", {column.left, start, column.width, y - start});
    if (!page.summary.further.text.empty()) y = draw_further(canvas, column, y + gap, page.summary.further);
    return canvas.view.number_failed ? draw_retype(canvas, column, y + gap) : y;
}

// With type as large as fits into `room`, so that none of it is below the fold at any size of text.
float draw_fitting_essence(Canvas& canvas, Column column, float y, float room, const pipa::View& page) {
    const auto draw = [&](Canvas& on, float at) { return draw_essence(on, column, at, page); };
    const float shrink = std::exchange(canvas.shrink, type_that_fits(canvas, room, smallest_type, draw));
    y = draw(canvas, y);
    canvas.shrink = shrink;
    return y;
}

// On the first page too where it can be read there; else it begins the second.
float draw_fitting_compare(Canvas& canvas, Column column, float y, float room, const pipa::View& page) {
    const auto draw = [&](Canvas& on, float at) { return draw_compare(on, column, at, page); };
    float shrink = type_that_fits(canvas, room, smallest_compare, draw);
    if (measure(canvas, shrink, draw) > room) shrink = 1;
    std::swap(canvas.shrink, shrink);
    y = draw(canvas, y);
    canvas.shrink = shrink;
    return y;
}

float draw_rest(Canvas& canvas, Column column, float y, const pipa::View& page) {
    const float gap = canvas.px(card_gap), before = y;
    y = draw_remarks(canvas, column, y, page);
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
        columns.add(gap, [&](Column column, float y) { return draw_section(canvas, column, y, section, page); });
    columns.add(0, [&](Column column, float y) { return draw_vouchers(canvas, column, y, page.vouchers); });
    return columns.end();
}

// Nothing is known beside the answer: one column, not too wide to read.
float draw_alone(Canvas& canvas, Rect body, float y, float room, const pipa::View& page) {
    const float width = std::min(body.w, canvas.px(1240)), gap = canvas.px(card_gap);
    const Column column{body.middle_x() - width / 2, width};
    y = draw_fitting_essence(canvas, column, y, room, page) + gap;
    if (!page.summary.rows.empty()) y = draw_compare(canvas, column, y, page) + gap;
    y = draw_rest(canvas, column, y, page);
    return draw_reason_code(canvas, column, y + gap, page.verdict.reason_code);
}

float draw_with_evidence(Canvas& canvas, Rect body, float y, float room, const pipa::View& page) {
    const Metrics& px = canvas.px;
    const float between = px(40), gap = px(card_gap);
    const Column left{body.x, px.portrait ? body.w : (body.w - between) * 0.5f}, right{left.left + left.width + between, left.width};
    float end = draw_fitting_essence(canvas, left, y, room, page) + gap;
    if (px.portrait) end = draw_fitting_compare(canvas, left, end, room - (end - y), page) + gap;
    Columns columns;
    columns.open(left, draw_rest(canvas, left, end, page) + gap);
    if (!px.portrait) columns.open(right, draw_fitting_compare(canvas, right, y, room, page) + gap);
    return draw_evidence(canvas, std::move(columns), page);
}

void draw_columns(Canvas& canvas, Rect body, const pipa::View& page) {
    const Metrics& px = canvas.px;
    ScrollArea area(canvas, {body.x - px(24), body.y, body.w + px(48), body.h});
    float start = area.top() + px(12);
    if (!canvas.view.choices.empty()) start = draw_choices(canvas, {body.x, body.w}, start) + px(card_gap);
    const float room = area.page_height() - (start - area.top()) - px(20);
    const bool alone = page.sections.empty() || page.summary.rows.empty();
    const float end = alone ? draw_alone(canvas, body, start, room, page) : draw_with_evidence(canvas, body, start, room, page);
    area.finish(end - area.top() + px(40));
}

}  // namespace

void draw_result(Canvas& canvas) {
    const Rect body = draw_furniture(canvas, {"result/again", {canvas.text("kiosk.button.again"), Icon::Camera}, event::GoTo{Screen::Scan}});
    if (canvas.view.page) draw_columns(canvas, body, *canvas.view.page);
}

}  // namespace pipa::kiosk
