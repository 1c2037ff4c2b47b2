// 50x30 and 60x40 mm: the code as large as the label, and beside it title, name and what else there is room for.
#include <algorithm>

#include "pipa/labels/layout_parts.hpp"

namespace pipa::labels {
namespace {

// Behind the title's second, shorter line there is room for a small mark.
void place_demo_mark(LabelLayout& layout, double title_size, const TextShaper& shaper) {
    const auto title = std::ranges::find(layout.texts, std::string{"title.line2"}, &PlacedText::id);
    if (title == layout.texts.end()) return;
    const Rect line = title->rect;
    const double used = 3 * title_size + 0.5;  // three characters
    title->rect.width = used;
    const TextStyle style{.size_mm = title_size * 0.38, .smallest_mm = 1.1, .max_lines = 2, .weight = Weight::Bold, .align = Align::Centre};
    FittedText mark = shaper.fit(label_words().text("demo"), style, line.width - used);
    const double height = mark.height_mm();
    layout.texts.push_back({"demo", {line.x + used, line.y + (line.height - height) / 2, line.width - used, height}, std::move(mark)});
}

}  // namespace

void lay_out_small(LabelLayout& layout, const LabelContent& content, const TextShaper& shaper) {
    const Catalogue& words = label_words();
    const LabelSize& size = layout.size;
    const double unit = size.height / 30;  // the designs were drawn for 30 mm and grow with the label
    const Rect column{size.margin, size.margin * 0.7, layout.code.rect.x - size.margin - 0.2, size.height - size.margin * 1.4};

    const TextStyle small{.size_mm = 2.0 * unit, .smallest_mm = 1.2, .max_lines = 1};
    const FittedText number = shaper.fit(content.number, {.size_mm = 1.9 * unit, .smallest_mm = 1.2}, column.width);
    const double number_y = column.bottom() - number.height_mm();
    layout.texts.push_back({"number", {column.x, number_y, column.width, number.height_mm()}, number});

    const double title_size = std::min(column.width / 4.05, 5.2 * unit);
    // The title keeps its size; the rest makes room for it.
    const TextStyle title{.size_mm = title_size, .smallest_mm = title_size, .weight = Weight::Bold};
    const std::vector<FlowItem> items = {
        {"title.line1", words.text("title.line1"), title},
        {"title.line2", words.text("title.line2"), title},
        {"product", content.product, {.size_mm = 3.1 * unit, .smallest_mm = 1.9, .max_lines = 2, .weight = Weight::Bold}, 0.5 * unit},
        {"quantity", content.quantity, {.size_mm = 2.3 * unit, .smallest_mm = 1.5}, 0.3 * unit, true},
        {"issued", content.issued, small, 0.2 * unit, true},
        {"promisor", content.promisor, {.size_mm = 1.9 * unit, .smallest_mm = 1.4, .max_lines = 2}, 0.2 * unit, true},
        {"origin", content.origin, small, 0.2 * unit, true},
    };
    stack(layout, items, {column.x, column.y, column.width, number_y - column.y}, shaper);
    if (content.demo) place_demo_mark(layout, title_size, shaper);
}

}  // namespace pipa::labels
