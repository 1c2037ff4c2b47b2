// The dearest dossiers that fit: each drives one rule to its limits. For tests that bound the work, and for tests/bench/worst.mjs.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/civil_time.hpp"

namespace pipa::test {

struct WorstDossier {
    std::string name{};  // "plots"
    std::string text{};  // what the certificate's code says
    Bytes dossier{};
};

inline constexpr UnixSeconds worst_issued = 1'794'450'000;  // 2026-11-12
inline constexpr UnixSeconds worst_now = worst_issued + 86'400;

// Signed by the office of support/district.hpp, with the field data of assets/field.
[[nodiscard]] Bytes worst_trust();

// Plots and lots at every limit: half harvests, half sprayings with what is banned.
[[nodiscard]] WorstDossier worst_plots();
// One failed test of many substances, and rechecks of it without end.
[[nodiscard]] WorstDossier worst_rechecks();
// A producer's flood of withdrawals, and a recall behind it.
[[nodiscard]] WorstDossier worst_notices();
// Bought goods: as many certificates upstream as are judged, all of the one lot that either of the first two is about.
[[nodiscard]] WorstDossier worst_upstream_plots();
[[nodiscard]] WorstDossier worst_upstream_rechecks();

}  // namespace pipa::test
