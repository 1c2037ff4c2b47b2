#include "screens/svg_shape.hpp"

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace pipa::kiosk {
namespace {

constexpr int steps_of_a_curve = 12, steps_of_a_ring = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Numbers and letters of an attribute, one after the other. (Neither browser's nor Debian's library reads floats without a locale.)
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    [[nodiscard]] bool done() { return skip(), m_text.empty(); }
    [[nodiscard]] bool at_number() { return skip(), !m_text.empty() && (is_digit(m_text[0]) || m_text[0] == '-' || m_text[0] == '.'); }
    char letter() { return take(); }
    std::optional<float> number() {
        if (!at_number()) return {};
        const bool negative = m_text[0] == '-';
        if (negative) take();
        float value = 0, place = 0;
        bool any = false;
        while (!m_text.empty() && (is_digit(m_text[0]) || (m_text[0] == '.' && place == 0))) {
            const char c = take();
            if (c == '.') place = 1;
            else value = value * 10 + static_cast<float>(c - '0'), place *= 10, any = true;
        }
        if (!any) return {};
        if (place > 1) value /= place;
        return negative ? -value : value;
    }

private:
    void skip() { while (!m_text.empty() && (m_text[0] == ' ' || m_text[0] == ',')) m_text.remove_prefix(1); }
    char take() {
        const char c = m_text[0];
        m_text.remove_prefix(1);
        return c;
    }
    std::string_view m_text;
};

class PathReader {
public:
    explicit PathReader(std::string_view data) : m_in(data) {}

    std::optional<std::vector<SvgContour>> read() {
        char command = 0;
        while (!m_in.done()) {
            if (!m_in.at_number()) command = m_in.letter();
            else if (command == 'M' || command == 'm') command = command == 'M' ? 'L' : 'l';
            else if (command == 'Z' || command == 'z') return {};
            if (!step(command)) return {};
        }
        return std::move(m_out);
    }

private:
    bool step(char command) {
        const bool relative = command >= 'a';
        const ImVec2 from = relative ? m_at : ImVec2{};
        switch (relative ? static_cast<char>(command - 'a' + 'A') : command) {
            case 'M': return point(from) && (m_out.push_back({{m_at}, false}), m_start = m_at, settle());
            case 'L': return !m_out.empty() && point(from) && add();
            case 'H': return !m_out.empty() && coordinate(m_at.x, from.x) && add();
            case 'V': return !m_out.empty() && coordinate(m_at.y, from.y) && add();
            case 'C': return !m_out.empty() && curve(from, true);
            case 'S': return !m_out.empty() && curve(from, false);
            case 'Z':
                if (m_out.empty()) return false;
                m_out.back().closed = true;
                m_at = m_start;
                return settle();
            default: return false;
        }
    }
    bool settle() { return m_handle = m_at, true; }
    bool add() { return m_out.back().points.push_back(m_at), settle(); }
    bool coordinate(float& value, float from) {
        const auto read = m_in.number();
        return read && (value = from + *read, true);
    }
    bool read_point(ImVec2& into, ImVec2 from) { return coordinate(into.x, from.x) && coordinate(into.y, from.y); }
    bool point(ImVec2 from) { return read_point(m_at, from); }
    bool curve(ImVec2 from, bool has_first) {
        const ImVec2 start = m_at;
        ImVec2 a{2 * start.x - m_handle.x, 2 * start.y - m_handle.y}, b{}, to{};
        if ((has_first && !read_point(a, from)) || !read_point(b, from) || !read_point(to, from)) return false;
        for (int i = 1; i <= steps_of_a_curve; ++i) {
            const float t = static_cast<float>(i) / steps_of_a_curve, u = 1 - t;
            const float w0 = u * u * u, w1 = 3 * u * u * t, w2 = 3 * u * t * t, w3 = t * t * t;
            m_out.back().points.push_back({w0 * start.x + w1 * a.x + w2 * b.x + w3 * to.x, w0 * start.y + w1 * a.y + w2 * b.y + w3 * to.y});
        }
        m_at = to;
        m_handle = b;
        return true;
    }

    Scanner m_in;
    std::vector<SvgContour> m_out{};
    ImVec2 m_at{}, m_start{}, m_handle{};
};

struct Element {
    std::string_view name;
    std::string_view attributes;

    [[nodiscard]] std::string_view attribute(std::string_view wanted) const {
        const std::string begin = " " + std::string{wanted} + "=\"";
        const std::size_t at = attributes.find(begin);
        if (at == std::string_view::npos) return {};
        const std::size_t from = at + begin.size();
        return attributes.substr(from, attributes.find('"', from) - from);
    }
    [[nodiscard]] std::optional<float> number(std::string_view wanted) const { return Scanner(attribute(wanted)).number(); }
};

// "#ef9f2c"; nothing else is drawn in.
ImU32 colour_of(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return 0;
    unsigned int rgb = 0;
    for (const char c : text.substr(1)) {
        if (!is_digit(c) && (c < 'a' || c > 'f')) return 0;
        rgb = rgb << 4 | static_cast<unsigned int>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return IM_COL32(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 255);
}

std::optional<SvgContour> ring_of(const Element& element) {
    const auto cx = element.number("cx"), cy = element.number("cy");
    const auto rx = element.number(element.name == "circle" ? "r" : "rx"), ry = element.number(element.name == "circle" ? "r" : "ry");
    if (!cx || !cy || !rx || !ry) return {};
    SvgContour out{.closed = true};
    for (int i = 0; i < steps_of_a_ring; ++i) {
        const float angle = 6.2831853f * static_cast<float>(i) / steps_of_a_ring;
        out.points.push_back({*cx + *rx * std::cos(angle), *cy + *ry * std::sin(angle)});
    }
    return out;
}

std::optional<SvgShape> shape_of(const Element& element, ImU32 group_fill) {
    SvgShape out{.fill = group_fill};
    if (!element.attribute("fill").empty()) out.fill = colour_of(element.attribute("fill"));
    out.stroke = colour_of(element.attribute("stroke"));
    out.stroke_width = element.number("stroke-width").value_or(1);
    if (element.name == "path") {
        auto contours = PathReader(element.attribute("d")).read();
        if (!contours) return {};
        out.contours = std::move(*contours);
        return out;
    }
    if (element.name != "circle" && element.name != "ellipse") return {};
    auto ring = ring_of(element);
    if (!ring) return {};
    out.contours.push_back(std::move(*ring));
    return out;
}

}  // namespace

std::vector<SvgShape> read_svg(std::string_view text) {
    std::vector<SvgShape> out;
    ImU32 group_fill = 0;
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
        const std::size_t end = text.find('>', at);
        if (end == std::string_view::npos) return {};
        const std::string_view tag = text.substr(at + 1, end - at - 1);
        at = end;
        const std::size_t name = tag.find(' ');
        const Element element{tag.substr(0, name), name == std::string_view::npos ? std::string_view{} : tag.substr(name)};
        if (element.name == "svg" || element.name == "/svg") continue;
        if (element.name == "g" || element.name == "/g") {
            group_fill = colour_of(element.attribute("fill"));
            continue;
        }
        auto shape = shape_of(element, group_fill);
        if (!shape) return {};
        out.push_back(std::move(*shape));
    }
    return out;
}

}  // namespace pipa::kiosk
