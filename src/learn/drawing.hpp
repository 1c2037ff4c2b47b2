// A drawing as a list of simple shapes that every face can draw: the page as SVG nodes, the kiosk as triangles.
// The pack carries these shapes, never SVG, so that no reader has to understand (or defend itself against) SVG.
//
// Lengths are quarters of a drawing unit. A path is one contour of straight lines and cubic curves; a filled path never
// has a hole, since the kiosk fills without them. Colours are names of palette.def. Wire form: education_pack.cddl.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "wire/cbor.hpp"

namespace pipa::learn {

enum class Colour : std::uint8_t {
    None = 0,
#define LEARN_COLOUR(name, text, light, dark) name,
#include "learn/palette.def"
#undef LEARN_COLOUR
};

struct PaletteEntry {
    Colour colour;
    std::string_view name;  // "loquat"
    std::uint32_t light;    // 0xRRGGBB
    std::uint32_t dark;
};
inline constexpr std::array palette = {
#define LEARN_COLOUR(name, text, light, dark) PaletteEntry{Colour::name, text, light, dark},
#include "learn/palette.def"
#undef LEARN_COLOUR
};

inline constexpr int quarters_per_unit = 4;
inline constexpr int max_drawing_quarters = 1000 * quarters_per_unit;
inline constexpr std::size_t max_shapes = 400;
inline constexpr std::size_t max_path_points = 400;
inline constexpr std::size_t max_drawing_points = 6000;
inline constexpr std::size_t max_label_bytes = 48;

struct Point {
    int x{};
    int y{};
    friend bool operator==(const Point&, const Point&) = default;
};

enum class Segment : std::uint8_t { Line, Curve };  // takes one point; two control points and the end

struct Path {
    std::vector<Segment> segments{};  // after the starting point
    std::vector<Point> points{};      // the starting point, then what the segments take
    bool closed{};
};

struct Label {  // lettering, centred at a point of its baseline
    std::string text{};
    Point at{};
    int size{};  // of the type, in quarters
};

struct Shape {
    Colour fill{Colour::None};
    Colour stroke{Colour::None};  // with round ends and joins
    int stroke_width{};
    Path path{};    // empty for a label
    Label label{};  // empty text for a path
};

struct Drawing {
    std::string id{};
    int width{};  // quarters
    int height{};
    std::vector<Shape> shapes{};  // painted in this order
};

[[nodiscard]] constexpr const PaletteEntry& palette_entry(Colour colour) noexcept {
    return palette[static_cast<std::size_t>(colour) - 1];  // never called for None
}

[[nodiscard]] cbor::Value encode_drawing(const Drawing& drawing);
// Checks every limit above. Errors: learn.bad_field with the offset of the value, counted from `base`.
[[nodiscard]] Result<Drawing> decode_drawing(const cbor::Value& value, std::size_t base);

}  // namespace pipa::learn
