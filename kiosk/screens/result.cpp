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
constexpr float smallest_type = 0.6f;   // of what must stand on the first page, of normal text
constexpr float smallest_whole = 0.85f;  // of what had better stand there too

Headline headline_of(const VerdictView& verdict) { return {verdict.code, verdict.level, icon_named(verdict.icon), verdict.word, verdict.reason}; }

float draw_retype(Canvas& canvas, Column column, float y) {
    const Rect place{column.left, y, column.width, canvas.button_height()};
    if (canvas.button("result/retype", place, {canvas.text("kiosk.button.retype"), Icon::Keypad}, Look::Plain)) canvas.tell(event::GoTo{Screen::Type});
    return place.bottom();
}

// What nobody may overlook: the answer, what to do, and the next gravest thing.
float draw_essence(Canvas& canvas, Column column, float y, const pipa::View& page) {
    const float gap = canvas.fit(card_gap);
    const float start = y;
    y = draw_headline(canvas, column, y, headline_of(page.verdict)) + gap;
    y = draw_next_step(canvas, column, y, page.verdict.next_step, accent_of(page.verdict.code, page.verdict.level));
    canvas.note("result/next", {column.left, start, column.width, y - start});
    if (!page.summary.further.text.empty()) y = draw_further(canvas, column, y + gap, page.summary.further);
    return canvas.view.number_failed ? draw_retype(canvas, column, y + gap) : y;
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

// The first page in type as large as lets it stand there whole, at every size of text, and what follows it.
class ResultPage {
public:
    ResultPage(Canvas& canvas, Rect body, const pipa::View& page) : m(canvas), m_page(page), m_whole{body.x, body.w}, m_left(m_whole) {
        const float between = canvas.px(40), half = (body.w - between) / 2;
        if (!has_facts()) {  // nothing is known beside the answer: not too wide to read
            m_left.width = std::min(body.w, canvas.px(1240));
            m_left.left = body.middle_x() - m_left.width / 2;
        } else if (!canvas.px.portrait) {
            m_left.width = half;
            m_right = {body.x + half + between, half};
        }
    }

    // Returns where it ends.
    float draw(float y, float room) {
        const float gap = m.px(card_gap);
        m.shrink = type_that_fits(m, room, smallest(), [&](Canvas& on, float at) { return draw_first_page(on, at, Compare::Facts); });
        const float start = draw_choices_on(m, y);
        float end = draw_essence(m, m_left, start, m_page), right_end = start;
        if (has_two_columns()) {
            const float left_shrink = std::exchange(m.shrink, std::min(m.shrink, compare_shrink(room - (start - y))));
            right_end = draw_compare(m, m_right, start, m_page, Compare::Whole);
            m.shrink = left_shrink;
        } else if (has_facts()) {
            end = draw_compare(m, m_left, end + m.fit(card_gap), m_page, Compare::Whole);
        }
        m.shrink = 1;
        end = draw_rest(m, m_left, end + gap, m_page);
        if (!has_facts()) return draw_reason_code(m, m_left, end + gap, m_page.verdict.reason_code);
        Columns columns;
        columns.open(m_left, end + gap);
        if (has_two_columns()) columns.open(m_right, right_end + gap);
        end = draw_evidence(m, std::move(columns), m_page);
        return m_page.sections.empty() ? draw_reason_code(m, m_left, end + gap, m_page.verdict.reason_code) : end;
    }

private:
    [[nodiscard]] bool has_facts() const { return !m_page.summary.rows.empty(); }
    [[nodiscard]] float smallest() const { return smallest_type / m.px.text_scale; }
    [[nodiscard]] bool has_two_columns() const { return m_right.width > 0; }

    float draw_choices_on(Canvas& on, float y) const { return on.view.choices.empty() ? y : draw_choices(on, m_whole, y) + on.fit(card_gap); }

    float draw_first_page(Canvas& on, float y, Compare how_much) const {
        y = draw_essence(on, m_left, draw_choices_on(on, y), m_page);
        return has_facts() && !has_two_columns() ? draw_compare(on, m_left, y + on.fit(card_gap), m_page, how_much) : y;
    }

    [[nodiscard]] float compare_shrink(float room) const {
        const auto compare = [&](Compare how_much) { return [&, how_much](Canvas& on, float at) { return draw_compare(on, m_right, at, m_page, how_much); }; };
        const float whole = type_that_fits(m, room, smallest_whole, compare(Compare::Whole));
        return measure(m, whole, compare(Compare::Whole)) <= room ? whole : type_that_fits(m, room, smallest(), compare(Compare::Facts));
    }

    Canvas& m;
    const pipa::View& m_page;
    Column m_whole;
    Column m_left;
    Column m_right{};
};

void draw_columns(Canvas& canvas, Rect body, const pipa::View& page) {
    const Metrics& px = canvas.px;
    ScrollArea area(canvas, {body.x - px(24), body.y, body.w + px(48), body.h});
    const float start = area.top() + px(12);
    const float end = ResultPage(canvas, body, page).draw(start, area.page_height() - px(32));
    area.finish(end - area.top() + px(40));
}

}  // namespace

void draw_result(Canvas& canvas) {
    const Rect body = draw_furniture(canvas, {"result/again", {canvas.text("kiosk.button.again"), Icon::Camera}, event::GoTo{Screen::Scan}});
    if (canvas.view.page) draw_columns(canvas, body, *canvas.view.page);
}

}  // namespace pipa::kiosk
