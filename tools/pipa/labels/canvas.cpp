#include "pipa/labels/canvas.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <cmath>
#include <memory>

#include "pipa/labels/geometry.hpp"

namespace pipa::labels {
namespace {

constexpr double points_per_inch = 72;

struct Destroy {
    void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const noexcept { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;
using Context = std::unique_ptr<cairo_t, Destroy>;

std::unexpected<Error> failed(cairo_status_t status) {
    return fail(ErrorCode::FileUnwritable, {}, std::string{"drawing: "} + cairo_status_to_string(status));
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
    static_cast<Bytes*>(bytes)->insert(static_cast<Bytes*>(bytes)->end(), data, data + length);
    return CAIRO_STATUS_SUCCESS;
}

void draw_page(cairo_surface_t* surface, double units_per_mm, const Draw& draw) {
    const Context context{cairo_create(surface)};
    cairo_scale(context.get(), units_per_mm, units_per_mm);
    draw(context.get());
    cairo_show_page(context.get());
}

// Cairo writes the last of it when the surface ends.
Result<Bytes> finished(const Surface& surface, Bytes& bytes) {
    cairo_surface_finish(surface.get());
    const cairo_status_t status = cairo_surface_status(surface.get());
    if (status != CAIRO_STATUS_SUCCESS) return failed(status);
    return std::move(bytes);
}

}  // namespace

Result<Bytes> draw_svg(PageSize page, const Draw& draw) {
    Bytes bytes;
    const Surface surface{cairo_svg_surface_create_for_stream(append, &bytes, page.width_mm, page.height_mm)};
    cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_MM);
    draw_page(surface.get(), 1, draw);
    return finished(surface, bytes);
}

Result<Bytes> draw_pdf(PageSize page, const std::vector<Draw>& pages, const std::string& title) {
    constexpr double units_per_mm = points_per_inch / mm_per_inch;
    Bytes bytes;
    const Surface surface{cairo_pdf_surface_create_for_stream(append, &bytes, page.width_mm * units_per_mm, page.height_mm * units_per_mm)};
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    for (const Draw& draw : pages) draw_page(surface.get(), units_per_mm, draw);
    return finished(surface, bytes);
}

Result<Bytes> draw_png(PageSize page, double dots_per_inch, const Draw& draw) {
    const double units_per_mm = dots_per_inch / mm_per_inch;
    const int width = static_cast<int>(std::lround(page.width_mm * units_per_mm));
    const int height = static_cast<int>(std::lround(page.height_mm * units_per_mm));
    const Surface surface{cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)};
    draw_page(surface.get(), units_per_mm, draw);
    cairo_surface_flush(surface.get());
    if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) return failed(status);
    // Everything is drawn in black on white, so one of the three equal colours is the grey.
    const unsigned char* rows = cairo_image_surface_get_data(surface.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    Bytes grey;
    grey.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y)
        for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x) grey.push_back(rows[y * stride + 4 * x + 1]);
    return encode_grey_png(grey, static_cast<std::size_t>(width), static_cast<std::size_t>(height), dots_per_inch);
}

Result<Bytes> draw_colour_png(int width, int height, double pixels_per_unit, const Draw& draw) {
    const Surface surface{cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)};
    draw_page(surface.get(), pixels_per_unit, draw);
    cairo_surface_flush(surface.get());
    Bytes bytes;
    if (const auto status = cairo_surface_write_to_png_stream(surface.get(), append, &bytes); status != CAIRO_STATUS_SUCCESS) return failed(status);
    return bytes;
}

}  // namespace pipa::labels
