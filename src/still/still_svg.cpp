#include "still/still_svg.hpp"

#include <array>
#include <charconv>

#include "still/markup.hpp"
#include "still/still_icons.hpp"

namespace pipa {
namespace {

constexpr std::string_view fonts = "PingFang SC, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, Helvetica, Arial, sans-serif";

// Two places behind the point are enough for any screen.
std::string number(double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 2).ptr;
    std::string out(digits.data(), end);
    while (out.ends_with('0')) out.pop_back();
    if (out.ends_with('.')) out.pop_back();
    return out;
}

std::string attribute(std::string_view name, std::string_view value) { return " " + std::string{name} + "=\"" + escaped(value) + "\""; }
std::string attribute(std::string_view name, double value) { return attribute(name, number(value)); }

// `fluid`: what is as wide as the still is as wide as whatever it stands in.
std::string box(const StillBox& box, const StillLayout& layout, bool fluid) {
    std::string out = "<rect" + attribute("x", box.x) + attribute("y", box.y);
    out += fluid && box.width >= layout.width ? attribute("width", "100%") : attribute("width", box.width);
    out += attribute("height", box.height);
    if (box.radius > 0) out += attribute("rx", box.radius);
    return out + attribute("fill", box.fill) + "></rect>";
}

std::string line_of_text(const StillText& text) {
    std::string out = "<text" + attribute("x", text.x) + attribute("y", text.baseline) + attribute("font-size", text.size) + attribute("fill", text.fill);
    if (text.bold) out += attribute("font-weight", "bold");
    return out + ">" + escaped(text.text) + "</text>";
}

std::string sign(const StillSign& sign) {
    const Icon& icon = icon_of(sign.name);
    const double scale = sign.size / 24;
    std::string out = "<g fill=\"none\" stroke-width=\"2.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\"" + attribute("stroke", sign.stroke) +
                      attribute("transform", "translate(" + number(sign.x) + " " + number(sign.y) + ") scale(" + number(scale) + ")") + ">";
    if (icon.radius > 0) out += "<circle" + attribute("cx", icon.centre.x) + attribute("cy", icon.centre.y) + attribute("r", icon.radius) + "></circle>";
    for (const auto& stroke : icon.strokes) {
        std::string path;
        for (const Point& point : stroke) path += (path.empty() ? "M" : "L") + number(point.x) + " " + number(point.y);
        out += "<path" + attribute("d", path) + "></path>";
    }
    return out + "</g>";
}

// One path of runs of dark modules: no hairlines between them at any zoom.
std::string code(const StillCode& code) {
    std::string path;
    for (std::size_t y = 0; y < code.symbol.size; ++y)
        for (std::size_t x = 0; x < code.symbol.size;) {
            std::size_t end = x;
            while (end < code.symbol.size && code.symbol.is_dark(end, y)) ++end;
            if (end > x) path += "M" + std::to_string(x) + " " + std::to_string(y) + "h" + std::to_string(end - x) + "v1h-" + std::to_string(end - x) + "z";
            x = end + 1;
        }
    return "<path fill=\"#000000\" shape-rendering=\"crispEdges\"" + attribute("transform", "translate(" + number(code.x) + " " + number(code.y) + ") scale(" + number(code.module) + ")") +
           attribute("d", path) + "></path>";
}

std::string contents(const StillLayout& layout, bool fluid) {
    std::string out;
    for (const StillBox& each : layout.boxes) out += box(each, layout, fluid);
    for (const StillSign& each : layout.signs) out += sign(each);
    for (const StillText& each : layout.texts) out += line_of_text(each);
    for (const StillCode& each : layout.codes) out += code(each);
    return out;
}

}  // namespace

std::string still_as_svg(const Still& still, const StillLayout& layout) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"" + attribute("lang", still.language) + attribute("viewBox", "0 0 " + number(layout.width) + " " + number(layout.height)) +
           attribute("width", layout.width) + attribute("height", layout.height) + attribute("font-family", fonts) + "><title>" + escaped(still.line) + "</title><desc>" +
           escaped(still.alt) + "</desc>" + contents(layout, false) + "</svg>\n";
}

std::string still_for_wechat(const Still& still, const StillLayout& layout) {
    const std::string unfold = "<animate attributeName=\"height\" begin=\"click\" dur=\"0.4s\" fill=\"freeze\" restart=\"never\"" + attribute("from", layout.folded) + attribute("to", layout.height) + "></animate>";
    return "<section style=\"margin:16px 0;max-width:420px;border:1px solid #d9d0c2;border-radius:8px;line-height:0\">"
           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\"" +
           attribute("height", layout.folded) + attribute("font-family", fonts) + " style=\"display:block\">" + contents(layout, true) + unfold + "</svg></section>"
           "<section style=\"margin:4px 0 16px;font-size:14px;line-height:1.6;color:#5c5f52\">" + escaped(still.line) + "</section>\n";
}

}  // namespace pipa
