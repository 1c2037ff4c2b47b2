#include "pipa/labels/label_drawing.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>

namespace pipa::labels {
namespace {

constexpr PageSize a4{210, 297};
constexpr double cut_mark = 2;  // length, mm

void draw_code(cairo_t* context, const QrSymbol& code, const CodePlacement& placement) {
    cairo_save(context);
    // Edges lie on whole dots; smoothing would only blur them.
    cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE);
    const double module = placement.module_mm;
    const double left = placement.rect.x + static_cast<double>(quiet_modules) * module;
    const double top = placement.rect.y + static_cast<double>(quiet_modules) * module;
    // One path, runs of dark modules as one rectangle each: no hairlines between them at any zoom.
    for (std::size_t y = 0; y < code.size; ++y) {
        for (std::size_t x = 0; x < code.size;) {
            std::size_t end = x;
            while (end < code.size && code.is_dark(end, y)) ++end;
            if (end > x) cairo_rectangle(context, left + static_cast<double>(x) * module, top + static_cast<double>(y) * module,
                                         static_cast<double>(end - x) * module, module);
            x = end + 1;
        }
    }
    cairo_fill(context);
    cairo_restore(context);
}

void draw_box(cairo_t* context, const PlacedBox& box) {
    const Rect& rect = box.rect;
    cairo_set_line_width(context, rect.width * 0.07);
    cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height);
    cairo_stroke(context);
    if (!box.ticked) return;
    cairo_set_line_width(context, rect.width * 0.15);
    cairo_move_to(context, rect.x + rect.width * 0.18, rect.y + rect.height * 0.5);
    cairo_line_to(context, rect.x + rect.width * 0.42, rect.y + rect.height * 0.76);
    cairo_line_to(context, rect.x + rect.width * 0.84, rect.y + rect.height * 0.22);
    cairo_stroke(context);
}

struct Grid {
    std::size_t columns{};
    std::size_t rows{};
    double left{};
    double top{};
};

Grid grid_of(const LabelSize& size) noexcept {
    Grid grid{.columns = static_cast<std::size_t>(a4.width_mm / size.width), .rows = static_cast<std::size_t>(a4.height_mm / size.height)};
    grid.left = (a4.width_mm - static_cast<double>(grid.columns) * size.width) / 2;
    grid.top = (a4.height_mm - static_cast<double>(grid.rows) * size.height) / 2;
    return grid;
}

// Short lines outside the labels' area, so that no line ends up on a label that is cut a little off.
void draw_cut_marks(cairo_t* context, const Grid& grid, const LabelSize& size) {
    cairo_set_line_width(context, 0.1);
    const double right = grid.left + static_cast<double>(grid.columns) * size.width;
    const double bottom = grid.top + static_cast<double>(grid.rows) * size.height;
    const auto line = [context](double x1, double y1, double x2, double y2) {
        cairo_move_to(context, x1, y1);
        cairo_line_to(context, x2, y2);
    };
    for (std::size_t i = 0; i <= grid.columns; ++i) {
        const double x = grid.left + static_cast<double>(i) * size.width;
        line(x, grid.top - cut_mark, x, grid.top - 0.3);
        line(x, bottom + 0.3, x, bottom + cut_mark);
    }
    for (std::size_t i = 0; i <= grid.rows; ++i) {
        const double y = grid.top + static_cast<double>(i) * size.height;
        line(grid.left - cut_mark, y, grid.left - 0.3, y);
        line(right + 0.3, y, right + cut_mark, y);
    }
    cairo_stroke(context);
}

}  // namespace

void draw_label(cairo_t* context, const Label& label, const TextShaper& shaper, double x, double y) {
    const LabelLayout& layout = label.layout;
    cairo_save(context);
    cairo_translate(context, x, y);
    cairo_rectangle(context, 0, 0, layout.size.width, layout.size.height);
    cairo_set_source_rgb(context, 1, 1, 1);
    cairo_fill(context);
    // Black only: label printers have no grey, and a grey letter comes out as dots.
    cairo_set_source_rgb(context, 0, 0, 0);
    draw_code(context, label.content.code, layout.code);
    for (const PlacedLine& line : layout.lines) {
        cairo_set_line_width(context, line.width);
        cairo_move_to(context, line.x1, line.y1);
        cairo_line_to(context, line.x2, line.y2);
        cairo_stroke(context);
    }
    for (const PlacedBox& box : layout.boxes) draw_box(context, box);
    for (const PlacedText& text : layout.texts) shaper.draw(context, text.text, text.rect);
    cairo_restore(context);
}

std::size_t labels_per_page(const LabelSize& size, Paper paper) noexcept {
    const Grid grid = grid_of(size);
    return paper == Paper::A4 ? grid.columns * grid.rows : 1;
}

Result<Bytes> print_pdf(std::span<const Label> labels, const Printing& printing, const TextShaper& shaper) {
    const LabelSize& size = labels.front().layout.size;
    const bool tiled = printing.paper == Paper::A4;
    const Grid grid = tiled ? grid_of(size) : Grid{.columns = 1, .rows = 1};
    const std::size_t per_page = grid.columns * grid.rows;
    const auto on_grid = [&](double mm) { return std::floor(mm / printing.dot_mm) * printing.dot_mm; };
    std::vector<Draw> pages;
    for (std::size_t first = 0; first < labels.size(); first += per_page) {
        pages.push_back([&, first](cairo_t* context) {
            for (std::size_t i = first; i < std::min(first + per_page, labels.size()); ++i) {
                const auto column = static_cast<double>((i - first) % grid.columns);
                const auto row = static_cast<double>((i - first) / grid.columns);
                draw_label(context, labels[i], shaper, on_grid(grid.left + column * size.width), on_grid(grid.top + row * size.height));
            }
            if (tiled) draw_cut_marks(context, grid, size);
        });
    }
    return draw_pdf(tiled ? a4 : PageSize{size.width, size.height}, pages, label_words().text("title"));
}

}  // namespace pipa::labels
