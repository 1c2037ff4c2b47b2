#include "scan/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "scan/least_squares.hpp"

namespace pipa::scan {

Mesh::Bends Mesh::terms(Spot p) noexcept {
    return {1, p.x, p.y, p.x * p.y, p.x * p.x, p.y * p.y, p.x * p.x * p.y, p.x * p.y * p.y, p.x * p.x * p.y * p.y};
}

Spot Mesh::plane(Spot p) const noexcept {
    const double depth = m_plane[6] * p.x + m_plane[7] * p.y + 1;
    const double safe = std::abs(depth) < 1e-6 ? 1e-6 : depth;
    return {(m_plane[0] * p.x + m_plane[1] * p.y + m_plane[2]) / safe, (m_plane[3] * p.x + m_plane[4] * p.y + m_plane[5]) / safe};
}

Spot Mesh::operator()(Spot module) const noexcept {
    const Spot p = unit(module);
    Spot out = plane(p);
    if (m_bends == 0) return out;
    const Bends all = terms(p);
    for (std::size_t i = 0; i < m_bends; ++i) {
        out.x += m_x[i] * all[i];
        out.y += m_y[i] * all[i];
    }
    return out;
}

void Mesh::bend(const std::vector<Pin>& pins, std::size_t count, double ridge) {
    NormalEquations for_x{count};
    NormalEquations for_y{count};
    for (std::size_t i = 3; i < count; ++i) {
        for_x.hold_small(i, ridge);
        for_y.hold_small(i, ridge);
    }
    for (const Pin& pin : pins) {
        const Spot rest = pin.pixel - plane(unit(pin.module));
        const Bends all = terms(unit(pin.module));
        for_x.add(all.data(), rest.x);
        for_y.add(all.data(), rest.y);
    }
    std::ranges::copy(for_x.solve(), m_x.begin());
    std::ranges::copy(for_y.solve(), m_y.begin());
    m_bends = count;
}

std::optional<Mesh> Mesh::through(const std::vector<Pin>& pins, double size, std::size_t bends, double ridge) {
    Mesh mesh;
    mesh.m_size = size;
    // In units of the symbol around its first pin: both sides of the equations are about 1 then.
    const Spot middle = pins.front().pixel;
    double scale = 1;
    for (const Pin& pin : pins) scale = std::max(scale, length_of(pin.pixel - middle));
    const bool flat = pins.size() < 4;
    NormalEquations equations{flat ? std::size_t{6} : std::size_t{8}};
    for (const Pin& pin : pins) {
        const Spot p = mesh.unit(pin.module);
        const Spot q = 1 / scale * (pin.pixel - middle);
        const std::array<double, 8> in_x = {p.x, p.y, 1, 0, 0, 0, -p.x * q.x, -p.y * q.x};
        const std::array<double, 8> in_y = {0, 0, 0, p.x, p.y, 1, -p.x * q.y, -p.y * q.y};
        equations.add(in_x.data(), q.x);
        equations.add(in_y.data(), q.y);
    }
    const std::vector<double> solved = equations.solve();
    if (std::ranges::all_of(solved, [](double value) { return value == 0; })) return std::nullopt;
    std::ranges::copy(solved, mesh.m_plane.begin());
    for (std::size_t i = 0; i < 3; ++i) {
        const double last = i < 2 ? mesh.m_plane[6 + i] : 1;
        mesh.m_plane[i] = scale * mesh.m_plane[i] + middle.x * last;
        mesh.m_plane[3 + i] = scale * mesh.m_plane[3 + i] + middle.y * last;
    }
    if (bends > 0) mesh.bend(pins, bends, ridge);
    return mesh;
}

namespace {

// A pattern of known modules around a middle, made to mean 0 and deviation 1, dark positive.
struct Template {
    std::ptrdiff_t reach{};
    std::vector<float> values{};
};

Template make_template(std::ptrdiff_t reach, bool (*is_dark)(std::ptrdiff_t ring)) {
    Template out{.reach = reach};
    for (std::ptrdiff_t y = -reach; y <= reach; ++y)
        for (std::ptrdiff_t x = -reach; x <= reach; ++x) out.values.push_back(is_dark(std::max(std::abs(x), std::abs(y))) ? 1.0F : -1.0F);
    float mean = 0;
    for (const float v : out.values) mean += v;
    mean /= static_cast<float>(out.values.size());
    const float deviation = std::sqrt(1 - mean * mean);
    for (float& v : out.values) v = (v - mean) / deviation;
    return out;
}

struct Match {
    Spot pixel{};
    double score{};  // about 1 where the pattern is, 0 where nothing like it is
};

// The best place within `radius` modules of `module`. Over so short a way the mesh is as good as straight.
Match search(const GreyImage& image, const Mesh& mesh, Spot module, double radius, double step, const Template& pattern) {
    const Spot at = mesh(module);
    const Spot along = 0.5 * (mesh({module.x + 1, module.y}) - mesh({module.x - 1, module.y}));
    const Spot down = 0.5 * (mesh({module.x, module.y + 1}) - mesh({module.x, module.y - 1}));
    const auto steps = static_cast<std::ptrdiff_t>(radius / step + 1e-6);
    Match best{.pixel = at, .score = -10};
    std::vector<float> seen(pattern.values.size());
    for (std::ptrdiff_t i = -steps; i <= steps; ++i)
        for (std::ptrdiff_t j = -steps; j <= steps; ++j) {
            const double dx = static_cast<double>(j) * step;
            const double dy = static_cast<double>(i) * step;
            const Spot middle = at + dx * along + dy * down;
            float sum = 0;
            float squares = 0;
            std::size_t k = 0;
            for (std::ptrdiff_t y = -pattern.reach; y <= pattern.reach; ++y)
                for (std::ptrdiff_t x = -pattern.reach; x <= pattern.reach; ++x) {
                    const Spot p = middle + static_cast<double>(x) * along + static_cast<double>(y) * down;
                    const float v = sample(image, p.x, p.y);
                    seen[k++] = v;
                    sum += v;
                    squares += v * v;
                }
            const auto count = static_cast<float>(seen.size());
            const float mean = sum / count;
            const float deviation = std::sqrt(std::max(squares / count - mean * mean, 0.0F));
            float score = 0;
            for (k = 0; k < seen.size(); ++k) score += (mean - seen[k]) * pattern.values[k];
            const double value = score / (count * (deviation + 4)) - 0.02 * length_of({dx, dy});
            if (value > best.score) best = {.pixel = middle, .score = value};
        }
    return best;
}

const Template& alignment_template() {
    static const Template made = make_template(2, [](std::ptrdiff_t ring) { return ring != 1; });
    return made;
}
const Template& finder_template() {
    static const Template made = make_template(4, [](std::ptrdiff_t ring) { return ring != 2 && ring != 4; });
    return made;
}

Spot middle_of(Cell cell) noexcept { return {static_cast<double>(cell.column) + 0.5, static_cast<double>(cell.row) + 0.5}; }

struct Step {
    double radius{};
    double width{};
};
constexpr std::array<Step, 3> refinements = {Step{4.5, 0.5}, Step{1.5, 0.25}, Step{0.75, 0.25}};

}  // namespace

namespace {

std::vector<Pin> finder_pins(const Corner3& corner, const SymbolLayout& layout) {
    const auto size = static_cast<double>(layout.size);
    return {{{3.5, 3.5}, corner.origin}, {{size - 3.5, 3.5}, corner.right}, {{3.5, size - 3.5}, corner.below}};
}

// The alignment pattern at the lower right, or where it ought to be.
Pin last_pin(const GreyImage& image, const Mesh& flat, const SymbolLayout& layout) {
    const Spot module = middle_of(layout.alignments.back());
    const double radius = std::max(4.0, static_cast<double>(layout.size) * 0.12);
    const Match match = search(image, flat, module, radius, 0.5, alignment_template());
    return {.module = module, .pixel = match.score < 0.35 ? flat(module) : match.pixel};
}

}  // namespace

std::optional<Mesh> find_plane(const GreyImage& image, const Corner3& corner, const SymbolLayout& layout) {
    const auto size = static_cast<double>(layout.size);
    std::vector<Pin> pins = finder_pins(corner, layout);
    const auto flat = Mesh::through(pins, size, 0, 0);
    if (!flat || layout.alignments.empty()) return flat;
    pins.push_back(last_pin(image, *flat, layout));
    return Mesh::through(pins, size, 0, 0);
}

std::vector<Mesh> find_meshes(const GreyImage& image, const Corner3& corner, const SymbolLayout& layout) {
    const auto size = static_cast<double>(layout.size);
    const std::vector<Pin> finders = finder_pins(corner, layout);
    const auto flat = Mesh::through(finders, size, 0, 0);
    if (!flat) return {};
    if (layout.alignments.empty()) return {*flat};
    const Pin last = last_pin(image, *flat, layout);
    std::vector<Pin> pins = finders;
    pins.push_back(last);
    auto plane = Mesh::through(pins, size, 0, 0);
    if (!plane) return {};
    Mesh now = *plane;
    std::vector<Pin> seen;  // alignment patterns
    for (const Step step : refinements) {
        seen.clear();
        for (const Cell cell : layout.alignments) {
            const Match match = search(image, now, middle_of(cell), step.radius, step.width, alignment_template());
            if (match.score > 0.45) seen.push_back({middle_of(cell), match.pixel});
        }
        pins = finders;
        for (Pin& pin : pins) {
            const Match match = search(image, *plane, pin.module, 1.0, 0.25, finder_template());
            if (match.score > 0.5) pin.pixel = match.pixel;
        }
        pins.insert(pins.end(), seen.begin(), seen.end());
        if (pins.size() < 4) break;
        const auto better = Mesh::through(pins, size, 0, 0);
        const auto bent = Mesh::through(pins, size, pins.size() < 8 ? 6 : 9, 1e-2);
        if (!better || !bent) break;
        now = *bent;
        plane = better;
    }
    std::vector<Mesh> out;
    const auto add = [&](const std::optional<Mesh>& mesh) {
        if (mesh) out.push_back(*mesh);
    };
    if (pins.size() >= 6) add(Mesh::through(pins, size, 6, 1e-2));
    if (pins.size() >= 8) add(Mesh::through(pins, size, 9, 1e-3));
    add(plane);
    if (!seen.empty()) {
        const auto same = [&](const Pin& pin) { return pin.module.x == last.module.x && pin.module.y == last.module.y; };
        const auto found = std::ranges::find_if(seen, same);
        pins.resize(3);
        pins.push_back(found == seen.end() ? last : *found);
        add(Mesh::through(pins, size, 0, 0));
    }
    return out;
}

double timing_fit(const GreyImage& image, const Mesh& mesh, std::size_t size) {
    double fit = 0;
    for (const bool across : {true, false}) {
        std::vector<double> values;
        for (std::size_t i = 8; i < size - 8; ++i) {
            const double along = static_cast<double>(i) + 0.5;
            const Spot p = mesh(across ? Spot{along, 6.5} : Spot{6.5, along});
            values.push_back(sample(image, p.x, p.y));
        }
        double right = 0;
        double all = 1e-3;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t begin = i < 3 ? 0 : i - 3;
            const std::size_t end = std::min(values.size(), i + 4);
            double mean = 0;
            for (std::size_t k = begin; k < end; ++k) mean += values[k];
            const double off = values[i] - mean / static_cast<double>(end - begin);
            right += i % 2 == 0 ? -off : off;
            all += std::abs(off);
        }
        fit += right / all / 2;
    }
    return fit;
}

}  // namespace pipa::scan
