// Small dense systems: A x = b for symmetric A, as least squares makes them. A few dozen unknowns, so plain elimination does,
// and a linear algebra library would weigh more in the browser than the reader.
#pragma once

#include <cstddef>
#include <vector>

namespace pipa::scan {

class NormalEquations {
public:
    explicit NormalEquations(std::size_t unknowns);
    void add(const double* terms, double target, double weight = 1);
    void hold_small(std::size_t unknown, double strength);  // a ridge: what the data do not say stays near 0
    // All zero when the equations do not determine an answer.
    [[nodiscard]] std::vector<double> solve() const;

private:
    std::size_t m_unknowns;
    std::vector<double> m_matrix;  // row by row, the target as one more column; only column >= row is filled
};

}  // namespace pipa::scan
