#include "education/svg_path.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace pipa::learn {
namespace {

// How far a cubic's control points stand from the ends of a quarter circle of radius 1.
constexpr double quarter_circle = 0.5522847498;
constexpr std::size_t max_numbers = 4000;
constexpr double max_number = 1e6;

bool is_separator(char c) noexcept { return c == ' ' || c == ',' || c == '\n' || c == '\t' || c == '\r'; }

void skip_separators(std::string_view& text) {
    while (!text.empty() && is_separator(text.front())) text.remove_prefix(1);
}

std::optional<double> take_number(std::string_view& text) {
    skip_separators(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    double value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || !(std::abs(value) <= max_number)) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

class PathReader {
public:
    explicit PathReader(std::string_view data) : m_data(data) {}

    std::optional<std::vector<Contour>> read() {
        for (skip_separators(m_data); !m_data.empty(); skip_separators(m_data)) {
            const char next = m_data.front();
            const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
            if (letter) {
                m_command = next;
                m_data.remove_prefix(1);
            } else if (m_command == 'z' || m_command == 'Z' || m_command == 0) {
                return {};
            }
            if (!step() || m_points > max_numbers) return {};
            // SVG 1.1 section 8.3.2: further pairs behind a moveto are linetos.
            if (m_command == 'M') m_command = 'L';
            if (m_command == 'm') m_command = 'l';
        }
        if (m_out.empty()) return {};
        return std::move(m_out);
    }

private:
    bool relative() const noexcept { return m_command >= 'a'; }

    std::optional<SvgPoint> point() {
        const auto x = take_number(m_data);
        const auto y = x ? take_number(m_data) : std::nullopt;
        if (!y) return {};
        ++m_points;
        return relative() ? SvgPoint{m_at.x + *x, m_at.y + *y} : SvgPoint{*x, *y};
    }

    bool step() {
        const char kind = static_cast<char>(relative() ? m_command - 'a' + 'A' : m_command);
        if (kind == 'M') return move();
        if (m_out.empty()) return false;
        switch (kind) {
            case 'L': return line(point());
            case 'H': return axis(true);
            case 'V': return axis(false);
            case 'C': return cubic(point());
            case 'S': return cubic(SvgPoint{2 * m_at.x - m_control.x, 2 * m_at.y - m_control.y});
            case 'Q': return quadratic();
            case 'Z': return close();
            default: return false;
        }
    }

    bool move() {
        const auto to = point();
        if (!to) return false;
        m_out.emplace_back().start(*to);
        m_at = m_control = m_start = *to;
        return true;
    }

    // After Z the next segment begins a new contour at the same start.
    Contour& open() {
        if (m_out.back().closed) m_out.emplace_back().start(m_start);
        return m_out.back();
    }

    bool line(std::optional<SvgPoint> to) {
        if (!to) return false;
        open().line(*to);
        m_at = m_control = *to;
        return true;
    }

    bool axis(bool horizontal) {
        const auto number = take_number(m_data);
        if (!number) return false;
        ++m_points;
        const double base = !relative() ? 0 : horizontal ? m_at.x : m_at.y;
        return line(horizontal ? SvgPoint{base + *number, m_at.y} : SvgPoint{m_at.x, base + *number});
    }

    bool cubic(std::optional<SvgPoint> first) {
        const auto second = first ? point() : std::nullopt;
        const auto to = second ? point() : std::nullopt;
        if (!to) return false;
        open().curve(*first, *second, *to);
        m_control = *second;
        m_at = *to;
        return true;
    }

    bool quadratic() {
        const auto control = point();
        const auto to = control ? point() : std::nullopt;
        if (!to) return false;
        const auto blend = [&](SvgPoint end) { return SvgPoint{end.x + 2.0 / 3 * (control->x - end.x), end.y + 2.0 / 3 * (control->y - end.y)}; };
        open().curve(blend(m_at), blend(*to), *to);
        m_at = m_control = *to;
        return true;
    }

    bool close() {
        if (m_out.back().closed) return false;
        m_out.back().closed = true;
        m_at = m_control = m_start;
        return true;
    }

    std::string_view m_data;
    char m_command{};
    std::vector<Contour> m_out{};
    SvgPoint m_at{};
    SvgPoint m_control{};
    SvgPoint m_start{};
    std::size_t m_points{};
};

std::optional<Affine> make_transform(std::string_view name, const std::vector<double>& n) {
    if (name == "translate" && (n.size() == 1 || n.size() == 2)) return Affine{.e = n[0], .f = n.size() == 2 ? n[1] : 0};
    if (name == "scale" && (n.size() == 1 || n.size() == 2)) return Affine{.a = n[0], .d = n.back()};
    if (name != "rotate" || (n.size() != 1 && n.size() != 3)) return {};
    const double angle = n[0] * std::numbers::pi / 180;
    const Affine turn{.a = std::cos(angle), .b = std::sin(angle), .c = -std::sin(angle), .d = std::cos(angle)};
    if (n.size() == 1) return turn;
    return Affine{.e = n[1], .f = n[2]}.then_inner(turn).then_inner({.e = -n[1], .f = -n[2]});
}

}  // namespace

void Contour::line(SvgPoint to) {
    segments.push_back(Segment::Line);
    points.push_back(to);
}

void Contour::curve(SvgPoint a, SvgPoint b, SvgPoint to) {
    segments.push_back(Segment::Curve);
    points.insert(points.end(), {a, b, to});
}

Affine Affine::then_inner(const Affine& inner) const noexcept {
    return {a * inner.a + c * inner.b, b * inner.a + d * inner.b, a * inner.c + c * inner.d,
            b * inner.c + d * inner.d, a * inner.e + c * inner.f + e, b * inner.e + d * inner.f + f};
}

double Affine::scale() const noexcept { return std::sqrt(std::abs(a * d - b * c)); }

std::optional<std::vector<double>> parse_numbers(std::string_view text) {
    std::vector<double> out;
    for (skip_separators(text); !text.empty(); skip_separators(text)) {
        const auto number = take_number(text);
        if (!number || out.size() == max_numbers) return {};
        out.push_back(*number);
    }
    return out;
}

std::optional<std::vector<Contour>> parse_path(std::string_view data) { return PathReader(data).read(); }

std::optional<Affine> parse_transform(std::string_view text) {
    Affine out;
    for (skip_separators(text); !text.empty(); skip_separators(text)) {
        const std::size_t open = text.find('(');
        const std::size_t close = open == std::string_view::npos ? open : text.find(')', open);
        if (close == std::string_view::npos) return {};
        const auto numbers = parse_numbers(text.substr(open + 1, close - open - 1));
        const auto step = numbers && !numbers->empty() ? make_transform(text.substr(0, open), *numbers) : std::nullopt;
        if (!step) return {};
        out = out.then_inner(*step);
        text.remove_prefix(close + 1);
    }
    return out;
}

Contour ellipse(SvgPoint centre, double rx, double ry) {
    const double kx = rx * quarter_circle;
    const double ky = ry * quarter_circle;
    const auto [x, y] = centre;
    Contour out{.closed = true};
    out.start({x + rx, y});
    out.curve({x + rx, y + ky}, {x + kx, y + ry}, {x, y + ry});
    out.curve({x - kx, y + ry}, {x - rx, y + ky}, {x - rx, y});
    out.curve({x - rx, y - ky}, {x - kx, y - ry}, {x, y - ry});
    out.curve({x + kx, y - ry}, {x + rx, y - ky}, {x + rx, y});
    return out;
}

Contour rectangle(SvgPoint corner, double width, double height, double radius) {
    const auto [x, y] = corner;
    const double right = x + width;
    const double bottom = y + height;
    const double r = std::clamp(radius, 0.0, std::min(width, height) / 2);
    Contour out{.closed = true};
    out.start({x + r, y});
    const double k = r * (1 - quarter_circle);
    const auto corner_to = [&](SvgPoint a, SvgPoint b, SvgPoint to) {
        if (r > 0) out.curve(a, b, to);
    };
    out.line({right - r, y});
    corner_to({right - k, y}, {right, y + k}, {right, y + r});
    out.line({right, bottom - r});
    corner_to({right, bottom - k}, {right - k, bottom}, {right - r, bottom});
    out.line({x + r, bottom});
    corner_to({x + k, bottom}, {x, bottom - k}, {x, bottom - r});
    out.line({x, y + r});
    corner_to({x, y + k}, {x + k, y}, {x + r, y});
    return out;
}

}  // namespace pipa::learn
