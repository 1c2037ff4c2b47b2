// The board: what the bureau counted of the district's tests, from signed figures alone (oversight/figures.hpp).
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "oversight/figures.hpp"
#include "page/drawings.hpp"
#include "page/portal_parts.hpp"
#include "page/section_rows.hpp"

namespace pipa {
namespace {

using cose::StatementType;

struct Counted {
    Figures figures{};
    const CheckedStatement* told{};
};

// The newest of each period, the latest period first; the bureau's alone, for nobody else may sign one (record/statement_types.cpp).
std::vector<Counted> periods_of(const PortalInput& input) {
    std::vector<Counted> out;
    for (const CheckedStatement* told : input.standing(StatementType::Figures)) out.push_back({figures_of(*told->statement), told});
    std::ranges::sort(out, {}, [](const Counted& one) {
        return std::tuple{-std::int64_t{one.figures.until}, -std::int64_t{one.figures.from}, -one.told->statement->issued(), one.told->statement->id()};
    });
    const auto same_period = [](const Counted& one, const Counted& other) {
        return one.figures.from == other.figures.from && one.figures.until == other.figures.until;
    };
    const auto rest = std::ranges::unique(out, same_period);
    out.erase(rest.begin(), rest.end());
    return out;
}

std::string show_percent(double share) {
    const auto tenths = std::lround(share * 1000);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string show_period(const Catalogue& catalogue, const Figures& figures) {
    return catalogue.format("value.period", {{"from", show_day(catalogue, figures.from)}, {"until", show_day(catalogue, figures.until)}});
}

std::string show_number(std::int64_t number) { return show_count(static_cast<std::uint64_t>(number)); }

class Board {
public:
    Board(const PortalInput& input, const Counted& counted)
        : m_input(input), m_catalogue(input.catalogue), m_figures(counted.figures), m_voucher(voucher_of_portal(input, *counted.told)) {}

    [[nodiscard]] PortalCard whole() const {
        PortalCard card = titled("whole");
        for (const FigureRow& row : summed(m_figures, FigureView::Whole)) {
            if (row.planned) {
                put(card, {.id = "planned", .label = m_catalogue.text("portal.row.planned"),
                           .value = m_catalogue.format("portal.board.planned", {{"tested", show_number(row.tested)}, {"planned", show_number(*row.planned)}})});
                draw(card, draw_meter("needed", row.tested * 1'000'000, *row.planned * 1'000'000, last(card), {}));
            }
            put_rate(card, "passed", m_catalogue.text("portal.row.passed"), row);
            if (row.failed == 0) continue;
            const Level level = row.disposed == row.failed ? Level::Ok : Level::Caution;
            put(card, {.id = "failed", .label = m_catalogue.text("portal.row.failed"),
                       .value = m_catalogue.format("portal.board.failed", {{"failed", show_number(row.failed)}, {"disposed", show_number(row.disposed)}}),
                       .level = std::string{level_name(level)}});
        }
        return card;
    }

    [[nodiscard]] PortalCard view(std::string_view id, FigureView by) const {
        PortalCard card = titled(id);
        for (const FigureRow& row : summed(m_figures, by)) put_rate(card, key_of(row, by), name_of(row, by), row);
        return card;
    }

private:
    [[nodiscard]] PortalCard titled(std::string_view id) const {
        const std::string key = "portal.board." + std::string{id};
        return {.id = std::string{id}, .title = m_catalogue.text(key), .text = id == "substances" ? m_catalogue.text(key + ".text") : std::string{}};
    }
    [[nodiscard]] static std::int32_t last(const PortalCard& card) noexcept { return static_cast<std::int32_t>(card.rows.size()) - 1; }
    static void draw(PortalCard& card, std::optional<DrawingView> drawing) {
        if (drawing) card.drawings.push_back(std::move(*drawing));
    }
    void put(PortalCard& card, RowView row) const {
        row.voucher = m_voucher;
        card.rows.push_back(std::move(row));
    }

    void put_rate(PortalCard& card, std::string id, std::string label, const FigureRow& row) const {
        if (row.tested == 0) {
            if (row.planned) put(card, {.id = std::move(id), .label = std::move(label), .value = m_catalogue.format("portal.board.untested", {{"planned", show_number(*row.planned)}})});
            return;
        }
        const Interval range = pass_rate(row);
        const double share = static_cast<double>(row.tested - row.failed) / static_cast<double>(row.tested);
        put(card, {.id = std::move(id), .label = std::move(label),
                   .value = m_catalogue.format("portal.board.rate", {{"passed", show_number(row.tested - row.failed)}, {"tested", show_number(row.tested)}, {"percent", show_percent(share)}}),
                   .note = m_catalogue.format("portal.board.interval", {{"low", show_percent(range.low)}, {"high", show_percent(range.high)}})});
        draw(card, draw_rate(share, range.low, range.high, last(card)));
    }

    [[nodiscard]] static std::string key_of(const FigureRow& row, FigureView by) {
        if (by == FigureView::ByTown) return std::to_string(row.division);
        if (by == FigureView::ByClass) return row.product_class ? std::to_string(*row.product_class) : "0";
        return row.substance;
    }
    [[nodiscard]] std::string name_of(const FigureRow& row, FigureView by) const {
        if (by == FigureView::BySubstance) return show_substance({m_input.asked, m_input.trust(), m_catalogue}, row.substance);
        if (by == FigureView::ByTown && row.division != 0) {
            const LocalText* name = m_input.trust().division_name(row.division);
            return name == nullptr ? std::to_string(row.division) : m_catalogue.pick(*name);
        }
        if (by == FigureView::ByClass && row.product_class) return class_name(*row.product_class);
        return m_catalogue.text("portal.board.not_told");
    }
    // A class has no name of its own in what the district signs: the first of its products, and how many more there are.
    [[nodiscard]] std::string class_name(std::uint32_t number) const {
        std::vector<const NamedCode*> products;
        if (m_input.trust().is_loaded())
            for (const NamedCode& product : m_input.trust().pack().products)
                if (product_class(static_cast<std::uint32_t>(product.code)) == number) products.push_back(&product);
        if (products.empty()) return m_catalogue.format("portal.board.class", {{"number", std::to_string(number)}});
        const std::string first = m_catalogue.pick(products.front()->name);
        return products.size() == 1 ? first : m_catalogue.format("portal.board.class_of", {{"product", first}, {"count", show_count(products.size() - 1)}});
    }

    const PortalInput& m_input;
    const Catalogue& m_catalogue;
    const Figures& m_figures;
    std::string m_voucher;
};

// One row a period, so that years can be held against each other.
PortalCard earlier_card(const PortalInput& input, std::span<const Counted> earlier) {
    const Catalogue& catalogue = input.catalogue;
    PortalCard out{.id = "periods", .title = catalogue.text("portal.board.periods")};
    for (const Counted& counted : earlier) {
        if (!adds_up(counted.figures)) {
            out.rows.push_back({.id = std::string{counted.told->statement->id()}, .label = show_period(catalogue, counted.figures), .value = catalogue.text("portal.board.broken"),
                                .voucher = voucher_of_portal(input, *counted.told), .level = std::string{level_name(Level::Caution)}});
            continue;
        }
        PortalCard whole = Board(input, counted).whole();
        const auto passed = std::ranges::find(whole.rows, "passed", &RowView::id);
        if (passed == whole.rows.end()) continue;
        const auto at = static_cast<std::int32_t>(passed - whole.rows.begin());
        for (DrawingView& drawing : whole.drawings) {
            if (drawing.row != at) continue;
            drawing.row = static_cast<std::int32_t>(out.rows.size());
            out.drawings.push_back(std::move(drawing));
        }
        passed->id = counted.told->statement->id();
        passed->label = show_period(catalogue, counted.figures);
        out.rows.push_back(std::move(*passed));
    }
    return out;
}

}  // namespace

PortalPart board_part(const PortalInput& input) {
    const Catalogue& catalogue = input.catalogue;
    PortalPart out{.id = "board", .title = catalogue.text("portal.board.title")};
    if (input.around == nullptr) return missing_part(std::move(out), catalogue.text("portal.board.missing"));
    // Figures that somebody left out may be the ones that count.
    if (input.around->missing > 0) out.level = level_name(Level::Unknown);
    const std::vector<Counted> periods = periods_of(input);
    if (periods.empty()) {
        out.text = catalogue.text(input.around->missing > 0 ? "portal.board.missing" : "portal.board.none");
        return out;
    }
    const Counted& newest = periods.front();
    out.text = catalogue.format("portal.board.text", {{"period", show_period(catalogue, newest.figures)}, {"time", show_time(catalogue, newest.told->statement->issued())}});
    if (input.around->missing > 0) out.text += (catalogue.is_chinese() ? "" : " ") + catalogue.format("portal.producers.short", {{"count", show_count(input.around->missing)}});
    if (adds_up(newest.figures)) {
        const Board board(input, newest);
        out.cards = {board.whole(), board.view("towns", FigureView::ByTown), board.view("classes", FigureView::ByClass), board.view("substances", FigureView::BySubstance)};
    } else {
        out.cards.push_back({.id = "whole", .title = catalogue.text("portal.board.whole"), .level = std::string{level_name(Level::Caution)}, .text = catalogue.text("portal.board.broken")});
    }
    out.cards.push_back(earlier_card(input, std::span(periods).subspan(1)));
    std::erase_if(out.cards, [](const PortalCard& card) { return card.rows.empty() && card.level.empty(); });
    return out;
}

}  // namespace pipa
