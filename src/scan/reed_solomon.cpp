#include "scan/reed_solomon.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pipa::scan {
namespace {

constexpr std::size_t order = 255;        // of the field's group
constexpr std::size_t largest_parity = 30;    // of any QR symbol (ISO/IEC 18004 table 9)
using Polynomial = std::array<std::uint8_t, largest_parity + 2>;  // lowest power first

struct Field {
    std::array<std::uint8_t, 2 * order> power{};
    std::array<std::size_t, 256> log{};
};

constexpr Field make_field() {
    Field field;
    unsigned value = 1;
    for (std::size_t i = 0; i < order; ++i) {
        field.power[i] = field.power[i + order] = static_cast<std::uint8_t>(value);
        field.log[value] = i;
        value <<= 1;
        if (value & 0x100U) value ^= 0x11DU;
    }
    return field;
}
constexpr Field field = make_field();

std::uint8_t times(std::uint8_t a, std::uint8_t b) noexcept {
    return a == 0 || b == 0 ? std::uint8_t{0} : field.power[field.log[a] + field.log[b]];
}
std::uint8_t over(std::uint8_t a, std::uint8_t b) noexcept {
    return a == 0 ? std::uint8_t{0} : field.power[field.log[a] + order - field.log[b]];
}

std::uint8_t value_at(const Polynomial& p, std::size_t terms, std::size_t log_x) noexcept {
    std::uint8_t sum = 0;
    for (std::size_t i = terms; i-- > 0;) sum = static_cast<std::uint8_t>(times(sum, field.power[log_x]) ^ p[i]);
    return sum;
}

bool find_syndromes(std::span<const std::uint8_t> block, std::size_t parity, Polynomial& out) noexcept {
    std::uint8_t any = 0;
    for (std::size_t i = 0; i < parity; ++i) {
        std::uint8_t sum = 0;
        for (const std::uint8_t codeword : block)
            sum = static_cast<std::uint8_t>((sum == 0 ? 0 : field.power[field.log[sum] + i]) ^ codeword);
        out[i] = sum;
        any |= sum;
    }
    return any != 0;
}

// Berlekamp and Massey's recursion, begun with the places that are known (Blahut).
Polynomial locate(const Polynomial& syndromes, std::size_t parity, std::span<const std::size_t> erased, std::size_t length) noexcept {
    Polynomial lambda{1};
    for (std::size_t k = 0; k < erased.size(); ++k) {
        const std::uint8_t root = field.power[length - 1 - erased[k]];
        for (std::size_t i = k + 1; i > 0; --i) lambda[i] = static_cast<std::uint8_t>(lambda[i] ^ times(root, lambda[i - 1]));
    }
    Polynomial before = lambda;
    std::size_t degree = erased.size();
    for (std::size_t r = erased.size() + 1; r <= parity; ++r) {
        std::uint8_t difference = 0;
        for (std::size_t i = 0; i < r; ++i) difference = static_cast<std::uint8_t>(difference ^ times(lambda[i], syndromes[r - 1 - i]));
        Polynomial shifted{};
        std::copy(before.begin(), before.end() - 1, shifted.begin() + 1);
        if (difference == 0) {
            before = shifted;
            continue;
        }
        Polynomial next = lambda;
        for (std::size_t i = 0; i < next.size(); ++i) next[i] = static_cast<std::uint8_t>(next[i] ^ times(difference, shifted[i]));
        if (2 * degree <= r + erased.size() - 1) {
            degree = r + erased.size() - degree;
            for (std::size_t i = 0; i < before.size(); ++i) before[i] = over(lambda[i], difference);
        } else {
            before = shifted;
        }
        lambda = next;
    }
    return lambda;
}

}  // namespace

Corrected correct_block(std::span<std::uint8_t> block, std::size_t parity, std::span<const std::size_t> erased) {
    if (parity > largest_parity || block.size() > order || block.size() <= parity || erased.size() > parity) return {};
    Polynomial syndromes{};
    if (!find_syndromes(block, parity, syndromes)) return {.good = true};
    const Polynomial lambda = locate(syndromes, parity, erased, block.size());
    std::size_t degree = lambda.size() - 1;
    while (degree > 0 && lambda[degree] == 0) --degree;
    if (degree < erased.size() || 2 * (degree - erased.size()) + erased.size() > parity) return {};
    Polynomial omega{};
    for (std::size_t i = 0; i < parity; ++i)
        for (std::size_t j = 0; j <= std::min(i, degree); ++j)
            omega[i] = static_cast<std::uint8_t>(omega[i] ^ times(syndromes[i - j], lambda[j]));
    std::size_t found = 0;
    std::array<std::uint8_t, order> fixed{};
    std::ranges::copy(block, fixed.begin());
    for (std::size_t place = 0; place < block.size(); ++place) {
        const std::size_t log_x = block.size() - 1 - place;
        const std::size_t log_inverse = (order - log_x) % order;
        if (value_at(lambda, degree + 1, log_inverse) != 0) continue;
        std::uint8_t slope = 0;  // the derivative: only odd powers are left
        for (std::size_t i = 1; i <= degree; i += 2) slope = static_cast<std::uint8_t>(slope ^ times(lambda[i], field.power[log_inverse * (i - 1) % order]));
        if (slope == 0) return {};
        fixed[place] = static_cast<std::uint8_t>(fixed[place] ^ times(field.power[log_x], over(value_at(omega, parity, log_inverse), slope)));
        ++found;
    }
    if (found != degree || find_syndromes({fixed.data(), block.size()}, parity, syndromes)) return {};
    std::copy_n(fixed.begin(), block.size(), block.begin());
    return {.good = true, .errors = degree - erased.size()};
}

}  // namespace pipa::scan
