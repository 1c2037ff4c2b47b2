// The list of articles: each a card with its drawing, under its topic; before them the ways to the quiz and to
// 'try to cheat it'.
#include <algorithm>

#include "screens/learn_parts.hpp"

namespace pipa::kiosk {
namespace {

// Text beside a drawing; the whole card is the target.
class Card {
public:
    Card(Canvas& canvas, float width, std::string_view title, std::string_view text)
        : m_canvas(canvas), m_title(title), m_text(text), m_picture(canvas.px(canvas.px.portrait ? 250 : 220)),
          m_inner(width - m_picture - canvas.px(76)), m_title_style(canvas.style(40, colour::ink, Weight::Bold)), m_text_style(canvas.style(type::small, colour::soft_ink)) {}

    [[nodiscard]] float height() const {
        const float words = text_height(m_title, m_inner, m_title_style) + m_canvas.px(10) + text_height(m_text, m_inner, m_text_style);
        return std::max(words + m_canvas.px(52), m_picture * 0.625f + m_canvas.px(40));
    }

    bool draw(std::string_view id, Rect place, const learn::Drawing* drawing, std::optional<Icon> icon) {
        const Metrics& px = m_canvas.px;
        const Canvas::Press press = m_canvas.target(id, place);
        m_canvas.card(place, press.down ? colour::cream : colour::white);
        m_canvas.outline(place, colour::edge, px(30), std::max(1.0f, px(2.5f)));
        const Rect picture{place.x + px(20), place.y + px(20), m_picture, place.h - px(40)};
        if (drawing != nullptr) draw_drawing(m_canvas, *drawing, picture);
        else if (icon) {
            const float radius = std::min(picture.h, picture.w) * 0.36f;
            m_canvas.list.AddCircleFilled({picture.middle_x(), picture.middle_y()}, radius, colour::leaf);
            m_canvas.icon(*icon, picture.middle_x(), picture.middle_y(), radius * 1.1f, colour::white);
        }
        const float left = picture.right() + px(28);
        float y = place.y + px(24);
        y += draw_text(m_canvas.list, {left, y}, m_inner, m_title, m_title_style) + px(10);
        draw_text(m_canvas.list, {left, y}, m_inner, m_text, m_text_style);
        return press.clicked;
    }

private:
    Canvas& m_canvas;
    std::string_view m_title;
    std::string_view m_text;
    float m_picture;
    float m_inner;
    TextStyle m_title_style;
    TextStyle m_text_style;
};

struct Entry {
    std::string id;
    std::string_view title;
    std::string_view text;
    const learn::Drawing* drawing{};
    std::optional<Icon> icon{};
    LearnAsk ask{};
};

// Cards in one column, or two where the screen is wide, each row as high as its highest card.
float draw_cards(Canvas& canvas, Column column, float y, std::span<const Entry> entries) {
    const Metrics& px = canvas.px;
    const std::size_t columns = px.portrait ? 1 : 2;
    const float gap = px(24), width = (column.width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t first = 0; first < entries.size(); first += columns) {
        const auto row = entries.subspan(first, std::min(columns, entries.size() - first));
        float height = 0;
        for (const Entry& entry : row) height = std::max(height, Card(canvas, width, entry.title, entry.text).height());
        float x = column.left;
        for (const Entry& entry : row) {
            Card card(canvas, width, entry.title, entry.text);
            if (card.draw(entry.id, {x, y, width, height}, entry.drawing, entry.icon)) ask(canvas, entry.ask);
            x += width + gap;
        }
        y += height + gap;
    }
    return y;
}

}  // namespace

float draw_learn_list(Canvas& canvas, Column column, float y, const LearnHomeView& home) {
    const Metrics& px = canvas.px;
    y += draw_text(canvas.list, {column.left, y}, column.width, home.title, canvas.style(type::title, colour::ink, Weight::Bold)) + px(20);
    std::vector<Entry> doors;
    if (home.cheat) doors.push_back({"learn/cheat", home.cheat->title, home.cheat->text, nullptr, Icon::Seal, {.wish = LearnWish::Cheat}});
    if (home.quiz) doors.push_back({"learn/quiz", home.quiz->title, home.quiz->text, nullptr, Icon::Question, {.wish = LearnWish::Quiz}});
    y = draw_cards(canvas, column, y, doors);
    for (const TopicView& topic : home.topics) {
        y += px(20);
        y += draw_text(canvas.list, {column.left, y}, column.width, topic.name, canvas.style(type::heading, colour::leaf_deep, Weight::Bold)) + px(16);
        std::vector<Entry> entries;
        for (const ArticleCardView& card : topic.articles)
            entries.push_back({"learn/article/" + card.id, card.title, card.summary, card.drawing, {}, {.wish = LearnWish::Article, .article = card.id}});
        y = draw_cards(canvas, column, y, entries);
    }
    return y + draw_text(canvas.list, {column.left, y + px(8)}, column.width, home.edition, canvas.style(type::small, colour::soft_ink)) + px(8);
}

}  // namespace pipa::kiosk
