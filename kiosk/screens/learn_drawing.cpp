#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "screens/learn_parts.hpp"

namespace pipa::kiosk {
namespace {

constexpr int steps_of_a_curve = 14;

ImU32 ink_of(learn::Colour colour) {
    const std::uint32_t rgb = learn::palette_entry(colour).light;
    return IM_COL32(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, 255);
}

class DrawingPainter {
public:
    DrawingPainter(ImDrawList& list, ImVec2 origin, float scale) : m_list(list), m_origin(origin), m_scale(scale) {}

    void paint(const learn::Shape& shape) {
        if (!shape.label.text.empty()) return paint_label(shape);
        flatten(shape.path);
        if (m_points.size() < 2) return;
        if (shape.fill != learn::Colour::None && m_points.size() >= 3) fill(ink_of(shape.fill));
        if (shape.stroke != learn::Colour::None) stroke(shape);
    }

private:
    [[nodiscard]] ImVec2 at(learn::Point p) const {
        return {m_origin.x + static_cast<float>(p.x) * m_scale, m_origin.y + static_cast<float>(p.y) * m_scale};
    }

    void add(ImVec2 p) {
        // Points on top of each other confuse the filling.
        if (!m_points.empty() && std::abs(m_points.back().x - p.x) + std::abs(m_points.back().y - p.y) < 0.05f) return;
        m_points.push_back(p);
    }

    void flatten(const learn::Path& path) {
        m_points.clear();
        std::size_t next = 1;
        ImVec2 from = at(path.points.front());
        add(from);
        for (const learn::Segment segment : path.segments) {
            if (segment == learn::Segment::Line) {
                add(from = at(path.points[next++]));
                continue;
            }
            const ImVec2 a = at(path.points[next]), b = at(path.points[next + 1]), to = at(path.points[next + 2]);
            next += 3;
            for (int step = 1; step <= steps_of_a_curve; ++step) add(on_curve(from, a, b, to, static_cast<float>(step) / steps_of_a_curve));
            from = to;
        }
        const ImVec2 first = m_points.front();
        if (path.closed && m_points.size() > 2 && std::abs(m_points.back().x - first.x) + std::abs(m_points.back().y - first.y) < 0.05f) m_points.pop_back();
    }

    static ImVec2 on_curve(ImVec2 p, ImVec2 a, ImVec2 b, ImVec2 q, float t) {
        const float u = 1 - t, w0 = u * u * u, w1 = 3 * u * u * t, w2 = 3 * u * t * t, w3 = t * t * t;
        return {w0 * p.x + w1 * a.x + w2 * b.x + w3 * q.x, w0 * p.y + w1 * a.y + w2 * b.y + w3 * q.y};
    }

    // ImGui fills clockwise shapes.
    void fill(ImU32 ink) {
        float area = 0;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            const ImVec2 a = m_points[i], b = m_points[(i + 1) % m_points.size()];
            area += a.x * b.y - b.x * a.y;
        }
        if (area < 0) std::ranges::reverse(m_points);
        m_list.AddConcavePolyFilled(m_points.data(), static_cast<int>(m_points.size()), ink);
    }

    void stroke(const learn::Shape& shape) {
        const ImU32 ink = ink_of(shape.stroke);
        const float width = std::max(1.0f, static_cast<float>(shape.stroke_width) * m_scale);
        m_list.AddPolyline(m_points.data(), static_cast<int>(m_points.size()), ink, shape.path.closed ? ImDrawFlags_Closed : ImDrawFlags_None, width);
        if (shape.path.closed || width < 3) return;
        for (const ImVec2 end : {m_points.front(), m_points.back()}) m_list.AddCircleFilled(end, width / 2, ink);
    }

    void paint_label(const learn::Shape& shape) {
        const float size = static_cast<float>(shape.label.size) * m_scale;
        const ImVec2 at_base = at(shape.label.at);
        const float room = size * 30;
        constexpr float capital_half_em = 0.36f;
        draw_label(m_list, {at_base.x - room / 2, at_base.y}, room, at_base.y - size * capital_half_em, shape.label.text,
                   {.em = std::round(size), .colour = ink_of(shape.fill), .weight = Weight::Regular, .align = Align::Centre});
    }

    ImDrawList& m_list;
    ImVec2 m_origin;
    float m_scale;  // pixels of a quarter
    std::vector<ImVec2> m_points{};
};

}  // namespace

float drawing_height(const learn::Drawing& drawing, float width) {
    return width * static_cast<float>(drawing.height) / static_cast<float>(drawing.width);
}

void draw_drawing(Canvas& canvas, const learn::Drawing& drawing, Rect place) {
    const float scale = std::min(place.w / static_cast<float>(drawing.width), place.h / static_cast<float>(drawing.height));
    const float width = scale * static_cast<float>(drawing.width), height = scale * static_cast<float>(drawing.height);
    const ImVec2 origin{place.middle_x() - width / 2, place.middle_y() - height / 2};
    canvas.list.PushClipRect(origin, {origin.x + width, origin.y + height}, true);
    DrawingPainter painter(canvas.list, origin, scale);
    for (const learn::Shape& shape : drawing.shapes) painter.paint(shape);
    canvas.list.PopClipRect();
}

}  // namespace pipa::kiosk
