#include "education/svg.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/utf8.hpp"
#include "education/svg_path.hpp"
#include "education/svg_xml.hpp"

namespace pipa::learn {
namespace {

struct Style {
    std::optional<Colour> fill{};
    std::optional<Colour> stroke{};
    double stroke_width = 1;
    Affine transform{};
};

using Attributes = std::span<const std::string_view>;
constexpr std::string_view style_attributes[] = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "transform"};

constexpr std::string_view of_svg[] = {"xmlns", "viewBox", "width", "height"};
constexpr std::string_view of_path[] = {"d"};
constexpr std::string_view of_rect[] = {"x", "y", "width", "height", "rx"};
constexpr std::string_view of_circle[] = {"cx", "cy", "r"};
constexpr std::string_view of_ellipse[] = {"cx", "cy", "rx", "ry"};
constexpr std::string_view of_line[] = {"x1", "y1", "x2", "y2"};
constexpr std::string_view of_poly[] = {"points"};
constexpr std::string_view of_text[] = {"x", "y", "font-size", "text-anchor", "font-family"};

std::optional<Colour> parse_colour(std::string_view text) {
    if (text == "none") return Colour::None;
    std::uint32_t value{};
    if (text.size() != 7 || text.front() != '#') return {};
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
    if (error != std::errc{} || end != text.data() + 7) return {};
    const auto entry = std::ranges::find(palette, value, &PaletteEntry::light);
    if (entry == palette.end()) return {};
    return entry->colour;
}

int quarters(double units) noexcept { return static_cast<int>(std::lround(std::clamp(units, -4000.0, 4000.0) * quarters_per_unit)); }

class SvgReader {
public:
    SvgReader(std::string_view text, std::string_view file, Problems& problems) : m_text(text), m_file(file), m_problems(problems) {}

    Drawing read(std::string_view id) {
        m_out.id = id;
        const auto tags = read_svg_tags(m_text);
        if (!tags) {
            report(m_problems, {m_file, line_of(m_text, tags.error().byte_offset.value_or(0)), tags.error().code, tags.error().detail});
            return std::move(m_out);
        }
        for (const SvgTag& tag : *tags) take(tag);
        if (!m_open.empty() || m_out.width == 0) problem(m_text.size(), "not one whole <svg>");
        if (m_out.shapes.empty()) problem(m_text.size(), "nothing is drawn");
        if (m_out.shapes.size() > max_shapes || m_points > max_drawing_points) problem(m_text.size(), "too many shapes or points");
        return std::move(m_out);
    }

private:
    void problem(std::size_t offset, std::string detail) {
        report(m_problems, {m_file, line_of(m_text, std::min(offset, m_text.size())), ErrorCode::LearnBadDrawing, std::move(detail)});
    }

    void take(const SvgTag& tag) {
        if (tag.closing) {
            if (m_open.empty() || m_open.back() != tag.name) return problem(tag.offset, "</" + std::string{tag.name} + "> closes nothing");
            m_open.pop_back();
            if (tag.name == "g" || tag.name == "svg") m_styles.pop_back();
            return;
        }
        const bool root = m_open.empty();
        if (root != (tag.name == "svg") || (root && m_out.width != 0) || m_open.size() > 8) return refuse(tag);
        if (!tag.empty) m_open.push_back(tag.name);
        if (root) return begin(tag);
        if (tag.name == "title") return;
        Style style = m_styles.back();
        const bool styled = read_style(tag, style);
        if (tag.name == "g") {
            check_attributes(tag, {});
            if (!tag.empty) m_styles.push_back(style);
        } else if (styled) {
            draw(tag, style);
        }
    }

    void refuse(const SvgTag& tag) {
        problem(tag.offset, "<" + std::string{tag.name.substr(0, 40)} + ">");
        if (tag.empty) return;
        // Keeps the nesting right for what follows.
        m_open.push_back(tag.name);
        if (tag.name == "g" || tag.name == "svg") m_styles.push_back(m_styles.back());
    }

    void begin(const SvgTag& tag) {
        if (!tag.empty) m_styles.push_back({});
        check_attributes(tag, of_svg);
        const auto box = parse_numbers(tag.attribute("viewBox"));
        const bool fits = box && box->size() == 4 && (*box)[0] == 0 && (*box)[1] == 0 && (*box)[2] >= 1 && (*box)[3] >= 1 &&
                          (*box)[2] <= 1000 && (*box)[3] <= 1000;
        if (!fits) return problem(tag.offset, "viewBox=\"0 0 W H\", at most 1000 by 1000");
        m_out.width = quarters((*box)[2]);
        m_out.height = quarters((*box)[3]);
    }

    bool check_attributes(const SvgTag& tag, Attributes allowed) {
        for (const SvgAttribute& each : tag.attributes) {
            if (std::ranges::find(allowed, each.name) != allowed.end()) continue;
            if (tag.name != "svg" && std::ranges::find(style_attributes, each.name) != std::end(style_attributes)) continue;
            problem(tag.offset, "attribute " + std::string{each.name.substr(0, 40)});
            return false;
        }
        return true;
    }

    bool read_style(const SvgTag& tag, Style& style) {
        for (const SvgAttribute& each : tag.attributes) {
            bool good = true;
            if (each.name == "fill") good = (style.fill = parse_colour(each.value)).has_value();
            if (each.name == "stroke") good = (style.stroke = parse_colour(each.value)).has_value();
            if (each.name == "stroke-width") {
                const auto width = parse_numbers(each.value);
                good = width && width->size() == 1 && width->front() >= 0 && width->front() <= 100;
                if (good) style.stroke_width = width->front();
            }
            // Every end and join is round, on every screen; a file may say so, and nothing else.
            if (each.name == "stroke-linecap" || each.name == "stroke-linejoin") good = each.value == "round";
            if (each.name == "transform") {
                const auto inner = parse_transform(each.value);
                good = inner.has_value();
                if (good) style.transform = style.transform.then_inner(*inner);
            }
            if (good) continue;
            problem(tag.offset, std::string{each.name} + "=\"" + std::string{each.value.substr(0, 40)} + "\"");
            return false;
        }
        return true;
    }

    std::optional<double> number(const SvgTag& tag, std::string_view name, std::optional<double> otherwise = {}) {
        const std::string_view text = tag.attribute(name);
        if (text.empty() && otherwise) return otherwise;
        const auto numbers = parse_numbers(text);
        if (numbers && numbers->size() == 1) return numbers->front();
        problem(tag.offset, "attribute " + std::string{name});
        return {};
    }

    void draw(const SvgTag& tag, const Style& style) {
        if (tag.name == "text") return draw_label(tag, style);
        const auto contours = read_contours(tag);
        if (!contours) return;
        if (tag.name != "line" && !style.fill) return problem(tag.offset, "fill is not said");
        const Colour fill = tag.name == "line" ? Colour::None : *style.fill;
        const Colour stroke = style.stroke.value_or(Colour::None);
        if (fill == Colour::None && stroke == Colour::None) return problem(tag.offset, "neither fill nor stroke");
        if (fill != Colour::None && contours->size() != 1) return problem(tag.offset, "a filled path has one contour");
        for (const Contour& contour : *contours) add(tag, style, contour, fill, stroke);
    }

    // Empty where a problem was reported.
    std::optional<std::vector<Contour>> read_contours(const SvgTag& tag) {
        if (tag.name == "path" && check_attributes(tag, of_path)) {
            auto contours = parse_path(tag.attribute("d"));
            if (!contours) problem(tag.offset, "path data (M L H V C S Q Z only)");
            return contours;
        }
        if (tag.name == "rect" && check_attributes(tag, of_rect)) {
            const auto x = number(tag, "x", 0), y = number(tag, "y", 0), w = number(tag, "width"), h = number(tag, "height"), r = number(tag, "rx", 0);
            if (!x || !y || !w || !h || !r) return {};
            return std::vector{rectangle({*x, *y}, *w, *h, *r)};
        }
        if (tag.name == "circle" && check_attributes(tag, of_circle)) {
            const auto x = number(tag, "cx"), y = number(tag, "cy"), r = number(tag, "r");
            if (!x || !y || !r) return {};
            return std::vector{ellipse({*x, *y}, *r, *r)};
        }
        if (tag.name == "ellipse" && check_attributes(tag, of_ellipse)) {
            const auto x = number(tag, "cx"), y = number(tag, "cy"), rx = number(tag, "rx"), ry = number(tag, "ry");
            if (!x || !y || !rx || !ry) return {};
            return std::vector{ellipse({*x, *y}, *rx, *ry)};
        }
        if (tag.name == "line" && check_attributes(tag, of_line)) {
            const auto x1 = number(tag, "x1"), y1 = number(tag, "y1"), x2 = number(tag, "x2"), y2 = number(tag, "y2");
            if (!x1 || !y1 || !x2 || !y2) return {};
            return polyline({*x1, *y1, *x2, *y2}, false);
        }
        if ((tag.name == "polyline" || tag.name == "polygon") && check_attributes(tag, of_poly)) {
            const auto points = parse_numbers(tag.attribute("points"));
            if (points && points->size() >= 4 && points->size() % 2 == 0) return polyline(*points, tag.name == "polygon");
            problem(tag.offset, "attribute points");
            return {};
        }
        if (!is_shape(tag.name)) problem(tag.offset, "<" + std::string{tag.name.substr(0, 40)} + ">");
        return {};
    }

    static bool is_shape(std::string_view name) noexcept {
        constexpr std::string_view shapes[] = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"};
        return std::ranges::find(shapes, name) != std::end(shapes);
    }

    static std::vector<Contour> polyline(const std::vector<double>& numbers, bool closed) {
        Contour out{.closed = closed};
        out.start({numbers[0], numbers[1]});
        for (std::size_t i = 2; i + 1 < numbers.size(); i += 2) out.line({numbers[i], numbers[i + 1]});
        return {std::move(out)};
    }

    void add(const SvgTag& tag, const Style& style, const Contour& contour, Colour fill, Colour stroke) {
        Shape shape{.fill = fill, .stroke = stroke};
        if (stroke != Colour::None) shape.stroke_width = quarters(style.stroke_width * style.transform.scale());
        shape.path = {contour.segments, {}, contour.closed};
        for (const SvgPoint& point : contour.points) shape.path.points.push_back(place(style, point));
        const bool fits = std::ranges::all_of(shape.path.points, [](Point p) { return is_near(p); });
        if (!fits || contour.segments.empty() || shape.path.points.size() > max_path_points || shape.stroke_width > 100 * quarters_per_unit)
            return problem(tag.offset, "too long or far outside");
        m_points += shape.path.points.size();
        m_out.shapes.push_back(std::move(shape));
    }

    static Point place(const Style& style, SvgPoint point) {
        const SvgPoint at = style.transform.apply(point);
        return {quarters(at.x), quarters(at.y)};
    }
    static bool is_near(Point p) noexcept {
        const auto near = [](int v) { return v >= -max_drawing_quarters && v <= 2 * max_drawing_quarters; };
        return near(p.x) && near(p.y);
    }

    void draw_label(const SvgTag& tag, const Style& style) {
        const auto x = number(tag, "x"), y = number(tag, "y"), size = number(tag, "font-size");
        if (!check_attributes(tag, of_text) || !x || !y || !size) return;
        const bool good = !tag.text.empty() && tag.text.size() <= max_label_bytes && !has_unprintable(tag.text);
        if (!good) return problem(tag.offset, "lettering of 1 to 48 bytes");
        if (tag.attribute("text-anchor") != "middle") return problem(tag.offset, "text-anchor=\"middle\"");
        if (!style.fill || *style.fill == Colour::None) return problem(tag.offset, "fill is not said");
        const int points = quarters(*size * style.transform.scale());
        const Point at = place(style, {*x, *y});
        if (points < quarters_per_unit || points > 200 * quarters_per_unit || !is_near(at)) return problem(tag.offset, "font-size");
        m_out.shapes.push_back({.fill = *style.fill, .label = {std::string{tag.text}, at, points}});
        ++m_points;
    }

    std::string_view m_text;
    std::string m_file;
    Problems& m_problems;
    Drawing m_out{};
    std::vector<std::string_view> m_open{};
    std::vector<Style> m_styles{{}};  // one more than there are open <g> and <svg>
    std::size_t m_points{};
};

}  // namespace

Drawing parse_svg(std::string_view text, std::string_view id, std::string_view file, Problems& problems) {
    return SvgReader(text, std::string{file}, problems).read(id);
}

}  // namespace pipa::learn
