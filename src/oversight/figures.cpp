#include "oversight/figures.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace pipa {
namespace {

// -1 stands for 'not told', so that such rows sort first and are seen.
using Cell = std::tuple<std::string, std::int64_t, std::int64_t>;  // substance, division, class

Cell cell_of(const FigureRow& row) {
    return {row.substance, row.division, row.product_class ? static_cast<std::int64_t>(*row.product_class) : -1};
}

class Table {
public:
    FigureRow& row(const FigureRow& like) {
        FigureRow& found = m_rows[cell_of(like)];
        found.substance = like.substance;
        found.division = like.division;
        found.product_class = like.product_class;
        return found;
    }

    void add(const FigureRow& like, const FigureRow& counts) {
        FigureRow& found = row(like);
        if (counts.planned) found.planned = found.planned.value_or(0) + *counts.planned;
        found.tested += counts.tested;
        found.failed += counts.failed;
        found.disposed += counts.disposed;
    }

    [[nodiscard]] std::vector<FigureRow> rows() const {
        std::vector<FigureRow> out;
        for (const auto& [cell, row] : m_rows) out.push_back(row);
        return out;
    }

private:
    std::map<Cell, FigureRow> m_rows{};
};

Result<Figures> with_rows(DayNumber from, DayNumber until, const Table& table) {
    Figures out{from, until, table.rows()};
    if (out.rows.size() > max_list_items) return fail(ErrorCode::FiguresTooManyRows, {}, std::to_string(out.rows.size()));
    return out;
}

}  // namespace

Result<Figures> count_figures(std::span<const TestedBatch> batches, std::span<const Failure> failures, DayNumber from, DayNumber until,
                              std::span<const FigureRow> plan) {
    Table table;
    for (const FigureRow& planned : plan) table.add(planned, planned);
    std::vector<crypto::Digest> closed_tests;
    for (const Failure& failure : failures)
        if (failure.state == FailureState::Closed) closed_tests.push_back(failure.batch.test);
    std::ranges::sort(closed_tests);
    for (const TestedBatch& batch : batches) {
        if (!batch.counted || batch.outcome == Outcome::Waiting || batch.reported < from || batch.reported > until) continue;
        const bool closed = std::ranges::binary_search(closed_tests, batch.test);
        const auto count = [&](const FigureRow& like, bool failed) {
            table.add(like, {.tested = 1, .failed = failed, .disposed = failed && closed});
        };
        count({.product_class = batch.product_class, .division = batch.town}, batch.outcome == Outcome::Failed);
        for (const std::string& substance : std::set(batch.substances.begin(), batch.substances.end()))
            count({.substance = substance}, std::ranges::find(batch.failed_substances, substance) != batch.failed_substances.end());
    }
    return with_rows(from, until, table);
}

Result<Figures> sum_figures(std::span<const Figures> parts) {
    Table table;
    std::map<std::int64_t, std::size_t> part_of_town;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].from != parts[0].from || parts[i].until != parts[0].until)
            return fail(ErrorCode::FiguresNotOneWhole, {}, format_day(parts[i].from) + ".." + format_day(parts[i].until));
        for (const FigureRow& row : parts[i].rows) {
            const bool about_place = row.substance.empty() && row.division != 0;
            if (about_place && part_of_town.try_emplace(row.division, i).first->second != i)
                return fail(ErrorCode::FiguresNotOneWhole, {}, std::to_string(row.division));
            table.add(row, row);
        }
    }
    return parts.empty() ? Figures{} : with_rows(parts[0].from, parts[0].until, table);
}

std::vector<FigureRow> summed(const Figures& figures, FigureView view) {
    Table table;
    for (const FigureRow& row : figures.rows) {
        if (row.substance.empty() == (view == FigureView::BySubstance)) continue;
        FigureRow like;
        if (view == FigureView::ByClass) like.product_class = row.product_class;
        if (view == FigureView::ByTown) like.division = row.division;
        if (view == FigureView::BySubstance) like.substance = row.substance;
        table.add(like, row);
    }
    return table.rows();
}

bool adds_up(const Figures& figures) noexcept {
    return figures.from <= figures.until && std::ranges::all_of(figures.rows, [](const FigureRow& row) { return row.disposed <= row.failed && row.failed <= row.tested; });
}

Figures figures_of(const ParsedStatement& statement) {
    Figures out{statement.day(figures_key::from).value_or(0), statement.day(figures_key::until).value_or(0), {}};
    for (const cbor::Value& item : statement.list(figures_key::rows)) {
        const auto number = [&](std::int64_t key) { return item.find(key) == nullptr ? std::nullopt : item.find(key)->integer(); };
        FigureRow row;
        if (const auto code = number(figure_row_key::product_class)) row.product_class = static_cast<std::uint32_t>(*code);
        if (const cbor::Value* substance = item.find(figure_row_key::substance)) row.substance = substance->text();
        row.division = number(figure_row_key::division).value_or(0);
        row.planned = number(figure_row_key::planned);
        row.tested = number(figure_row_key::tested).value_or(0);
        row.failed = number(figure_row_key::failed).value_or(0);
        row.disposed = number(figure_row_key::disposed).value_or(0);
        out.rows.push_back(std::move(row));
    }
    return out;
}

cbor::Value figures_payload(const Figures& figures, std::string_view id, UnixSeconds issued) {
    cbor::Value rows = cbor::make_array();
    for (const FigureRow& row : figures.rows) {
        cbor::MapBuilder map;
        if (row.product_class) map.add(figure_row_key::product_class, cbor::make_unsigned(*row.product_class));
        if (!row.substance.empty()) map.add(figure_row_key::substance, cbor::make_text(row.substance));
        if (row.division != 0) map.add(figure_row_key::division, cbor::make_integer(row.division));
        if (row.planned) map.add(figure_row_key::planned, cbor::make_integer(*row.planned));
        map.add(figure_row_key::tested, cbor::make_integer(row.tested));
        map.add(figure_row_key::failed, cbor::make_integer(row.failed));
        map.add(figure_row_key::disposed, cbor::make_integer(row.disposed));
        rows.items.push_back(map.finish());
    }
    cbor::MapBuilder payload;
    payload.add(statement_key::id, cbor::make_text(id));
    payload.add(statement_key::issued, cbor::make_integer(issued));
    payload.add(figures_key::from, cbor::make_integer(figures.from));
    payload.add(figures_key::until, cbor::make_integer(figures.until));
    payload.add(figures_key::rows, std::move(rows));
    return payload.finish();
}

}  // namespace pipa
