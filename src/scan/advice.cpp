#include "scan/advice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "scan/finders.hpp"

namespace pipa {
namespace {

using scan::Corner3;
using scan::Finder;
using scan::Spot;

constexpr double modules_of_finder = 7;
constexpr double smallest_module_px = 2.6;    // as find_finders measures: a little too large where modules are small
constexpr double symbol_finders = 8;          // a certificate's symbol is as wide as so many finders (version 10)
constexpr double skewed_legs = 1.5;           // one side so much longer than the other
constexpr double skewed_cosine = 0.35;        // about 20 degrees off the right angle
constexpr double least_dark = 0.36;           // of a symbol's area; masks keep it near a half (ISO/IEC 18004, 7.8.3)
constexpr double widest_edge_modules = 0.75;  // between dark and light

double module_px(const Finder& finder) noexcept { return finder.size / modules_of_finder; }

// Where not all three finders are seen: those that are stand at the edge, or are so large that the others cannot be in the picture.
bool reaches_beyond(const Finder& finder, const GreyImage& image) noexcept {
    const auto width = static_cast<double>(image.width), height = static_cast<double>(image.height);
    const double room = std::min({finder.middle.x, finder.middle.y, width - 1 - finder.middle.x, height - 1 - finder.middle.y});
    return room < finder.size || symbol_finders * finder.size > std::min(width, height);
}

// Smaller ones than find_finders sees.
bool has_tiny_finders(const GreyImage& image) {
    constexpr std::size_t enough = 2;  // one alone may be a letter
    return image.width * image.height <= scan::doubled_up_to_pixels && scan::find_finders(scan::doubled(image).view()).size() >= enough;
}

// The four corners' box, cut at the picture's edge, and what it holds.
struct Look {
    double dark{};           // share of pixels nearer to the darkest than to the lightest
    double edge_px{};        // how wide its sharpest edges are
};

Look look_at(const GreyImage& image, const Corner3& corner) {
    const Spot far = corner.right + corner.below - corner.origin;
    const auto [left, right] = std::minmax({corner.origin.x, corner.right.x, corner.below.x, far.x});
    const auto [top, bottom] = std::minmax({corner.origin.y, corner.right.y, corner.below.y, far.y});
    const auto at = [](double place, std::size_t length) { return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(length - 1))); };
    const std::size_t x0 = at(left, image.width), x1 = at(right, image.width), y0 = at(top, image.height), y1 = at(bottom, image.height);
    std::array<std::size_t, 256> values{}, steps{};
    for (std::size_t y = y0; y <= y1; ++y) {
        const std::uint8_t* row = image.pixels + y * image.row_stride;
        for (std::size_t x = x0; x < x1; ++x) {
            ++values[row[x]];
            ++steps[static_cast<std::size_t>(std::abs(row[x + 1] - row[x]))];
        }
    }
    const std::size_t count = (x1 - x0) * (y1 - y0 + 1);
    // The value below which a share of the pixels lies.
    const auto quantile = [count](const std::array<std::size_t, 256>& histogram, double share) {
        std::size_t value = 0, below = histogram[0];
        while (value < 255 && static_cast<double>(below) <= share * static_cast<double>(count)) below += histogram[++value];
        return static_cast<double>(value);
    };
    const double darkest = quantile(values, 0.02), lightest = quantile(values, 0.98), contrast = std::max(1.0, lightest - darkest);
    std::size_t dark = 0;
    for (std::size_t value = 0; static_cast<double>(value) < (darkest + lightest) / 2; ++value) dark += values[value];
    return {static_cast<double>(dark) / static_cast<double>(std::max<std::size_t>(count, 1)), contrast / std::max(1.0, quantile(steps, 0.98))};
}

bool is_skewed(const Corner3& corner) noexcept {
    const Spot a = corner.right - corner.origin, b = corner.below - corner.origin;
    const double one = scan::length_of(a), other = scan::length_of(b);
    return std::max(one, other) > skewed_legs * std::min(one, other) || std::abs(a.x * b.x + a.y * b.y) > skewed_cosine * one * other;
}

}  // namespace

Advice advice_for(const GreyImage& image) {
    const std::vector<Finder> finders = scan::find_finders(image);
    if (finders.empty()) return has_tiny_finders(image) ? Advice::Closer : Advice::None;
    const std::vector<Corner3> corners = scan::find_corners(finders, 1);
    if (corners.empty()) {
        const Finder& largest = finders.front();
        if (module_px(largest) < smallest_module_px) return Advice::Closer;
        return reaches_beyond(largest, image) ? Advice::Further : Advice::None;
    }
    const Corner3& corner = corners.front();
    const double module = corner.size / modules_of_finder;
    if (module < smallest_module_px) return Advice::Closer;
    if (is_skewed(corner)) return Advice::Straighter;
    const Look seen = look_at(image, corner);
    if (seen.dark < least_dark) return Advice::LessGlare;
    return seen.edge_px > widest_edge_modules * module ? Advice::Steadier : Advice::None;
}

std::string_view advice_name(Advice advice) noexcept {
    switch (advice) {
        case Advice::Closer: return "closer";
        case Advice::Further: return "further";
        case Advice::Straighter: return "straighter";
        case Advice::LessGlare: return "less_glare";
        case Advice::Steadier: return "steadier";
        case Advice::None: break;
    }
    return {};
}

}  // namespace pipa
