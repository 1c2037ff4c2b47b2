// Drawing laid-out labels: one by one, or side by side on sheets of paper.
#pragma once

#include "pipa/labels/canvas.hpp"
#include "pipa/labels/label_layout.hpp"

namespace pipa::labels {

struct Label {
    LabelContent content{};
    LabelLayout layout{};
};

// At (x, y) of the page; the context's unit is a millimetre.
void draw_label(cairo_t* context, const Label& label, const TextShaper& shaper, double x, double y);

enum class Paper : std::uint8_t { OneLabel, A4 };

struct Printing {
    Paper paper{Paper::OneLabel};
    double dot_mm{};
};

// All labels have one size. Labels lie side by side on A4, with marks where to cut.
[[nodiscard]] Result<Bytes> print_pdf(std::span<const Label> labels, const Printing& printing, const TextShaper& shaper);
[[nodiscard]] std::size_t labels_per_page(const LabelSize& size, Paper paper) noexcept;

}  // namespace pipa::labels
