// A5: the certificate as a sheet, with the promise in words, the boxes of its bases and a place for a seal.
#include <algorithm>

#include "pipa/labels/layout_parts.hpp"

namespace pipa::labels {
namespace {

constexpr double label_width = 30;
constexpr double row_height = 8.6;

double place_table(LabelLayout& layout, const LabelContent& content, double x, double y, double width, const TextShaper& shaper) {
    const std::vector<TableRow> rows = table_rows(content);
    const double height = row_height * static_cast<double>(rows.size());
    layout.lines.push_back({x, y, x, y + height, 0.25});
    layout.lines.push_back({x + label_width, y, x + label_width, y + height, 0.15});
    layout.lines.push_back({x + width, y, x + width, y + height, 0.25});
    layout.lines.push_back({x, y, x + width, y, 0.25});
    const double padding = 2;
    for (const TableRow& row : rows) {
        const bool is_product = row.id == "product";
        const FittedText label = shaper.fit(label_words().text(row.id), {.size_mm = 3.9, .smallest_mm = 3}, label_width - 2 * padding);
        const FittedText value = shaper.fit(row.value, {.size_mm = is_product ? 5.0 : 4.3, .smallest_mm = 2.8, .max_lines = 1,
                                                        .weight = is_product ? Weight::Bold : Weight::Regular},
                                            width - label_width - 2 * padding);
        const auto centred = [&](const FittedText& text) { return y + (row_height - text.height_mm()) / 2; };
        layout.texts.push_back({"label", {x + padding, centred(label), label_width - 2 * padding, label.height_mm()}, label});
        layout.texts.push_back({std::string{row.id}, {x + label_width + padding, centred(value), width - label_width - 2 * padding, value.height_mm()}, value});
        y += row_height;
        layout.lines.push_back({x, y, x + width, y, row.id == rows.back().id ? 0.25 : 0.15});
    }
    return y;
}

double place_promise(LabelLayout& layout, const LabelContent& content, double x, double y, double width, const TextShaper& shaper) {
    y = place(layout, {"promise", content.promise_head, {.size_mm = 4.2, .smallest_mm = 3, .weight = Weight::Bold}}, x, y, width, shaper);
    std::size_t number = 1;
    for (const std::string& promise : content.promise)
        y = place(layout, {"promise", std::to_string(number++) + ". " + promise, {.size_mm = 4.0, .smallest_mm = 3}, 0.3}, x, y, width, shaper);
    const FittedText label = shaper.fit(label_words().text("bases"), {.size_mm = 3.9, .smallest_mm = 3, .weight = Weight::Bold}, 18);
    y += 1.6;
    layout.texts.push_back({"label", {x, y + (6.1 - label.height_mm()) / 2, 18, label.height_mm()}, label});
    return place_bases(layout, content, {.size_mm = 3.8, .smallest_mm = 3}, x + 18.5, y, x + width, shaper);
}

void place_signature(LabelLayout& layout, double x, double y, double width, const TextShaper& shaper) {
    place(layout, {"sign", label_words().text("sign"), {.size_mm = 3.4, .smallest_mm = 2.6}}, x, y, width, shaper);
    layout.lines.push_back({x, y + 17, x + width, y + 17, 0.2});
}

}  // namespace

void lay_out_sheet(LabelLayout& layout, const LabelContent& content, const TextShaper& shaper) {
    const Catalogue& words = label_words();
    const LabelSize& size = layout.size;
    const Rect& code = layout.code.rect;
    const double left = size.margin;
    const double full = size.width - 2 * size.margin;
    const double column = code.x - left - 5;

    const double title_bottom = place(layout, {"title", words.text("title"), {.size_mm = 12, .smallest_mm = 9, .weight = Weight::Bold, .align = Align::Centre}},
                                      left, 8, full, shaper);
    layout.lines.push_back({left, title_bottom + 1.2, left + full, title_bottom + 1.2, 0.5});

    const double promise_bottom = place_promise(layout, content, left, title_bottom + 4.2, column, shaper);
    place_table(layout, content, left, promise_bottom + 2, column, shaper);

    const TextStyle centred{.size_mm = 4.4, .smallest_mm = 3, .weight = Weight::Bold, .align = Align::Centre};
    TextStyle number = centred;
    number.size_mm = 3.3;
    number.weight = Weight::Regular;
    double y = place(layout, {"scan", words.text("scan"), centred}, code.x, code.bottom(), code.width, shaper);
    y = place(layout, {"number", content.number, number, 0.6}, code.x, y, code.width, shaper);
    if (content.demo) y = place(layout, {"demo", words.text("demo"), {.size_mm = 3.6, .smallest_mm = 3, .weight = Weight::Bold, .align = Align::Centre}, 0.6}, code.x, y, code.width, shaper);
    const double foot = size.height - size.margin - 3.4;
    if (foot - 21 > y) place_signature(layout, code.x, foot - 20, code.width, shaper);
    place(layout, {"note", words.text("note"), {.size_mm = 3.0, .smallest_mm = 2.4}}, left, foot, full, shaper);
}

}  // namespace pipa::labels
