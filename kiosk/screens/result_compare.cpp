// The card that a buyer holds against the goods: product, quantity, who promises it, origin and dates, with the drawing of such goods.
#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "screens/product_picture.hpp"
#include "screens/result_parts.hpp"

namespace pipa::kiosk {
namespace {

std::string_view role_of(const pipa::View& page, std::string_view id) {
    const auto found = std::ranges::find(page.vouchers, id, &VoucherView::id);
    return found == page.vouchers.end() ? id : std::string_view{found->role};
}

// Name and amount beside the drawing; and where nobody stands behind them, that.
float draw_goods(Canvas& canvas, float left, float width, float y, const pipa::View& page) {
    const SummaryView& summary = page.summary;
    const TextStyle name = canvas.style(50, colour::ink, Weight::Bold), amount = canvas.style(type::heading, colour::ink);
    const float edge = summary.picture.empty() ? 0 : std::min(canvas.fit(150), width * 0.3f), gap = edge > 0 ? canvas.fit(28) : 0;
    const float beside = left + edge + gap, room = width - edge - gap;
    float at = y + draw_text(canvas.list, {beside, y}, room, summary.rows[0].value, name);
    if (summary.rows.size() > 1 && summary.rows[1].id == "quantity") at += draw_text(canvas.list, {beside, at}, room, summary.rows[1].value, amount);
    if (summary.rows[0].voucher == "nobody")
        at += draw_text(canvas.list, {beside, at}, room, role_of(page, "nobody"), canvas.style(type::body, colour::warning, Weight::Bold));
    if (edge > 0) draw_product(canvas.list, summary.picture, {left, y}, edge);
    return std::max(at, y + edge);
}

float draw_fact(Canvas& canvas, float left, float width, float y, const RowView& row) {
    const TextStyle label = canvas.style(type::small, colour::soft_ink);
    const TextStyle value = canvas.style(type::body, weighs(row.level) ? accent_of("genuine", row.level) : colour::ink, Weight::Bold);
    y += draw_text(canvas.list, {left, y}, width, row.label, label);
    y += draw_text(canvas.list, {left, y}, width, row.value, value);
    return row.note.empty() ? y : y + draw_text(canvas.list, {left, y}, width, row.note, label);
}

// What can be seen on the goods beside their name and amount: all beside each other where each has room for that on one line, else two, and
// what is longer alone.
float draw_seen_facts(Canvas& canvas, float left, float width, float y, const std::vector<RowView>& rows) {
    const TextStyle value = canvas.style(type::body, colour::ink, Weight::Bold);
    const float gap = canvas.fit(44);
    const auto wide = [&](std::size_t columns) { return (width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns); };
    const auto fits = [&](const RowView& row, std::size_t columns) { return text_width(row.value, value) <= wide(columns); };
    const std::size_t columns = std::ranges::all_of(rows, [&](const RowView& row) { return fits(row, rows.size()); }) ? rows.size() : 2;
    for (std::size_t i = 0; i < rows.size();) {
        float end = y;
        if (!fits(rows[i], columns)) end = draw_fact(canvas, left, width, y, rows[i++]);
        else
            for (std::size_t column = 0; column < columns && i < rows.size() && fits(rows[i], columns); ++column, ++i)
                end = std::max(end, draw_fact(canvas, left + static_cast<float>(column) * (wide(columns) + gap), wide(columns), y, rows[i]));
        y = end + canvas.fit(14);
    }
    return y;
}

float draw_badges(Canvas& canvas, float left, float width, float y, std::span<const RowView> badges) {
    const TextStyle plain = canvas.style(type::small, colour::leaf_deep, Weight::Bold);
    const float padding = canvas.px(20), gap = canvas.px(14), height = plain.em * 1.9f;
    float x = left;
    for (const RowView& badge : badges) {
        TextStyle words = plain;
        const bool holds = badge.value.empty();
        if (!holds) words.colour = colour::warning;
        const std::string text = holds ? badge.label : badge.label + " · " + badge.value;
        const float wide = std::min(width, text_width(text, words) + 2 * padding);
        if (x > left && x + wide > left + width) x = left, y += height + gap;
        canvas.fill({x, y, wide, height}, holds ? colour::leaf_light : colour::cream, height / 2);
        canvas.label({x + padding, y}, wide - 2 * padding + 1, y + height / 2, text, words);
        x += wide + gap;
    }
    return y + height;
}

}  // namespace

float draw_compare(Canvas& canvas, Column column, float y, const pipa::View& page, Compare how_much) {
    constexpr std::string_view on_the_goods[] = {"origin", "harvest", "issued"}, with_the_name[] = {"product", "quantity"};
    const auto is_one_of = [](std::span<const std::string_view> ids, const RowView& row) { return std::ranges::find(ids, row.id) != ids.end(); };
    std::vector<RowView> seen, others;
    for (const RowView& row : page.summary.rows)
        if (!is_one_of(with_the_name, row)) (is_one_of(on_the_goods, row) ? seen : others).push_back(row);
    return draw_card(canvas, column, y, colour::white, [&](float left, float width, float at) {
        at = draw_heading(canvas, left, width, at, {Icon::Eye, canvas.text("kiosk.result.compare"), colour::leaf_deep}) + canvas.fit(16);
        at = draw_goods(canvas, left, width, at, page) + canvas.fit(20);
        at = draw_seen_facts(canvas, left, width, at, seen);
        canvas.note("result/facts", {column.left, y, column.width, at - y});
        if (how_much == Compare::Facts) return at;
        for (const RowView& row : others) at = draw_fact(canvas, left, width, at, row) + canvas.fit(14);
        return page.summary.badges.empty() ? at : draw_badges(canvas, left, width, at + canvas.fit(4), page.summary.badges);
    });
}

}  // namespace pipa::kiosk
