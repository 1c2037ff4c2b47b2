// One article: large type, its drawing, what you can do, words and sources.
#include "screens/learn_parts.hpp"

namespace pipa::kiosk {
namespace {

class ArticlePainter {
public:
    ArticlePainter(Canvas& canvas, Column column, float y) : m_canvas(canvas), m_px(canvas.px), m_column(column), m_y(y) {}

    void write(std::string_view text, const TextStyle& style, float before = 0, float indent = 0) {
        m_y += m_px(before);
        m_y += draw_text(m_canvas.list, {m_column.left + m_px(indent), m_y}, m_column.width - m_px(indent), text, style);
    }

    void block(const BlockView& block) {
        if (block.kind == "picture") return picture(block);
        if (block.kind == "action") return action(block);
        if (block.kind == "heading") return write(joined(block.lines.front()), m_canvas.style(type::heading, colour::leaf_deep, Weight::Bold), 34);
        const bool list = block.kind == "bullets" || block.kind == "steps";
        int number = 1;
        for (const auto& line : block.lines) {
            m_y += m_px(list ? 14 : 20);
            if (list) mark(block.kind == "steps" ? std::to_string(number++) : std::string{});
            write(joined(line), m_canvas.style(38, colour::ink), 0, list ? 64 : 0);
        }
    }

    void words(const ArticleView& article) {
        if (article.words.empty()) return;
        rule();
        write(article.words_title, m_canvas.style(type::body, colour::soft_ink, Weight::Bold), 20);
        for (const WordView& word : article.words) {
            write(word.name, m_canvas.style(type::body, colour::ink, Weight::Bold), 14);
            write(word.meaning, m_canvas.style(type::body, colour::soft_ink));
        }
    }

    void sources(const ArticleView& article) {
        if (article.sources.empty()) return;
        rule();
        write(article.sources_title, m_canvas.style(type::body, colour::soft_ink, Weight::Bold), 20);
        for (const SourceView& source : article.sources) {
            write("[" + source.number + "] " + source.title + " · " + source.checked, m_canvas.style(type::small, colour::soft_ink), 12);
            if (!source.standing.empty()) write(source.standing, m_canvas.style(type::small, colour::warning));
        }
    }

    void next(const ArticleView& article) {
        m_y += m_px(44);
        const Rect place{m_column.left, m_y, m_column.width, m_canvas.button_height() + m_px(20)};
        if (m_canvas.button("learn/next", place, {m_canvas.text("learn.ui.next"), Icon::Next, article.next_title}, Look::Quiet))
            ask(m_canvas, {.wish = LearnWish::Article, .article = article.next_id});
        m_y = place.bottom();
    }

    [[nodiscard]] float y() const { return m_y; }

private:
    void picture(const BlockView& block) {
        if (block.drawing == nullptr) return;
        m_y += m_px(28);
        // On a wide screen the drawing leaves room for words beneath it.
        const float width = m_px.portrait ? m_column.width : m_column.width * 0.62f;
        const Rect place{m_column.left + (m_column.width - width) / 2, m_y, width, drawing_height(*block.drawing, width)};
        m_canvas.card(place, colour::white);
        draw_drawing(m_canvas, *block.drawing, place);
        m_y = place.bottom() + m_px(12);
    }

    void action(const BlockView& block) {
        const TextStyle label = m_canvas.style(type::body, colour::warning, Weight::Bold);
        const TextStyle words = m_canvas.style(40, colour::ink, Weight::Bold);
        const float pad = m_px(36), inner = m_column.width - 2 * pad;
        float height = text_height(block.label, inner, label) + 2 * pad;
        for (const auto& line : block.lines) height += m_px(10) + text_height(joined(line), inner, words);
        m_y += m_px(40);
        m_canvas.fill({m_column.left, m_y, m_column.width, height}, colour::cream, m_px(28));
        m_canvas.fill({m_column.left, m_y + m_px(28), m_px(10), height - m_px(56)}, colour::loquat, m_px(5));
        float y = m_y + pad;
        y += draw_text(m_canvas.list, {m_column.left + pad, y}, inner, block.label, label);
        for (const auto& line : block.lines) y += m_px(10) + draw_text(m_canvas.list, {m_column.left + pad, y + m_px(10)}, inner, joined(line), words);
        m_y += height;
    }

    // A dot, or a number in a disc, before an item.
    void mark(const std::string& number) {
        const float em = m_px.em(38), middle = m_y + em * 0.71f, centre = m_column.left + m_px(26);
        if (number.empty()) return m_canvas.list.AddCircleFilled({centre, middle}, m_px(8), colour::loquat_deep);
        m_canvas.list.AddCircleFilled({centre, middle}, em * 0.6f, colour::loquat);
        m_canvas.label({centre - em, m_y}, 2 * em, middle, number, {.em = em * 0.8f, .colour = colour::ink, .weight = Weight::Bold, .align = Align::Centre});
    }

    void rule() {
        m_y += m_px(44);
        m_canvas.fill({m_column.left, m_y, m_column.width, m_px(2)}, colour::line, 0);
    }

    Canvas& m_canvas;
    const Metrics& m_px;
    Column m_column;
    float m_y;
};

}  // namespace

float draw_learn_article(Canvas& canvas, Column column, float y, const ArticleView& article) {
    ArticlePainter painter(canvas, column, y);
    painter.write(article.topic, canvas.style(type::small, colour::soft_ink));
    painter.write(article.title, canvas.style(type::title, colour::ink, Weight::Bold), 6);
    painter.write(article.summary, canvas.style(40, colour::soft_ink), 14);
    for (const BlockView& block : article.blocks) painter.block(block);
    painter.words(article);
    painter.sources(article);
    painter.next(article);
    return painter.y();
}

}  // namespace pipa::kiosk
