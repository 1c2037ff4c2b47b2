#include "support/damaged_codes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "scan/draw_code.hpp"

namespace pipa::test {
namespace {

class Random {  // splitmix64: the standard's distributions differ from library to library
public:
    explicit Random(std::uint64_t seed) : m_state{seed} {}
    double between(double least, double most) {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = m_state;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27) * 0x94D049BB133111EBU;
        return least + (most - least) * static_cast<double>((z ^ z >> 31) >> 11) / 9007199254740992.0;
    }
    double noise() { return between(-1, 1) + between(-1, 1) + between(-1, 1); }  // deviation 1

private:
    std::uint64_t m_state;
};

struct Camera {
    double scale{4};   // pixels a module
    double roll{};     // radians
    double tilt{};     // the far side is so much smaller
    double bend{};     // of a cylinder, in radians from the middle to the edge
};

struct Spot {
    double x{};
    double y{};
};

// From a place around the middle of the picture, in pixels, to one around the middle of the symbol, in modules.
Spot module_at(const Camera& camera, Spot pixel, double half) {
    const double c = std::cos(camera.roll), s = std::sin(camera.roll);
    Spot p{(c * pixel.x + s * pixel.y) / camera.scale, (c * pixel.y - s * pixel.x) / camera.scale};
    const double depth = 1 + camera.tilt * p.y / half;
    p = {p.x / depth, p.y / depth};
    if (camera.bend > 0) {
        const double radius = half / camera.bend;
        p.x = std::abs(p.x) < radius ? radius * std::asin(p.x / radius) : 1e9;
    }
    return p;
}

using Plane = std::vector<double>;

Plane render(const QrSymbol& symbol, const Camera& camera, std::size_t side, double dark, double light) {
    constexpr int parts = 3;
    const double half = static_cast<double>(symbol.size) / 2;
    Plane out(side * side);
    for (std::size_t i = 0; i < out.size(); ++i)
        for (int part = 0; part < parts * parts; ++part) {
            const double x = static_cast<double>(i % side) + (part % parts + 0.5) / parts - static_cast<double>(side) / 2;
            const double y = static_cast<double>(i / side) + (part / parts + 0.5) / parts - static_cast<double>(side) / 2;
            const Spot p = module_at(camera, {x, y}, half);
            const bool inside = std::abs(p.x) < half && std::abs(p.y) < half;
            const bool is_dark = inside && symbol.is_dark(static_cast<std::size_t>(p.x + half), static_cast<std::size_t>(p.y + half));
            out[i] += (is_dark ? dark : light) / (parts * parts);
        }
    return out;
}

// Means along a line through each pixel; two of them at right angles, done twice, are near enough to a lens out of focus.
Plane smeared(const Plane& plane, std::size_t side, double dx, double dy) {
    constexpr int steps = 9;
    Plane out(plane.size());
    for (std::size_t i = 0; i < plane.size(); ++i)
        for (int step = 0; step < steps; ++step) {
            const double along = static_cast<double>(step) / (steps - 1) - 0.5;
            const auto at = [&](std::size_t from, double by) {
                return static_cast<std::size_t>(std::clamp(std::lround(static_cast<double>(from) + along * by), 0L, static_cast<long>(side) - 1));
            };
            out[i] += plane[at(i / side, dy) * side + at(i % side, dx)] / steps;
        }
    return out;
}

void add_spots(Plane& plane, std::size_t side, Random& random, double covered, double grey) {
    const double all = covered * static_cast<double>(side * side);
    for (double done = 0; done < all;) {
        const double radius = std::sqrt(all * random.between(0.1, 0.4) / std::numbers::pi);
        const double x = random.between(0, static_cast<double>(side)), y = random.between(0, static_cast<double>(side));
        for (std::size_t i = 0; i < plane.size(); ++i)
            if (std::hypot(static_cast<double>(i % side) - x, static_cast<double>(i / side) - y) < radius) plane[i] = grey;
        done += radius * radius * std::numbers::pi;
    }
}

void add_glare(Plane& plane, std::size_t side, Random& random, double radius) {
    const double x = random.between(0.25, 0.75) * static_cast<double>(side), y = random.between(0.25, 0.75) * static_cast<double>(side);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        const double away = std::hypot(static_cast<double>(i % side) - x, static_cast<double>(i / side) - y) / radius;
        plane[i] += 260 * std::exp(-away * away);
    }
}

}  // namespace

std::string_view name_of(Damage damage) noexcept {
    static constexpr std::array<std::string_view, 11> names = {"none",   "blur",  "motion", "noise", "glare",   "bent",
                                                               "tilted", "small", "dirt",   "faint", "inverted"};
    return names[static_cast<std::size_t>(damage)];
}

DamagedCode damaged_code(std::string_view text, Damage damage, int severity, std::uint64_t seed) {
    Random random{seed * 1000 + static_cast<std::uint64_t>(severity) * 100 + static_cast<std::uint64_t>(damage)};
    const QrSymbol symbol = draw_qr_code(text, CorrectionLevel::M).value();
    Camera camera{.scale = random.between(3.5, 4.5), .roll = random.between(-0.3, 0.3)};
    if (damage == Damage::Small) camera.scale = 2.1 - 0.2 * severity;
    if (damage == Damage::Tilted) camera.tilt = 0.12 * severity;
    if (damage == Damage::Bent) camera.bend = 0.25 + 0.15 * severity;
    const auto side = static_cast<std::size_t>(static_cast<double>(symbol.size) * camera.scale * 1.4) + 24;
    const double faint = damage == Damage::Faint ? 1 - 0.2 * severity : 1;
    double dark = 205 - 165 * faint, light = 205;
    if (damage == Damage::Inverted) std::swap(dark, light);
    Plane plane = render(symbol, camera, side, dark, light);
    if (damage == Damage::Dirt) add_spots(plane, side, random, 0.02 * severity, random.between(0, 1) < 0.5 ? 60 : 205);
    if (damage == Damage::Glare) add_glare(plane, side, random, (0.08 + 0.04 * severity) * static_cast<double>(side));
    const double angle = random.between(0, std::numbers::pi);
    const double length = damage == Damage::Motion ? (0.6 + 0.35 * severity) * camera.scale : 1;
    plane = smeared(plane, side, length * std::cos(angle), length * std::sin(angle));
    if (damage == Damage::Blur)
        for (const double by : {0.7, 0.5}) {
            const double width = by * (0.6 + 0.3 * severity) * camera.scale;
            plane = smeared(smeared(plane, side, width, 0), side, 0, width);
        }
    const double noise = damage == Damage::Noise ? 14.0 * severity : damage == Damage::Faint ? 4 : 2;
    DamagedCode out{.side = side, .pixels = Bytes(plane.size())};
    for (std::size_t i = 0; i < plane.size(); ++i)
        out.pixels[i] = static_cast<std::uint8_t>(std::clamp(plane[i] + noise * random.noise(), 0.0, 255.0));
    return out;
}

}  // namespace pipa::test
