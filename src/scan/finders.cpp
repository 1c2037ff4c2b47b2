#include "scan/finders.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>

#include "scan/pieces.hpp"

namespace pipa::scan {
namespace {

constexpr std::size_t cell_side = 16;

bool may_be_part(const Piece& piece, const GreyImage& image) noexcept {
    const std::size_t w = piece.width();
    const std::size_t h = piece.height();
    return piece.area >= 8 && w >= 3 && h >= 2 && w < image.width / 3 && h < image.height / 3 && 2 * w < 7 * h && 2 * h < 7 * w;
}

bool is_full(const Piece& piece) noexcept { return 100 * piece.area > 44 * piece.width() * piece.height(); }

bool is_ring_around(const Piece& ring, const Piece& core) noexcept {
    const auto w = static_cast<double>(ring.width());
    const auto h = static_cast<double>(ring.height());
    const double rx = w / static_cast<double>(core.width());
    const double ry = h / static_cast<double>(core.height());
    if (rx <= 1.6 || rx >= 3.6 || ry <= 1.6 || ry >= 3.6) return false;
    const Spot off = ring.middle_of_box() - core.middle();
    if (std::abs(off.x) >= 0.16 * w + 0.8 || std::abs(off.y) >= 0.16 * h + 0.8) return false;
    const auto area = static_cast<double>(ring.area);
    return area > 0.12 * w * h && area < 0.75 * w * h;
}

std::uint64_t cell_of(double x, double y) noexcept {
    return static_cast<std::uint64_t>(y) / cell_side << 32U | static_cast<std::uint64_t>(x) / cell_side;
}

void pair_up(const std::vector<Piece>& pieces, std::vector<Finder>& out) {
    struct Entry {
        std::uint64_t cell{};
        std::size_t piece{};
    };
    std::vector<Entry> entries;  // rings by where their middle is
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].width() < 5 || pieces[i].height() < 4) continue;
        const Spot at = pieces[i].middle_of_box();
        entries.push_back({cell_of(at.x, at.y), i});
    }
    std::ranges::sort(entries, {}, &Entry::cell);
    for (const Piece& core : pieces) {
        if (!is_full(core)) continue;
        const Spot at = core.middle();
        const auto is_in = [&](double dx, double dy) {
            if (at.x + dx < 0 || at.y + dy < 0) return false;
            for (const Entry& entry : std::ranges::equal_range(entries, cell_of(at.x + dx, at.y + dy), {}, &Entry::cell))
                if (is_ring_around(pieces[entry.piece], core)) return true;
            return false;
        };
        constexpr double step = cell_side;
        bool found = false;
        for (const double dy : {0.0, -step, step})
            for (const double dx : {0.0, -step, step}) found = found || is_in(dx, dy);
        if (found) out.push_back({.middle = at, .size = std::sqrt(static_cast<double>(core.area)) * 7 / 3});
    }
}

}  // namespace

std::vector<Finder> find_finders(const GreyImage& image, std::span<const std::size_t> windows) {
    const Grey soft = softened(image);
    const LocalMeans means{soft.view()};
    std::vector<Finder> all;
    for (const std::size_t window : windows) {
        if (window > std::min(image.width, image.height)) continue;
        std::vector<Piece> pieces = dark_pieces(means, window);
        std::erase_if(pieces, [&](const Piece& piece) { return !may_be_part(piece, image); });
        pair_up(pieces, all);
    }
    std::ranges::sort(all, std::ranges::greater{}, &Finder::size);
    std::vector<Finder> kept;
    for (const Finder& one : all) {
        const auto same = [&](const Finder& other) { return length_of(one.middle - other.middle) <= 0.3 * other.size; };
        if (std::ranges::none_of(kept, same)) kept.push_back(one);
        if (kept.size() == max_finders) break;
    }
    return kept;
}

namespace {

// The symbol's corner at `o` with the others at `a` and `b`; nothing when no camera sees a square so.
void add_corner(const std::vector<Finder>& finders, std::array<std::size_t, 3> which, std::vector<Corner3>& out) {
    const auto [o, a, b] = which;
    const double largest = std::max({finders[o].size, finders[a].size, finders[b].size});
    const double smallest = std::min({finders[o].size, finders[a].size, finders[b].size});
    const double mean = (finders[o].size + finders[a].size + finders[b].size) / 3;
    const Spot to_a = finders[a].middle - finders[o].middle;
    const Spot to_b = finders[b].middle - finders[o].middle;
    const double la = length_of(to_a);
    const double lb = length_of(to_b);
    if (std::min(la, lb) < 1.5 * mean || std::max(la, lb) > 3.2 * std::min(la, lb)) return;
    const double cosine = std::abs(to_a.x * to_b.x + to_a.y * to_b.y) / (la * lb);
    if (cosine > 0.75) return;
    const bool turned = to_a.x * to_b.y - to_a.y * to_b.x < 0;
    out.push_back({.origin = finders[o].middle,
                   .right = finders[turned ? b : a].middle,
                   .below = finders[turned ? a : b].middle,
                   .size = mean,
                   .doubt = cosine + 0.5 * std::abs(std::log(la / lb)) + 0.3 * (largest / smallest - 1),
                   .finders = which});
}

}  // namespace

std::vector<Corner3> find_corners(const std::vector<Finder>& finders, std::size_t most) {
    std::vector<Corner3> all;
    const auto alike = [&](std::size_t i, std::size_t j) {
        return std::max(finders[i].size, finders[j].size) <= 2.2 * std::min(finders[i].size, finders[j].size);
    };
    for (std::size_t i = 0; i < finders.size(); ++i)
        for (std::size_t j = i + 1; j < finders.size(); ++j) {
            if (!alike(i, j)) continue;
            for (std::size_t k = j + 1; k < finders.size(); ++k) {
                if (!alike(i, k) || !alike(j, k)) continue;
                add_corner(finders, {i, j, k}, all);
                add_corner(finders, {j, k, i}, all);
                add_corner(finders, {k, i, j}, all);
            }
        }
    std::ranges::sort(all, {}, &Corner3::doubt);
    if (all.size() > most) all.resize(most);
    return all;
}

}  // namespace pipa::scan
