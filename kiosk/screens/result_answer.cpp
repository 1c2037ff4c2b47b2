// The upper half of the result: what the answer is, what to do, what it does not prove.
#include <algorithm>
#include <string>
#include <vector>

#include "screens/result_parts.hpp"

namespace pipa::kiosk {
namespace {

float draw_bullets(Canvas& canvas, float left, float width, float y, const std::string& text, ImU32 dot) {
    const TextStyle words = canvas.style(type::body, colour::ink);
    const float indent = canvas.px(34);
    canvas.list.AddCircleFilled({left + canvas.px(9), y + words.em * words.leading / 2}, canvas.px(6), dot);
    return y + draw_text(canvas.list, {left + indent, y}, width - indent, text, words) + canvas.px(10);
}

}  // namespace

float draw_heading(Canvas& canvas, float left, float width, float y, const Heading& heading) {
    const TextStyle words = canvas.style(type::body, heading.ink, Weight::Bold);
    const float size = words.em * 1.15f, gap = canvas.px(18);
    const float height = text_height(heading.text, width - size - gap, words);
    canvas.icon(heading.icon, left + size / 2, y + words.em * 0.72f, size, heading.ink);
    draw_text(canvas.list, {left + size + gap, y}, width - size - gap, heading.text, words);
    return y + height;
}

float draw_headline(Canvas& canvas, Column column, float y, const Headline& headline) {
    const Metrics& px = canvas.px;
    const ImU32 accent = accent_of(headline.verdict, headline.level);
    const TextStyle word = canvas.style(px.portrait ? 76 : 62, colour::white, Weight::Bold);
    const TextStyle reason = canvas.style(px.portrait ? 40 : 37, colour::white);
    const float padding = canvas.fit(px.portrait ? 48 : 38), disc = canvas.fit(px.portrait ? 84 : 64), gap = canvas.fit(36), below = canvas.fit(26);
    const float inner = column.width - 2 * padding, beside = inner - 2 * disc - gap;
    const float word_height = text_height(headline.word, beside, word);
    const float head = std::max(2 * disc, word_height);
    const float height = padding + head + below + text_height(headline.reason, inner, reason) + padding * 0.8f;
    const Rect place{column.left, y, column.width, height};
    canvas.card(place, accent);
    const ImVec2 centre{place.x + padding + disc, place.y + padding + head / 2};
    canvas.list.AddCircleFilled(centre, disc, colour::white);
    canvas.icon(headline.icon, centre.x, centre.y, disc * 1.24f, accent);
    draw_text(canvas.list, {centre.x + disc + gap, place.y + padding + (head - word_height) / 2}, beside, headline.word, word);
    draw_text(canvas.list, {place.x + padding, place.y + padding + head + below}, inner, headline.reason, reason);
    return place.bottom();
}

float draw_next_step(Canvas& canvas, Column column, float y, const std::string& text, ImU32 accent) {
    return draw_card(canvas, column, y, blend(colour::white, accent, 0.09f), [&](float left, float width, float at) {
        at = draw_heading(canvas, left, width, at, {Icon::Next, canvas.text("kiosk.result.next"), accent}) + canvas.fit(8);
        return at + draw_text(canvas.list, {left, at}, width, text, canvas.style(canvas.px.portrait ? 40 : 37, colour::ink, Weight::Bold));
    });
}

float draw_limits(Canvas& canvas, Column column, float y, const std::vector<std::string>& limits) {
    if (limits.empty()) return y;
    return draw_card(canvas, column, y, colour::white, [&](float left, float width, float at) {
        at = draw_heading(canvas, left, width, at, {Icon::Info, canvas.text("kiosk.result.limits"), colour::soft_ink}) + canvas.px(12);
        for (const std::string& limit : limits) at = draw_bullets(canvas, left, width, at, limit, colour::soft_ink);
        return at - canvas.px(10);
    });
}

float draw_lessons(Canvas& canvas, Column column, float y, const std::vector<LessonView>& lessons) {
    return draw_card(canvas, column, y, colour::white, [&](float left, float width, float at) {
        const Metrics& px = canvas.px;
        at = draw_heading(canvas, left, width, at, {Icon::Eye, canvas.text("kiosk.result.lessons"), colour::leaf_deep}) + px(6);
        const TextStyle words = canvas.style(type::body, colour::leaf_deep, Weight::Bold);
        const float icon = px(40), room = width - 2 * px(36) - icon - px(20);
        for (const LessonView& lesson : lessons) {
            const float text = text_height(lesson.title, room, words);
            const Rect place{left, at + px(14), width, std::max(canvas.button_height(), text + px(40))};
            const Canvas::Press press = canvas.target("result/lesson/" + lesson.id, place);
            canvas.fill(place, press.down ? colour::cream : colour::leaf_light, px(28));
            canvas.outline(place, colour::leaf, px(28), std::max(1.0f, px(2.5f)));
            draw_text(canvas.list, {place.x + px(36), place.middle_y() - text / 2}, room, lesson.title, words);
            canvas.icon(Icon::Next, place.right() - px(36) - icon / 2, place.middle_y(), icon, colour::leaf_deep);
            if (press.clicked) canvas.tell(event::Learn{{.wish = LearnWish::Article, .article = lesson.id}});
            at = place.bottom();
        }
        return at;
    });
}

float draw_further(Canvas& canvas, Column column, float y, const RemarkView& further) {
    const ImU32 ink = accent_of("genuine", further.level);
    return draw_card(canvas, column, y, colour::cream, [&](float left, float width, float at) {
        const TextStyle words = canvas.style(type::body, colour::ink);
        const float icon = words.em * 1.3f, gap = canvas.px(20);
        canvas.icon(Icon::Attention, left + icon / 2, at + words.em * words.leading / 2, icon, ink);
        return at + draw_text(canvas.list, {left + icon + gap, at}, width - icon - gap, further.text, words);
    });
}

namespace {

struct RemarkCard {
    Heading heading;
    ImU32 ground;
    bool attention;
};

float draw_remark_card(Canvas& canvas, Column column, float y, const RemarkCard& card, const std::vector<const RemarkView*>& remarks) {
    return draw_card(canvas, column, y, card.ground, [&](float left, float width, float at) {
        at = draw_heading(canvas, left, width, at, card.heading) + canvas.px(12);
        for (const RemarkView* remark : remarks) at = draw_bullets(canvas, left, width, at, remark->text, card.attention ? accent_of("genuine", remark->level) : card.heading.ink);
        return at - canvas.px(10);
    });
}

}  // namespace

float draw_remarks(Canvas& canvas, Column column, float y, const pipa::View& page) {
    const RemarkCard cards[] = {{{Icon::Attention, canvas.text("kiosk.result.remarks"), colour::warning}, colour::cream, true},
                                // Facts that the core does not weigh; not all of them are good news, so no tick.
                                {{Icon::Info, canvas.text("kiosk.result.also_found"), colour::leaf_deep}, colour::white, false}};
    float end = y;
    for (const RemarkCard& card : cards) {
        std::vector<const RemarkView*> remarks;
        // What the first page says already is not said again.
        for (const RemarkView& remark : page.remarks)
            if (weighs(remark.level) == card.attention && !page.summary.further.text.starts_with(remark.text)) remarks.push_back(&remark);
        if (remarks.empty()) continue;
        if (end > y) end += canvas.px(26);
        end = draw_remark_card(canvas, column, end, card, remarks);
    }
    return end;
}

float draw_reason_code(Canvas& canvas, Column column, float y, const std::string& code) {
    const std::string text = canvas.strings.own.format("kiosk.result.reason_code", {{"code", code}});
    return y + draw_text(canvas.list, {column.left, y}, column.width, text, canvas.style(type::small, colour::soft_ink));
}

}  // namespace pipa::kiosk
