// A pen for icons: strokes with round ends and joints in a square from -1,-1 (top left) to 1,1.
#pragma once

#include <imgui.h>

#include <initializer_list>

namespace pipa::kiosk {

class Pen {
public:
    Pen(ImDrawList& list, ImVec2 centre, float size, ImU32 colour, float thickness = 0.20f);

    void line(std::initializer_list<ImVec2> points, bool closed = false);
    void curve(ImVec2 from, ImVec2 by, ImVec2 towards, ImVec2 to);  // cubic Bezier
    void arc(ImVec2 centre, float radius, float from_turns, float to_turns);  // 0 right, 0.25 down
    void ring(ImVec2 centre, float radius);
    void disc(ImVec2 centre, float radius);
    void box(ImVec2 from, ImVec2 to, float rounding);       // outline
    void fill(std::initializer_list<ImVec2> points);        // convex
    void thickness(float part) { m_thickness = part; }
    void colour(ImU32 value) { m_colour = value; }

private:
    [[nodiscard]] ImVec2 at(ImVec2 p) const { return {m_centre.x + p.x * m_half, m_centre.y + p.y * m_half}; }
    [[nodiscard]] float width() const { return m_thickness * m_half; }
    void round_off(ImVec2 p);  // a joint or an end

    ImDrawList& m_list;
    ImVec2 m_centre;
    float m_half;
    ImU32 m_colour;
    float m_thickness;
};

}  // namespace pipa::kiosk
