// 100x70 mm: everything that a certificate must show, in a table beside the code.
#include <algorithm>

#include "pipa/labels/layout_parts.hpp"

namespace pipa::labels {
namespace {

constexpr double label_width = 14.8;  // six characters of 2.4 mm
constexpr TextStyle label_style{.size_mm = 2.4, .smallest_mm = 2.0};

void place_table(LabelLayout& layout, const LabelContent& content, const Rect& area, const TextShaper& shaper) {
    const std::vector<TableRow> rows = table_rows(content);
    const double pitch = std::min(area.height / static_cast<double>(std::max<std::size_t>(rows.size(), 1)), 6.4);
    double y = area.y;
    for (const TableRow& row : rows) {
        const bool is_product = row.id == "product";
        const TextStyle style{.size_mm = is_product ? 3.4 : 2.8, .smallest_mm = 1.9, .max_lines = 1,
                              .weight = is_product ? Weight::Bold : Weight::Regular};
        TextStyle two_lines = style;
        two_lines.size_mm = pitch / 2 / 1.3;
        two_lines.max_lines = 2;
        FittedText value = shaper.fit(row.value, style, area.width - label_width);
        if (value.elided) value = shaper.fit(row.value, two_lines, area.width - label_width);
        const FittedText label = shaper.fit(label_words().text(row.id), label_style, label_width);
        // Label and value stand on the same middle line.
        const auto centred = [&](const FittedText& text) { return y + (pitch - text.height_mm()) / 2; };
        layout.texts.push_back({"label", {area.x, centred(label), label_width, label.height_mm()}, label});
        layout.texts.push_back({std::string{row.id}, {area.x + label_width, centred(value), area.width - label_width, value.height_mm()}, value});
        y += pitch;
    }
}

}  // namespace

void lay_out_large(LabelLayout& layout, const LabelContent& content, const TextShaper& shaper) {
    const Catalogue& words = label_words();
    const LabelSize& size = layout.size;
    const Rect& code = layout.code.rect;
    const double left = size.margin;
    const double right = size.width - size.margin;
    const double column = code.x - left - 0.5;

    const double title_size = std::min(column / 7.05, 7.4);
    const double title_bottom = place(layout, {"title", words.text("title"), {.size_mm = title_size, .smallest_mm = 5, .weight = Weight::Bold}},
                                      left, 2.2, column, shaper);
    layout.lines.push_back({left, title_bottom + 0.6, left + column, title_bottom + 0.6, 0.35});

    const double foot = size.height - size.margin - 5.2;
    layout.lines.push_back({left, foot - 0.6, right, foot - 0.6});
    const TextStyle bases_style{.size_mm = 2.5, .smallest_mm = 2.0};
    const FittedText bases_label = shaper.fit(words.text("bases"), label_style, label_width);
    layout.texts.push_back({"label", {left, foot + (4.0 - bases_label.height_mm()) / 2, label_width, bases_label.height_mm()}, bases_label});
    place_bases(layout, content, bases_style, left + label_width, foot, right, shaper);

    place_table(layout, content, {left, title_bottom + 1.6, column, foot - 1.2 - title_bottom - 1.6}, shaper);

    // Beneath the code, as much as there is room for.
    const Rect caption{code.x, code.bottom(), code.width, foot - 1.0 - code.bottom()};
    const TextStyle centred{.size_mm = 3.0, .smallest_mm = 1.8, .align = Align::Centre};
    TextStyle number = centred;
    number.size_mm = 2.3;
    stack(layout,
          {{"number", content.number, number},
           {"demo", content.demo ? words.text("demo") : "", {.size_mm = 2.5, .smallest_mm = 2, .weight = Weight::Bold, .align = Align::Centre}, 0.2},
           {"scan", words.text("scan"), centred, 0.4, true}},
          caption, shaper);
}

}  // namespace pipa::labels
