#include "pipa/labels/layout_parts.hpp"

#include <algorithm>
#include <iterator>

namespace pipa::labels {
namespace {

struct Stacked {
    std::vector<FittedText> texts{};
    double height{};
};

Stacked measure(const std::vector<FlowItem>& items, double width, double scale, const TextShaper& shaper) {
    Stacked out;
    for (const FlowItem& item : items) {
        TextStyle style = item.style;
        style.size_mm = std::max(style.smallest_mm, style.size_mm * scale);
        out.texts.push_back(shaper.fit(item.text, style, width));
        out.height += item.gap * scale + out.texts.back().height_mm();
    }
    return out;
}

}  // namespace

double stack(LabelLayout& layout, std::vector<FlowItem> items, const Rect& area, const TextShaper& shaper) {
    std::erase_if(items, [](const FlowItem& item) { return item.text.empty(); });
    constexpr double smallest_scale = 0.8;
    double scale = 1;
    Stacked stacked = measure(items, area.width, scale, shaper);
    while (stacked.height > area.height) {
        scale -= 0.05;
        if (scale < smallest_scale) {
            const auto last = std::ranges::find_if(items.rbegin(), items.rend(), &FlowItem::droppable);
            if (last == items.rend()) break;
            layout.left_out.push_back(last->id);
            items.erase(std::next(last).base());
            scale = 1;
        }
        stacked = measure(items, area.width, scale, shaper);
    }
    double y = area.y;
    for (std::size_t i = 0; i < items.size(); ++i) {
        y += items[i].gap * scale;
        const double height = std::max(0.0, std::min(stacked.texts[i].height_mm(), area.bottom() - y));
        layout.texts.push_back({items[i].id, {area.x, y, area.width, height}, stacked.texts[i]});
        y += height;
    }
    return y;
}

double place(LabelLayout& layout, const FlowItem& item, double x, double y, double width, const TextShaper& shaper) {
    if (item.text.empty()) return y;
    FittedText text = shaper.fit(item.text, item.style, width);
    const double height = text.height_mm();
    layout.texts.push_back({item.id, {x, y + item.gap, width, height}, std::move(text)});
    return y + item.gap + height;
}

std::vector<TableRow> table_rows(const LabelContent& content) {
    std::vector<TableRow> rows = {{"product", content.product}, {"quantity", content.quantity}, {"origin", content.origin},
                                  {"promisor", content.promisor}, {"contact", content.contact}, {"issued", content.issued},
                                  {"harvested", content.harvested}, {"lot", content.lot}};
    std::erase_if(rows, [](const TableRow& row) { return row.value.empty(); });
    return rows;
}

double place_bases(LabelLayout& layout, const LabelContent& content, const TextStyle& style, double x, double y, double right,
                   const TextShaper& shaper) {
    const double left = x;
    const double line = style.size_mm * 1.6;
    const double side = style.size_mm * 0.8;
    for (const BasisBox& basis : content.bases) {
        const FittedText measured = shaper.fit(basis.text, style, right - left - side * 1.4);
        const double width = measured.used_width_mm + 0.3;
        if (x + side * 1.4 + width > right && x > left) x = left, y += line;
        layout.boxes.push_back({{x, y + (line - side) / 2, side, side}, basis.ticked});
        const double text_x = x + side * 1.4;
        layout.texts.push_back({"basis", {text_x, y + (line - measured.height_mm()) / 2, std::min(width, right - text_x), measured.height_mm()},
                                shaper.fit(basis.text, style, std::min(width, right - text_x))});
        x = text_x + width + style.size_mm * 0.9;
    }
    return y + line;
}

}  // namespace pipa::labels
