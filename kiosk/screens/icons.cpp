#include "screens/icons.hpp"

#include <algorithm>
#include <array>

#include "screens/pen.hpp"
#include "screens/theme.hpp"

namespace pipa::kiosk {
namespace {

// --- Verdicts ---
void check(Pen& pen) {
    pen.thickness(0.24f);
    pen.line({{-0.64f, 0.06f}, {-0.20f, 0.50f}, {0.66f, -0.46f}});
}
void attention(Pen& pen) {
    pen.line({{0, -0.74f}, {0.84f, 0.68f}, {-0.84f, 0.68f}}, true);
    pen.line({{0, -0.22f}, {0, 0.18f}});
    pen.disc({0, 0.44f}, 0.11f);
}
void clock(Pen& pen) {
    pen.ring({0, 0}, 0.78f);
    pen.line({{0, -0.46f}, {0, 0.02f}, {0.34f, 0.22f}});
}
void stop(Pen& pen) {
    constexpr float a = 0.80f, b = 0.33f;
    pen.line({{-b, -a}, {b, -a}, {a, -b}, {a, b}, {b, a}, {-b, a}, {-a, b}, {-a, -b}}, true);
    pen.thickness(0.24f);
    pen.line({{-0.36f, 0}, {0.36f, 0}});
}
void broken(Pen& pen) {  // a sheet torn in two
    pen.line({{-0.02f, -0.80f}, {-0.74f, -0.80f}, {-0.74f, 0.80f}, {-0.10f, 0.80f}, {-0.30f, 0.36f}, {-0.04f, 0.02f}, {-0.26f, -0.36f}}, true);
    pen.line({{0.34f, -0.80f}, {0.78f, -0.80f}, {0.78f, 0.80f}, {0.28f, 0.80f}, {0.08f, 0.36f}, {0.34f, 0.02f}, {0.12f, -0.36f}}, true);
}
void person(Pen& pen) {  // somebody, but who
    pen.ring({-0.22f, -0.34f}, 0.30f);
    pen.curve({-0.82f, 0.72f}, {-0.78f, -0.02f}, {0.34f, -0.02f}, {0.38f, 0.72f});
    pen.thickness(0.15f);
    pen.arc({0.62f, -0.50f}, 0.20f, 0.5f, 1.15f);
    pen.line({{0.74f, -0.34f}, {0.62f, -0.20f}, {0.62f, -0.10f}});
    pen.disc({0.62f, 0.14f}, 0.095f);
}
void question(Pen& pen) {
    pen.thickness(0.22f);
    pen.arc({0, -0.34f}, 0.40f, 0.5f, 1.12f);
    pen.line({{0.29f, -0.06f}, {0, 0.16f}, {0, 0.28f}});
    pen.disc({0, 0.66f}, 0.14f);
}

// --- Everything else ---
void camera(Pen& pen) {
    pen.box({-0.86f, -0.44f}, {0.86f, 0.64f}, 0.18f);
    pen.line({{-0.34f, -0.44f}, {-0.20f, -0.70f}, {0.20f, -0.70f}, {0.34f, -0.44f}});
    pen.ring({0, 0.10f}, 0.30f);
}
void keypad(Pen& pen) {
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            pen.disc({-0.56f + 0.56f * static_cast<float>(column), -0.70f + 0.46f * static_cast<float>(row)}, 0.15f);
    pen.disc({0, 0.68f}, 0.15f);
}
void signature(Pen& pen) {
    pen.line({{-0.62f, 0.34f}, {-0.46f, -0.10f}, {0.36f, -0.80f}, {0.64f, -0.48f}, {-0.18f, 0.22f}}, true);
    pen.line({{-0.70f, 0.76f}, {0.70f, 0.76f}});
}
void seal(Pen& pen) {
    pen.ring({0, -0.20f}, 0.54f);
    pen.disc({0, -0.20f}, 0.20f);
    pen.line({{-0.30f, 0.28f}, {-0.42f, 0.84f}, {0, 0.62f}, {0.42f, 0.84f}, {0.30f, 0.28f}});
}
void device(Pen& pen) {
    pen.box({-0.80f, -0.70f}, {0.80f, 0.34f}, 0.14f);
    pen.line({{0, 0.38f}, {0, 0.72f}});
    pen.line({{-0.42f, 0.74f}, {0.42f, 0.74f}});
}
void nobody(Pen& pen) {
    for (int i = 0; i < 8; ++i) pen.arc({0, 0}, 0.74f, (static_cast<float>(i) - 0.19f) / 8, (static_cast<float>(i) + 0.19f) / 8);
}
void next(Pen& pen) {
    pen.line({{-0.70f, 0}, {0.64f, 0}});
    pen.line({{0.16f, -0.50f}, {0.66f, 0}, {0.16f, 0.50f}});
}
void info(Pen& pen) {
    pen.ring({0, 0}, 0.80f);
    pen.disc({0, -0.36f}, 0.11f);
    pen.line({{0, -0.04f}, {0, 0.42f}});
}
void leave(Pen& pen) {
    pen.line({{0, -0.74f}, {-0.70f, -0.74f}, {-0.70f, 0.74f}, {0, 0.74f}});
    pen.line({{-0.20f, 0}, {0.74f, 0}});
    pen.line({{0.40f, -0.36f}, {0.76f, 0}, {0.40f, 0.36f}});
}
void erase(Pen& pen) {
    pen.line({{-0.88f, 0}, {-0.42f, -0.54f}, {0.82f, -0.54f}, {0.82f, 0.54f}, {-0.42f, 0.54f}}, true);
    pen.line({{-0.06f, -0.22f}, {0.40f, 0.22f}});
    pen.line({{-0.06f, 0.22f}, {0.40f, -0.22f}});
}
void text_size(Pen& pen) {
    pen.line({{-0.86f, 0.56f}, {-0.54f, -0.22f}, {-0.22f, 0.56f}});
    pen.line({{-0.70f, 0.28f}, {-0.38f, 0.28f}});
    pen.line({{-0.08f, 0.56f}, {0.40f, -0.66f}, {0.88f, 0.56f}});
    pen.line({{0.14f, 0.14f}, {0.66f, 0.14f}});
}
void globe(Pen& pen) {
    pen.ring({0, 0}, 0.80f);
    pen.line({{-0.80f, 0}, {0.80f, 0}});
    pen.curve({0, -0.80f}, {-0.52f, -0.40f}, {-0.52f, 0.40f}, {0, 0.80f});
    pen.curve({0, -0.80f}, {0.52f, -0.40f}, {0.52f, 0.40f}, {0, 0.80f});
}
void down(Pen& pen) { pen.line({{-0.52f, -0.24f}, {0, 0.28f}, {0.52f, -0.24f}}); }
void up(Pen& pen) { pen.line({{-0.52f, 0.24f}, {0, -0.28f}, {0.52f, 0.24f}}); }
void code(Pen& pen) {
    for (const ImVec2 at : {ImVec2{-0.48f, -0.48f}, ImVec2{0.48f, -0.48f}, ImVec2{-0.48f, 0.48f}}) {
        pen.box({at.x - 0.34f, at.y - 0.34f}, {at.x + 0.34f, at.y + 0.34f}, 0.10f);
        pen.disc(at, 0.11f);
    }
    pen.disc({0.30f, 0.30f}, 0.13f);
    pen.disc({0.70f, 0.46f}, 0.13f);
    pen.disc({0.38f, 0.72f}, 0.13f);
}
void eye(Pen& pen) {
    pen.curve({-0.90f, 0}, {-0.40f, -0.72f}, {0.40f, -0.72f}, {0.90f, 0});
    pen.curve({-0.90f, 0}, {-0.40f, 0.72f}, {0.40f, 0.72f}, {0.90f, 0});
    pen.disc({0, 0}, 0.24f);
}
void shield(Pen& pen) {
    pen.curve({0, -0.82f}, {0.26f, -0.62f}, {0.50f, -0.54f}, {0.74f, -0.54f});
    pen.curve({0.74f, -0.54f}, {0.76f, 0.20f}, {0.44f, 0.62f}, {0, 0.84f});
    pen.curve({0, 0.84f}, {-0.44f, 0.62f}, {-0.76f, 0.20f}, {-0.74f, -0.54f});
    pen.curve({-0.74f, -0.54f}, {-0.50f, -0.54f}, {-0.26f, -0.62f}, {0, -0.82f});
    pen.line({{-0.30f, 0.02f}, {-0.06f, 0.26f}, {0.34f, -0.22f}});
}
void scanner(Pen& pen) {
    pen.line({{-0.72f, -0.66f}, {0.30f, -0.66f}, {0.46f, -0.16f}, {-0.10f, -0.16f}, {0.10f, 0.78f}, {-0.32f, 0.78f}, {-0.52f, -0.16f}, {-0.72f, -0.26f}}, true);
    pen.line({{0.66f, -0.62f}, {0.88f, -0.76f}});
    pen.line({{0.70f, -0.40f}, {0.92f, -0.40f}});
    pen.line({{0.66f, -0.18f}, {0.88f, -0.04f}});
}
void refresh(Pen& pen) {
    pen.arc({0, 0}, 0.66f, 0.10f, 0.88f);
    pen.line({{0.80f, -0.66f}, {0.52f, -0.42f}, {0.22f, -0.62f}});
}

using Draw = void (*)(Pen&);
constexpr std::array<Draw, 26> drawings = {check, attention, clock, stop, broken, person, question, camera, keypad,
                                           signature, seal, device, nobody, next, info, leave, erase, text_size, globe,
                                           down, up, code, eye, shield, scanner, refresh};

struct Named {
    std::string_view name;
    Icon icon;
};
constexpr std::array verdict_icons = {Named{"check", Icon::Check}, Named{"attention", Icon::Attention}, Named{"clock", Icon::Clock},
                                      Named{"stop", Icon::Stop}, Named{"broken", Icon::Broken}, Named{"person", Icon::Person}};
constexpr std::array voucher_icons = {Named{"producer", Icon::Pen}, Named{"district", Icon::Seal}, Named{"device", Icon::Device},
                                      Named{"nobody", Icon::Nobody}, Named{"laboratory", Icon::Eye}, Named{"certifier", Icon::Shield},
                                      Named{"bureau", Icon::Seal}, Named{"inspector", Icon::Eye}, Named{"log", Icon::Seal}};

template <typename Table>
Icon find_in(const Table& table, std::string_view name, Icon otherwise) noexcept {
    for (const Named& entry : table)
        if (entry.name == name) return entry.icon;
    return otherwise;
}

void fruit(ImDrawList& list, ImVec2 centre, float radius) {
    list.AddCircleFilled(centre, radius, colour::loquat);
    // A few ever smaller, ever lighter discs towards the light make it round.
    const int steps = std::clamp(static_cast<int>(radius / 3), 6, 28);
    for (int i = 1; i <= steps; ++i) {
        const float part = static_cast<float>(i) / static_cast<float>(steps + 1);
        const ImVec2 at{centre.x - radius * 0.26f * part, centre.y - radius * 0.30f * part};
        list.AddCircleFilled(at, radius * (0.94f - 0.80f * part), with_alpha(colour::loquat_light, 1.5f / static_cast<float>(steps)));
    }
    // The dried calyx at the foot of the fruit.
    Pen pen(list, {centre.x + radius * 0.10f, centre.y + radius * 0.72f}, radius * 0.42f, IM_COL32(0x7A, 0x4A, 0x14, 0xFF), 0.24f);
    for (const ImVec2 tip : {ImVec2{-0.8f, 0.1f}, ImVec2{-0.35f, 0.6f}, ImVec2{0.35f, 0.6f}, ImVec2{0.8f, 0.1f}, ImVec2{0, -0.55f}}) pen.line({{0, 0.1f}, tip});
}

void leaf(ImDrawList& list, ImVec2 from, ImVec2 to, float bulge) {
    const ImVec2 across{(to.y - from.y) * bulge, (from.x - to.x) * bulge};
    const auto beside = [&](float along, float side) {
        return ImVec2{from.x + (to.x - from.x) * along + across.x * side, from.y + (to.y - from.y) * along + across.y * side};
    };
    list.PathLineTo(from);
    list.PathBezierCubicCurveTo(beside(0.25f, 1), beside(0.75f, 1), to, 24);
    list.PathBezierCubicCurveTo(beside(0.75f, -0.8f), beside(0.25f, -0.8f), from, 24);
    list.PathFillConvex(colour::leaf);
    list.AddBezierCubic(from, beside(0.3f, 0.12f), beside(0.6f, 0.12f), beside(0.92f, 0.02f), IM_COL32(0x9D, 0xC3, 0x8B, 0xFF),
                        std::max(1.0f, (to.x - from.x) * 0.045f));
}

}  // namespace

Icon icon_named(std::string_view name) noexcept { return find_in(verdict_icons, name, Icon::Question); }
// One of several of a kind has a number behind its name; whoever is not named above signed something of their own.
std::string_view voucher_kind(std::string_view voucher) noexcept { return voucher.substr(0, voucher.find('-')); }

Icon voucher_icon(std::string_view voucher) noexcept { return find_in(voucher_icons, voucher_kind(voucher), Icon::Pen); }

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour) {
    Pen pen(list, centre, size, colour);
    drawings[static_cast<std::size_t>(icon)](pen);
}

void draw_brand(ImDrawList& list, ImVec2 centre, float size) {
    const float h = size / 2;
    leaf(list, {centre.x - h * 0.10f, centre.y - h * 0.30f}, {centre.x + h * 0.98f, centre.y - h * 0.92f}, 0.42f);
    list.AddBezierCubic({centre.x - h * 0.42f, centre.y - h * 0.20f}, {centre.x - h * 0.30f, centre.y - h * 0.55f},
                        {centre.x - h * 0.15f, centre.y - h * 0.60f}, {centre.x - h * 0.02f, centre.y - h * 0.95f},
                        IM_COL32(0x7A, 0x4A, 0x14, 0xFF), std::max(1.5f, h * 0.10f));
    fruit(list, {centre.x + h * 0.42f, centre.y + h * 0.38f}, h * 0.52f);
    fruit(list, {centre.x - h * 0.40f, centre.y + h * 0.22f}, h * 0.58f);
}

}  // namespace pipa::kiosk
