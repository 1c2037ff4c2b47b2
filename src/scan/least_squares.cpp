#include "scan/least_squares.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

namespace pipa::scan {

NormalEquations::NormalEquations(std::size_t unknowns) : m_unknowns{unknowns}, m_matrix(unknowns * (unknowns + 1)) {}

void NormalEquations::add(const double* terms, double target, double weight) {
    for (std::size_t i = 0; i < m_unknowns; ++i) {
        const double factor = weight * terms[i];
        double* row = m_matrix.data() + i * (m_unknowns + 1);
        for (std::size_t j = i; j < m_unknowns; ++j) row[j] += factor * terms[j];
        row[m_unknowns] += factor * target;
    }
}

void NormalEquations::hold_small(std::size_t unknown, double strength) { m_matrix[unknown * (m_unknowns + 2)] += strength; }

std::vector<double> NormalEquations::solve() const {
    const std::size_t n = m_unknowns;
    std::vector<double> a = m_matrix;
    const auto at = [&](std::size_t row, std::size_t column) -> double& { return a[row * (n + 1) + column]; };
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j) at(i, j) = at(j, i);
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t best = i;
        for (std::size_t k = i + 1; k < n; ++k)
            if (std::abs(at(k, i)) > std::abs(at(best, i))) best = k;
        if (!(std::abs(at(best, i)) > 1e-12)) return std::vector<double>(n);
        if (best != i)
            for (std::size_t j = i; j <= n; ++j) std::swap(at(i, j), at(best, j));
        for (std::size_t k = i + 1; k < n; ++k) {
            const double factor = at(k, i) / at(i, i);
            if (factor != 0)
                for (std::size_t j = i; j <= n; ++j) at(k, j) -= factor * at(i, j);
        }
    }
    std::vector<double> x(n);
    for (std::size_t i = n; i-- > 0;) {
        double sum = at(i, n);
        for (std::size_t j = i + 1; j < n; ++j) sum -= at(i, j) * x[j];
        x[i] = sum / at(i, i);
    }
    return x;
}

}  // namespace pipa::scan
