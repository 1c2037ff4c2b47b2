// Drawings: SVG files to shapes, shapes through the pack, and the colours of the page's sheet.
#include <catch2/catch_test_macros.hpp>

#include "learn/learn_json.hpp"
#include "learn/wire_keys.hpp"
#include "education/svg.hpp"
#include "sample_pack.hpp"
#include "support/project_files.hpp"
#include "support/table.hpp"

namespace {

using namespace pipa;
using namespace pipa::learn;

Drawing read(std::string_view text, Problems& problems) {
    const std::vector<char> exact(text.begin(), text.end());
    return parse_svg({exact.data(), exact.size()}, "d", "d.svg", problems);
}

std::string wrapped(std::string_view inside) { return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\">\n" + std::string{inside} + "\n</svg>\n"; }

}  // namespace

TEST_CASE("drawing: shapes become paths of lines and curves", "[learn]") {
    test::for_each_row("learn_drawing.json", [](test::Row& row) {
        INFO(row.where());
        Problems problems;
        const Drawing drawing = read(row.flag("whole") ? row.text("svg") : wrapped(row.text("svg")), problems);
        CHECK(test::listed(problems) == row.text_or("problems", ""));
        if (row.has("json")) CHECK(to_json(drawing) == row.text("json"));
        if (problems.empty()) {
            // What an editor's file gives, the reader of packs accepts, and gives back the same.
            const Bytes wire = cbor::encode(encode_drawing(drawing));
            const auto value = cbor::decode(wire, cbor::Rules::deterministic);
            REQUIRE(value.has_value());
            const auto again = decode_drawing(*value, 0);
            REQUIRE(again.has_value());
            CHECK(to_json(*again) == to_json(drawing));
        }
    });
}

TEST_CASE("drawing: the page's colours are those of the palette", "[learn]") {
    const std::string sheet = test::read_file(test::project_file("web/learn/palette.css"));
    const std::size_t dark = sheet.find("@media");
    REQUIRE(dark != std::string::npos);
    const auto hex = [](std::uint32_t value) {
        std::string out = "#000000";
        for (int digit = 0; digit < 6; ++digit) out[static_cast<std::size_t>(6 - digit)] = "0123456789abcdef"[value >> (4 * digit) & 15];
        return out;
    };
    for (const PaletteEntry& entry : palette) {
        const std::string name{entry.name};
        const std::string light_rule = ".fill-" + name + " { fill: " + hex(entry.light) + "; } .stroke-" + name + " { stroke: " + hex(entry.light) + "; }";
        const std::string dark_rule = ".fill-" + name + " { fill: " + hex(entry.dark) + "; } .stroke-" + name + " { stroke: " + hex(entry.dark) + "; }";
        INFO(name);
        CHECK(sheet.substr(0, dark).find(light_rule) != std::string::npos);
        CHECK(sheet.substr(dark).find(dark_rule) != std::string::npos);
    }
}

TEST_CASE("drawing: every published drawing stays inside its frame", "[learn]") {
    for (const Drawing& drawing : test::published_pack().drawings)
        for (const Shape& shape : drawing.shapes)
            for (const Point& point : shape.path.points) {
                INFO(drawing.id);
                const int margin = 64 * quarters_per_unit;  // strokes and leaves may lean over the edge; the frame clips them
                CHECK((point.x >= -margin && point.x <= drawing.width + 2 * margin && point.y >= -margin && point.y <= drawing.height + margin));
            }
}

TEST_CASE("drawing: what says nothing is left out, and a stroke has both a colour and a width", "[learn]") {
    const auto readable = [](cbor::MapBuilder shape) {
        shape.add(shape_key::points, cbor::make_array({cbor::make_integer(0), cbor::make_integer(0), cbor::make_integer(4), cbor::make_integer(4)}));
        cbor::MapBuilder drawing;
        drawing.add(drawing_key::id, cbor::make_text("d")).add(drawing_key::width, cbor::make_integer(40)).add(drawing_key::height, cbor::make_integer(40));
        drawing.add(drawing_key::shapes, cbor::make_array({shape.finish()}));
        return decode_drawing(drawing.finish(), 0).has_value();
    };
    const auto line = [] { return cbor::MapBuilder{}.add(shape_key::segments, cbor::make_text("L")); };
    CHECK(readable(line().add(shape_key::fill, cbor::make_integer(1))));
    CHECK_FALSE(readable(line().add(shape_key::fill, cbor::make_integer(0))));
    CHECK(readable(line().add(shape_key::stroke, cbor::make_integer(1)).add(shape_key::stroke_width, cbor::make_integer(0))));
    CHECK_FALSE(readable(line().add(shape_key::stroke, cbor::make_integer(0)).add(shape_key::stroke_width, cbor::make_integer(4))));
    CHECK_FALSE(readable(line().add(shape_key::stroke, cbor::make_integer(1))));
    CHECK_FALSE(readable(line().add(shape_key::stroke_width, cbor::make_integer(4))));
}
