#include "learn/drawing.hpp"

#include <algorithm>

#include "learn/wire_keys.hpp"
#include "wire/map_reader.hpp"

namespace pipa::learn {
namespace {

using cbor::Type;
using cbor::Value;

constexpr Range colour_range{1, static_cast<std::int64_t>(palette.size())};
constexpr Range coordinate_range{-max_drawing_quarters, 2 * max_drawing_quarters};
constexpr Range width_range{0, 100 * quarters_per_unit};

bool in(Range range, std::int64_t number) noexcept { return number >= range.lowest && number <= range.highest; }

std::size_t points_of(Segment segment) noexcept { return segment == Segment::Curve ? 3 : 1; }

// Points travel as differences to the one before, which makes most of them one or two bytes.
Value encode_points(const std::vector<Point>& points) {
    Value out = cbor::make_array();
    Point last{};
    for (const Point& point : points) {
        out.items.push_back(cbor::make_integer(point.x - last.x));
        out.items.push_back(cbor::make_integer(point.y - last.y));
        last = point;
    }
    return out;
}

Value encode_shape(const Shape& shape) {
    cbor::MapBuilder map;
    if (shape.fill != Colour::None) map.add(shape_key::fill, cbor::make_integer(static_cast<int>(shape.fill)));
    if (shape.stroke != Colour::None) {
        map.add(shape_key::stroke, cbor::make_integer(static_cast<int>(shape.stroke)));
        map.add(shape_key::stroke_width, cbor::make_integer(shape.stroke_width));
    }
    if (!shape.label.text.empty()) {
        map.add(shape_key::text, cbor::make_text(shape.label.text));
        map.add(shape_key::size, cbor::make_integer(shape.label.size));
        map.add(shape_key::points, encode_points({shape.label.at}));
        return map.finish();
    }
    std::string segments;
    for (const Segment segment : shape.path.segments) segments += segment == Segment::Curve ? 'C' : 'L';
    if (!segments.empty()) map.add(shape_key::segments, cbor::make_text(segments));
    map.add(shape_key::points, encode_points(shape.path.points));
    if (shape.path.closed) map.add(shape_key::closed, cbor::make_bool(true));
    return map.finish();
}

class DrawingReader {
public:
    explicit DrawingReader(std::size_t base) : m_base(base) {}

    Result<Drawing> read(const Value& value) {
        Drawing out;
        MapReader map(value, m_base, field_codes);
        out.id = map.need_text(drawing_key::id, "drawing.id", max_id_bytes);
        out.width = static_cast<int>(map.need_integer(drawing_key::width, "drawing.width", {4, max_drawing_quarters}));
        out.height = static_cast<int>(map.need_integer(drawing_key::height, "drawing.height", {4, max_drawing_quarters}));
        const auto* shapes = map.array(drawing_key::shapes, "drawing.shapes", max_shapes);
        map.need(shapes != nullptr, "drawing.shapes");
        if (shapes != nullptr)
            for (const Value& item : *shapes) out.shapes.push_back(shape(map, item));
        if (m_points > max_drawing_points) map.bad(value, "drawing.points");
        if (auto ok = map.finish(); !ok) return std::unexpected(ok.error());
        return out;
    }

private:
    Shape shape(MapReader& outer, const Value& value) {
        Shape out;
        MapReader map(value, m_base, field_codes);
        out.fill = colour(map.integer(shape_key::fill, "shape.fill", colour_range));
        out.stroke = colour(map.integer(shape_key::stroke, "shape.stroke", colour_range));
        const auto width = map.integer(shape_key::stroke_width, "shape.stroke_width", width_range);
        if (width.has_value() != (out.stroke != Colour::None)) map.bad(value, "shape.stroke_width");
        out.stroke_width = static_cast<int>(width.value_or(0));
        out.label.text = map.text(shape_key::text, "shape.text", max_label_bytes);
        out.path.closed = map.flag(shape_key::closed, "shape.closed");
        const std::string segments = map.text(shape_key::segments, "shape.segments", max_path_points);
        const auto size = map.integer(shape_key::size, "shape.size", {4, 200 * quarters_per_unit});
        auto points = read_points(map);
        if (out.label.text.empty()) {
            if (!read_path(segments, std::move(points), out.path) || size) map.bad(value, "shape.path");
        } else {
            if (points.size() != 1 || !size || !segments.empty() || out.path.closed || out.stroke != Colour::None)
                map.bad(value, "shape.text");
            else out.label = {std::move(out.label.text), points.front(), static_cast<int>(*size)};
        }
        if (auto ok = map.finish(); !ok) outer.fail_with(ok.error());
        return out;
    }

    static Colour colour(std::optional<std::int64_t> number) { return static_cast<Colour>(number.value_or(0)); }

    std::vector<Point> read_points(MapReader& map) {
        std::vector<Point> out;
        const auto* numbers = map.array(shape_key::points, "shape.points", 2 * max_path_points);
        map.need(numbers != nullptr && numbers->size() % 2 == 0, "shape.points");
        if (numbers == nullptr) return out;
        std::int64_t at[2] = {0, 0};
        for (std::size_t i = 0; i < numbers->size(); ++i) {
            const auto step = (*numbers)[i].integer();
            if (!step || !in({-4 * max_drawing_quarters, 4 * max_drawing_quarters}, *step) ||
                !in(coordinate_range, at[i % 2] + *step)) {
                map.bad((*numbers)[i], "shape.points");
                return {};
            }
            at[i % 2] += *step;
            if (i % 2 == 1) out.push_back({static_cast<int>(at[0]), static_cast<int>(at[1])});
        }
        m_points += out.size();
        return out;
    }

    static bool read_path(std::string_view letters, std::vector<Point> points, Path& path) {
        std::size_t wanted = 1;
        for (const char letter : letters) {
            if (letter != 'L' && letter != 'C') return false;
            path.segments.push_back(letter == 'C' ? Segment::Curve : Segment::Line);
            wanted += points_of(path.segments.back());
        }
        path.points = std::move(points);
        return !path.segments.empty() && path.points.size() == wanted;
    }

    std::size_t m_base;
    std::size_t m_points{};
};

}  // namespace

Value encode_drawing(const Drawing& drawing) {
    Value shapes = cbor::make_array();
    for (const Shape& shape : drawing.shapes) shapes.items.push_back(encode_shape(shape));
    return cbor::MapBuilder{}
        .add(drawing_key::id, cbor::make_text(drawing.id))
        .add(drawing_key::width, cbor::make_integer(drawing.width))
        .add(drawing_key::height, cbor::make_integer(drawing.height))
        .add(drawing_key::shapes, std::move(shapes))
        .finish();
}

Result<Drawing> decode_drawing(const Value& value, std::size_t base) { return DrawingReader(base).read(value); }

}  // namespace pipa::learn
