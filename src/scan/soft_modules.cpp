#include "scan/soft_modules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "scan/least_squares.hpp"

namespace pipa::scan {
namespace {

constexpr float most = 2.5F;

// A table of values whose sum over any rectangle is had from its corners.
class Sums {
public:
    Sums(std::size_t width, std::size_t height) : m_width{width}, m_height{height}, m_sums((width + 1) * (height + 1)) {}

    template <typename Value>
    void fill(Value value) {
        for (std::size_t y = 0; y < m_height; ++y) {
            double row = 0;
            for (std::size_t x = 0; x < m_width; ++x) {
                row += value(y * m_width + x);
                m_sums[(y + 1) * (m_width + 1) + x + 1] = m_sums[y * (m_width + 1) + x + 1] + row;
            }
        }
    }
    [[nodiscard]] double around(std::size_t x, std::size_t y, std::size_t radius) const noexcept {
        const std::size_t left = x > radius ? x - radius : 0;
        const std::size_t top = y > radius ? y - radius : 0;
        const std::size_t right = std::min(m_width, x + radius + 1);
        const std::size_t bottom = std::min(m_height, y + radius + 1);
        const auto at = [&](std::size_t column, std::size_t row) { return m_sums[row * (m_width + 1) + column]; };
        return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
    }

private:
    std::size_t m_width;
    std::size_t m_height;
    std::vector<double> m_sums;
};

}  // namespace

SoftModules local_levels(const GreyImage& image, const Mesh& mesh, std::size_t size) {
    constexpr std::size_t radius = 4;
    SoftModules out{.size = size, .values = std::vector<float>(size * size)};
    std::vector<float> seen(size * size);
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const Spot middle{static_cast<double>(i % size) + 0.5, static_cast<double>(i / size) + 0.5};
        for (const double dy : {-0.22, 0.22})
            for (const double dx : {-0.22, 0.22}) {
                const Spot p = mesh({middle.x + dx, middle.y + dy});
                seen[i] += sample(image, p.x, p.y) / 4;
            }
    }
    Sums ones{size, size}, all{size, size}, darks{size, size}, dark_sum{size, size};
    ones.fill([](std::size_t) { return 1.0; });
    all.fill([&](std::size_t i) { return seen[i]; });
    std::vector<double> dark(seen.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const std::size_t x = i % size, y = i / size;
        dark[i] = seen[i] < all.around(x, y, radius) / ones.around(x, y, radius) ? 1 : 0;
    }
    darks.fill([&](std::size_t i) { return dark[i]; });
    dark_sum.fill([&](std::size_t i) { return dark[i] * seen[i]; });
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const std::size_t x = i % size, y = i / size;
        const double count = darks.around(x, y, radius);
        const double sum = dark_sum.around(x, y, radius);
        const double low = sum / (count + 0.1);
        const double high = (all.around(x, y, radius) - sum) / (ones.around(x, y, radius) - count + 0.1);
        const double half = std::max((high - low) / 2, 3.0);
        out.values[i] = std::clamp(static_cast<float>(((low + high) / 2 - seen[i]) / half), -most, most);
    }
    return out;
}

namespace {

constexpr std::ptrdiff_t reach = 3;     // taps, in half modules
constexpr std::size_t border = 2;       // modules sampled beyond the symbol
constexpr std::size_t tap_count = 38;   // 37 and a constant

struct Tap {
    std::ptrdiff_t dx{};
    std::ptrdiff_t dy{};
};

std::vector<Tap> make_taps() {
    std::vector<Tap> taps;
    for (std::ptrdiff_t dy = -reach; dy <= reach; ++dy)
        for (std::ptrdiff_t dx = -reach; dx <= reach; ++dx)
            if (std::abs(dx) + std::abs(dy) <= 4) taps.push_back({dx, dy});
    return taps;
}

// Samples at half modules with `border` around, each against the mean and deviation of the 25 x 25 around it.
std::vector<float> half_modules(const GreyImage& image, const Mesh& mesh, std::size_t size) {
    constexpr std::size_t radius = 12;
    const std::size_t side = 2 * (size + 2 * border);
    std::vector<float> seen(side * side);
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double x = static_cast<double>(i % side) / 2 - border + 0.5;
        const double y = static_cast<double>(i / side) / 2 - border + 0.5;
        const Spot p = mesh({x, y});
        seen[i] = sample(image, p.x, p.y);
    }
    Sums ones{side, side}, all{side, side}, squares{side, side};
    ones.fill([](std::size_t) { return 1.0; });
    all.fill([&](std::size_t i) { return seen[i]; });
    squares.fill([&](std::size_t i) { return static_cast<double>(seen[i]) * static_cast<double>(seen[i]); });
    std::vector<float> out(seen.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double count = ones.around(i % side, i / side, radius);
        const double mean = all.around(i % side, i / side, radius) / count;
        const double variance = squares.around(i % side, i / side, radius) / count - mean * mean;
        out[i] = static_cast<float>((seen[i] - mean) / std::sqrt(std::max(variance, 9.0)));
    }
    return out;
}

}  // namespace

SoftModules equalised(const GreyImage& image, const Mesh& mesh, const SymbolLayout& layout) {
    static const std::vector<Tap> taps = make_taps();
    constexpr double strength = 1.5;
    constexpr int rounds = 3;
    const std::size_t size = layout.size;
    const std::size_t side = 2 * (size + 2 * border);
    const std::vector<float> samples = half_modules(image, mesh, size);
    std::vector<double> terms(size * size * tap_count);
    for (std::size_t i = 0; i < size * size; ++i) {
        const auto row = static_cast<std::ptrdiff_t>(2 * (i / size + border));
        const auto column = static_cast<std::ptrdiff_t>(2 * (i % size + border));
        for (std::size_t k = 0; k < taps.size(); ++k)
            terms[i * tap_count + k] = samples[static_cast<std::size_t>((row + taps[k].dy) * static_cast<std::ptrdiff_t>(side) + column + taps[k].dx)];
        terms[i * tap_count + tap_count - 1] = 1;
    }
    SoftModules out{.size = size, .values = std::vector<float>(size * size)};
    for (int round = 0; round < rounds; ++round) {
        NormalEquations equations{tap_count};
        for (std::size_t k = 0; k < taps.size(); ++k)
            equations.hold_small(k, strength * (1 + 0.5 * static_cast<double>(std::abs(taps[k].dx) + std::abs(taps[k].dy))));
        equations.hold_small(tap_count - 1, strength * 0.1);
        for (std::size_t i = 0; i < size * size; ++i) {
            const Module module = layout.modules[i];
            const bool known = module == Module::Light || module == Module::Dark;
            const float guess = out.values[i];
            if (known) equations.add(terms.data() + i * tap_count, module == Module::Dark ? 1 : -1);
            else if (std::abs(guess) > 0.45F) equations.add(terms.data() + i * tap_count, guess > 0 ? 1 : -1, 0.6);
        }
        const std::vector<double> weights = equations.solve();
        for (std::size_t i = 0; i < size * size; ++i) {
            double sum = 0;
            for (std::size_t k = 0; k < tap_count; ++k) sum += weights[k] * terms[i * tap_count + k];
            out.values[i] = static_cast<float>(sum);
        }
    }
    for (float& value : out.values) value = std::clamp(value * 1.2F, -most, most);
    return out;
}

}  // namespace pipa::scan
