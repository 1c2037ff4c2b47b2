// The score interval of a proportion: what the true rate may be, given so many of so many.
// Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927), without continuity
// correction; at 95 %. It stays between 0 and 1, also for none and for all, and few trials make it wide.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace pipa {

struct Interval {
    double low{};
    double high{1};
};

// 0 <= successes <= trials. Without trials nothing is known: 0 to 1.
[[nodiscard]] inline Interval wilson_interval(std::int64_t successes, std::int64_t trials) noexcept {
    constexpr double z = 1.959963984540054;  // the normal distribution's 0.975 quantile
    if (trials <= 0) return {};
    const double n = static_cast<double>(trials);
    const double p = static_cast<double>(successes) / n;
    const double scale = 1 / (1 + z * z / n);
    const double centre = scale * (p + z * z / (2 * n));
    const double half = scale * z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return {successes == 0 ? 0.0 : std::max(0.0, centre - half), successes == trials ? 1.0 : std::min(1.0, centre + half)};
}

}  // namespace pipa
