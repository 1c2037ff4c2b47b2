// Figures for the board: counts that add up, from tested batches, and back from a signed `figures` statement.
//
// Rows with a town and a class of product count batches, each batch once: summed over towns they are the district's, and a
// district's rows are a province's. Rows with a substance count measurements in the whole period; one batch has several,
// so they are never added to the others. Rates and intervals are computed when shown, never stored.
// Errors: figures.too_many_rows, figures.not_one_whole.
#pragma once

#include "oversight/wilson.hpp"
#include "oversight/monitoring.hpp"

namespace pipa {

struct FigureRow {
    std::optional<std::uint32_t> product_class{};
    std::string substance{};
    std::int64_t division{};  // 0: none
    std::optional<std::int64_t> planned{};
    std::int64_t tested{};
    std::int64_t failed{};
    std::int64_t disposed{};  // of the failed ones, so many are closed

    friend bool operator==(const FigureRow&, const FigureRow&) = default;
};

struct Figures {
    DayNumber from{};
    DayNumber until{};
    std::vector<FigureRow> rows{};
};

// Counted batches that were reported in the period and whose outcome is known. `plan`: rows with `planned` alone.
[[nodiscard]] Result<Figures> count_figures(std::span<const TestedBatch> batches, std::span<const Failure> failures, DayNumber from,
                                            DayNumber until, std::span<const FigureRow> plan);

// Figures of several towns or districts as one. They must cover one period, and no two may speak of one town.
[[nodiscard]] Result<Figures> sum_figures(std::span<const Figures> parts);

enum class FigureView : std::uint8_t { Whole, ByClass, ByTown, BySubstance };
// The rows of one view: summed over everything else.
[[nodiscard]] std::vector<FigureRow> summed(const Figures& figures, FigureView view);

// Whether it can be: of each row's batches no more failed than were tested, and no more were dealt with than failed.
[[nodiscard]] bool adds_up(const Figures& figures) noexcept;

// Of the tested, the share that passed.
[[nodiscard]] inline Interval pass_rate(const FigureRow& row) noexcept { return wilson_interval(row.tested - row.failed, row.tested); }

[[nodiscard]] Figures figures_of(const ParsedStatement& statement);
// The statement's payload fields `from`, `until` and `rows`, to which id and time are added.
[[nodiscard]] cbor::Value figures_payload(const Figures& figures, std::string_view id, UnixSeconds issued);

}  // namespace pipa
