// A drawing's SVG file as a list of shapes (drawing.hpp). What a drawing may be made of:
//
//   <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 W H">
//   <g> <path> <rect> <circle> <ellipse> <line> <polyline> <polygon> <text> <title>
//   fill, stroke, stroke-width, transform (translate, scale, rotate), inherited through <g>
//
// fill and stroke are "none" or a light colour of palette.def, and every shape has both said or inherited, so that a
// file looks the same in any viewer. Lettering is centred (text-anchor="middle"). A filled path has one contour.
// Anything else is a problem with a line: scripts, styles, links, images, animation, fonts, filters.
// Built into the tools alone; no reader of packs links this. Errors: learn.bad_drawing, learn.too_large.
#pragma once

#include "learn/drawing.hpp"
#include "education/problem.hpp"

namespace pipa::learn {

// Reports to `problems` under `file`; with any problem the drawing is incomplete and must not be used.
[[nodiscard]] Drawing parse_svg(std::string_view text, std::string_view id, std::string_view file, Problems& problems);

}  // namespace pipa::learn
