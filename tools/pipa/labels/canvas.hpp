// Surfaces to draw on, and what comes out of them: SVG, PDF and PNG as bytes. The unit of every surface is a millimetre.
// Errors: file.unwritable when Cairo or libpng lack memory.
#pragma once

#include <functional>

#include "base/bytes.hpp"
#include "base/error.hpp"

typedef struct _cairo cairo_t;

namespace pipa::labels {

using Draw = std::function<void(cairo_t*)>;

struct PageSize {
    double width_mm{};
    double height_mm{};
};

[[nodiscard]] Result<Bytes> draw_svg(PageSize page, const Draw& draw);
// One call of `draw` for each page.
[[nodiscard]] Result<Bytes> draw_pdf(PageSize page, const std::vector<Draw>& pages, const std::string& title);
// Grey, eight bits, with its resolution inside, so that it prints at its own size.
[[nodiscard]] Result<Bytes> draw_png(PageSize page, double dots_per_inch, const Draw& draw);

// In colour, for screens, whose unit is what `pixels_per_unit` says. Transparent where nothing is drawn.
[[nodiscard]] Result<Bytes> draw_colour_png(int width, int height, double pixels_per_unit, const Draw& draw);

[[nodiscard]] Result<Bytes> encode_grey_png(ByteView pixels, std::size_t width, std::size_t height, double dots_per_inch);

}  // namespace pipa::labels
