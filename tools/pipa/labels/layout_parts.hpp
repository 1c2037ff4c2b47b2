// What the designs of labels are built from. Inside tools/pipa/labels only.
#pragma once

#include "pipa/labels/label_layout.hpp"

namespace pipa::labels {

struct FlowItem {
    std::string id{};
    std::string text{};  // empty: no item
    TextStyle style{};
    double gap{};        // above it
    bool droppable{};
};

// Stacks texts downwards; the last droppable one goes when they do not fit. Returns where the next one would start.
double stack(LabelLayout& layout, std::vector<FlowItem> items, const Rect& area, const TextShaper& shaper);

// One text into a rectangle of its own, as high as it needs to be. Returns its bottom.
double place(LabelLayout& layout, const FlowItem& item, double x, double y, double width, const TextShaper& shaper);

void lay_out_small(LabelLayout& layout, const LabelContent& content, const TextShaper& shaper);
void lay_out_large(LabelLayout& layout, const LabelContent& content, const TextShaper& shaper);
void lay_out_sheet(LabelLayout& layout, const LabelContent& content, const TextShaper& shaper);

// The rows that a certificate must show, as label and value; rows without a value are left out.
struct TableRow {
    std::string_view id;
    std::string value;
};
[[nodiscard]] std::vector<TableRow> table_rows(const LabelContent& content);

// The basis boxes in a line from (x, y) on; wraps at `right`. Returns the bottom.
double place_bases(LabelLayout& layout, const LabelContent& content, const TextStyle& style, double x, double y, double right,
                   const TextShaper& shaper);

}  // namespace pipa::labels
