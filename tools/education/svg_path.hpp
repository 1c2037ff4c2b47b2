// Geometry of SVG shapes (SVG 1.1 sections 8.3, 9, 7.6): contours of lines and cubic curves, in drawing units.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "learn/drawing.hpp"

namespace pipa::learn {

struct SvgPoint {
    double x{};
    double y{};
};

struct Contour {
    std::vector<Segment> segments{};
    std::vector<SvgPoint> points{};
    bool closed{};

    void start(SvgPoint at) { points = {at}; }
    void line(SvgPoint to);
    void curve(SvgPoint a, SvgPoint b, SvgPoint to);
};

struct Affine {  // x' = a x + c y + e, y' = b x + d y + f
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
    [[nodiscard]] SvgPoint apply(SvgPoint p) const noexcept { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
    [[nodiscard]] Affine then_inner(const Affine& inner) const noexcept;
    [[nodiscard]] double scale() const noexcept;  // of lengths; the geometric mean
};

// Numbers parted by blanks or commas; empty where anything else stands there.
[[nodiscard]] std::optional<std::vector<double>> parse_numbers(std::string_view text);
// M L H V C S Q Z, absolute and relative. Arcs and everything else: empty.
[[nodiscard]] std::optional<std::vector<Contour>> parse_path(std::string_view data);
// translate(x [y]), scale(x [y]), rotate(degrees [x y]), several of them.
[[nodiscard]] std::optional<Affine> parse_transform(std::string_view text);

[[nodiscard]] Contour ellipse(SvgPoint centre, double rx, double ry);
[[nodiscard]] Contour rectangle(SvgPoint corner, double width, double height, double radius);

}  // namespace pipa::learn
