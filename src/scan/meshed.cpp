#include "scan/meshed.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "scan/symbol_text.hpp"
#include "scan/zxing.hpp"

namespace pipa::scan {
namespace {

constexpr double least_timing_fit = 0.25;
constexpr std::size_t versions_tried = 3;
constexpr std::size_t meshes_tried = 6;

struct Candidate {
    double fit{};
    const SymbolLayout* layout{};
    Mesh mesh{};
};

class Layouts {  // those that one picture needed so far
public:
    const SymbolLayout& of(int version) {
        auto& layout = m_made[static_cast<std::size_t>(version)];
        if (!layout) layout = std::make_unique<SymbolLayout>(make_layout(version));
        return *layout;
    }

private:
    std::array<std::unique_ptr<SymbolLayout>, 41> m_made{};
};

// From the distance of the finders in units of their size: two versions to either side of the likeliest, and of these the three whose
// timing patterns fit best under a plane.
std::vector<const SymbolLayout*> likely_layouts(const GreyImage& image, const Corner3& corner, Layouts& layouts) {
    const double distance = (length_of(corner.right - corner.origin) + length_of(corner.below - corner.origin)) / 2;
    const double estimate = (distance / (corner.size / 7) + 7 - 17) / 4;
    const int nearest = static_cast<int>(std::lround(std::clamp(estimate, 1.0, 40.0)));
    std::vector<std::pair<double, const SymbolLayout*>> all;
    for (int version = std::max(1, nearest - 2); version <= std::min(40, nearest + 2); ++version) {
        const SymbolLayout& layout = layouts.of(version);
        const auto plane = find_plane(image, corner, layout);
        if (plane) all.emplace_back(timing_fit(image, *plane, layout.size), &layout);
    }
    std::ranges::sort(all, std::ranges::greater{}, [](const auto& one) { return one.first; });
    std::vector<const SymbolLayout*> out;
    for (std::size_t i = 0; i < std::min(versions_tried, all.size()); ++i) out.push_back(all[i].second);
    return out;
}

// What may still be spent on a picture, in modules: meshes and equalisers cost so much a module of the symbol they are tried for.
class Budget {
public:
    explicit Budget(std::size_t modules) : m_left{modules} {}
    // False once it is used up.
    bool spend_on(const SymbolLayout& layout) {
        const std::size_t cost = layout.modules.size();
        if (m_left < cost) return false;
        m_left -= cost;
        return true;
    }

private:
    std::size_t m_left;
};

std::vector<Candidate> candidates_of(const GreyImage& image, const Corner3& corner, Layouts& layouts, Budget& budget) {
    std::vector<Candidate> all;
    for (const SymbolLayout* layout : likely_layouts(image, corner, layouts)) {
        if (!budget.spend_on(*layout)) break;
        for (const Mesh& mesh : find_meshes(image, corner, *layout)) {
            const double fit = timing_fit(image, mesh, layout->size);
            if (fit >= least_timing_fit) all.push_back({.fit = fit, .layout = layout, .mesh = mesh});
        }
    }
    std::ranges::sort(all, std::ranges::greater{}, &Candidate::fit);
    if (all.size() > meshes_tried) all.erase(all.begin() + meshes_tried, all.end());
    return all;
}

std::optional<ScannedCode> read_by(const GreyImage& image, const Candidate& candidate) {
    const SymbolLayout& layout = *candidate.layout;
    for (const bool blurred : {false, true}) {
        const SoftModules soft = blurred ? equalised(image, candidate.mesh, layout) : local_levels(image, candidate.mesh, layout.size);
        for (const bool with_erasures : {false, true}) {
            const auto clean = correct_symbol(soft, layout, with_erasures);
            if (!clean) continue;
            ScannedCode code{.content = text_of_modules(clean->dark, layout.size), .filled_in = clean->erased > 0};
            if (code.content.empty()) continue;
            const auto size = static_cast<double>(layout.size);
            const std::array<Spot, 4> corners = {Spot{0, 0}, Spot{size, 0}, Spot{size, size}, Spot{0, size}};
            for (std::size_t i = 0; i < corners.size(); ++i) {
                const Spot p = candidate.mesh(corners[i]);
                code.corners[i] = {static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y))};
            }
            return code;
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<ScannedCode> read_meshed(const GreyImage& image, const std::vector<Finder>& finders, std::size_t most, const Patience& patience) {
    std::vector<ScannedCode> codes;
    std::vector<bool> used(finders.size());
    Layouts layouts;
    Budget budget{patience.modules};
    for (const Corner3& corner : find_corners(finders, patience.triples)) {
        if (std::ranges::any_of(corner.finders, [&](std::size_t i) { return used[i]; })) continue;
        for (const Candidate& candidate : candidates_of(image, corner, layouts, budget)) {
            if (!budget.spend_on(*candidate.layout)) return codes;
            auto code = read_by(image, candidate);
            if (!code) continue;
            codes.push_back(std::move(*code));
            for (const std::size_t i : corner.finders) used[i] = true;
            break;
        }
        if (codes.size() >= most) break;
    }
    return codes;
}

}  // namespace pipa::scan
