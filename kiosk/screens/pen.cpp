#include "screens/pen.hpp"

#include <numbers>

namespace pipa::kiosk {
namespace {

constexpr float turn = 2 * std::numbers::pi_v<float>;

}  // namespace

Pen::Pen(ImDrawList& list, ImVec2 centre, float size, ImU32 colour, float thickness)
    : m_list(list), m_centre(centre), m_half(size / 2), m_colour(colour), m_thickness(thickness) {}

void Pen::round_off(ImVec2 p) { m_list.AddCircleFilled(at(p), width() / 2, m_colour); }

void Pen::line(std::initializer_list<ImVec2> points, bool closed) {
    for (const ImVec2 p : points) m_list.PathLineTo(at(p));
    m_list.PathStroke(m_colour, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width());
    for (const ImVec2 p : points) round_off(p);
}

void Pen::curve(ImVec2 from, ImVec2 by, ImVec2 towards, ImVec2 to) {
    m_list.PathLineTo(at(from));
    m_list.PathBezierCubicCurveTo(at(by), at(towards), at(to), 20);
    m_list.PathStroke(m_colour, ImDrawFlags_None, width());
    round_off(from);
    round_off(to);
}

void Pen::arc(ImVec2 centre, float radius, float from_turns, float to_turns) {
    m_list.PathArcTo(at(centre), radius * m_half, from_turns * turn, to_turns * turn, 32);
    const ImVec2 first = m_list._Path.front();
    const ImVec2 last = m_list._Path.back();
    m_list.PathStroke(m_colour, ImDrawFlags_None, width());
    m_list.AddCircleFilled(first, width() / 2, m_colour);
    m_list.AddCircleFilled(last, width() / 2, m_colour);
}

void Pen::ring(ImVec2 centre, float radius) { m_list.AddCircle(at(centre), radius * m_half, m_colour, 0, width()); }
void Pen::disc(ImVec2 centre, float radius) { m_list.AddCircleFilled(at(centre), radius * m_half, m_colour); }

void Pen::box(ImVec2 from, ImVec2 to, float rounding) {
    m_list.AddRect(at(from), at(to), m_colour, rounding * m_half, ImDrawFlags_None, width());
}

void Pen::fill(std::initializer_list<ImVec2> points) {
    for (const ImVec2 p : points) m_list.PathLineTo(at(p));
    m_list.PathFillConvex(m_colour);
}

}  // namespace pipa::kiosk
