#include "learn/pick.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include "judge/field_data.hpp"
#include "page/format.hpp"
#include "record/certificate.hpp"

namespace pipa {
namespace {

constexpr std::int64_t days_a_week = 7;
constexpr std::string_view article = "interval";
// Ponds of the rounds in degree-days, one after the other: a warm one and a cool one.
constexpr std::array<std::int64_t, 2> water_temperatures = {25, 15};

constexpr DayNumber days_a_year = 366;

struct Wait {
    const SafetyInterval* interval{};
    const NamedCode* product{};
    std::int64_t needed{};       // days or degree-days
    std::int64_t temperature{};  // 0 where days are counted
    std::int64_t first_day{};    // counted from the day of use

    [[nodiscard]] bool in_degrees() const noexcept { return temperature != 0; }
};

template <typename Row>
bool is_about(const Row& row, const NamedCode& product) {
    const auto code = static_cast<std::uint32_t>(product.code);
    if (std::ranges::find(row.products, code) != row.products.end()) return true;
    if constexpr (requires { row.product_classes; })
        return std::ranges::find(row.product_classes, product_class(code)) != row.product_classes.end();
    return false;
}

// Of several rows for the same substance and goods the longest counts, as for the judge.
Wait wait_for(const FieldData& field, const SafetyInterval& interval, const NamedCode& product) {
    Wait out{.interval = &interval, .product = &product, .needed = interval.days.value_or(interval.degree_days.value_or(0))};
    for (const SafetyInterval& other : field.intervals)
        if (other.substance == interval.substance && is_about(other, product) && other.days.has_value() == interval.days.has_value())
            out.needed = std::max(out.needed, other.days.value_or(other.degree_days.value_or(0)));
    return out;
}

std::vector<Wait> waits_of(const FieldData& field, std::span<const NamedCode> products) {
    std::vector<Wait> out;
    std::size_t ponds = 0;
    for (const SafetyInterval& interval : field.intervals) {
        const auto product = std::ranges::find_if(products, [&](const NamedCode& each) { return is_about(interval, each); });
        if (product == products.end() || interval.days.has_value() == interval.degree_days.has_value()) continue;
        Wait wait = wait_for(field, interval, *product);
        if (interval.degree_days) wait.temperature = water_temperatures[ponds++ % water_temperatures.size()];
        wait.first_day = wait.in_degrees() ? wait.needed / wait.temperature + (wait.needed % wait.temperature != 0 ? 1 : 0) : wait.needed;
        if (wait.first_day >= 1 && wait.first_day <= max_pick_days) out.push_back(wait);
    }
    // Short waits before long ones, and what is counted in degrees last. Nothing is equal, so that the order is one on every machine.
    std::ranges::sort(out, {}, [](const Wait& wait) { return std::tuple{wait.in_degrees(), wait.first_day, wait.interval}; });
    return out;
}

// The last day up to today on which the goods can have been treated and be harvested in their season; today where they have none.
DayNumber day_of_use(const Wait& wait, const FieldData& field, DayNumber today) {
    const auto season = std::ranges::find_if(field.seasons, [&](const Season& each) { return is_about(each, *wait.product); });
    if (season == field.seasons.end()) return today;
    for (DayNumber day = today; day > today - days_a_year; --day)
        if (in_season(*season, day, 0) && in_season(*season, static_cast<DayNumber>(day + wait.first_day), 0)) return day;
    return today;
}

std::string cell_text(DayNumber day, bool first) {
    const std::string date = format_day(day);  // 2026-05-02
    const auto plain = [&](std::size_t at) { return date[at] == '0' ? date.substr(at + 1, 1) : date.substr(at, 2); };
    return first || date.ends_with("-01") ? plain(5) + "/" + plain(8) : plain(8);
}

class RoundMaker {
public:
    RoundMaker(const Wait& wait, const FieldData& field, DayNumber used, const Catalogue& catalogue)
        : m_wait(wait), m_field(field), m_used(used), m_catalogue(catalogue) {}

    [[nodiscard]] PickRoundView make(std::string progress) const {
        const std::string_view english = m_field.english_name(m_wait.interval->substance);
        const std::string substance = m_catalogue.is_chinese() || english.empty() ? m_wait.interval->substance : std::string{english};
        PickRoundView out{.progress = std::move(progress)};
        out.question = m_catalogue.format(m_wait.in_degrees() ? "learn.pick.degree_days" : "learn.pick.days",
                                          {{"product", m_catalogue.pick(m_wait.product->name)},
                                           {"substance", substance},
                                           {"date", show_day(m_catalogue, m_used)},
                                           {"needed", std::to_string(m_wait.needed)},
                                           {"temperature", std::to_string(m_wait.temperature)}});
        out.source = m_catalogue.format("learn.pick.source", {{"source", m_wait.interval->source.text}});
        if (m_wait.interval->source.demo) out.demo = m_catalogue.text("learn.pick.demo");
        // Room for a late answer behind the right one.
        const std::int64_t weeks = (m_wait.first_day + 2 + days_a_week) / days_a_week;
        for (std::int64_t day = 0; day < weeks * days_a_week; ++day) out.days.push_back(make_day(day));
        return out;
    }

private:
    [[nodiscard]] PickDayView make_day(std::int64_t day) const {
        const auto date = static_cast<DayNumber>(m_used + day);
        return {cell_text(date, day == 0), show_day(m_catalogue, date), day == m_wait.first_day, answer(day, date)};
    }

    [[nodiscard]] std::string answer(std::int64_t day, DayNumber date) const {
        const std::string shown = show_day(m_catalogue, date);
        const std::string needed = std::to_string(m_wait.needed);
        if (day < m_wait.first_day && m_wait.in_degrees())
            return m_catalogue.format("learn.pick.early_degrees",
                                      {{"date", shown}, {"kept", std::to_string(day * m_wait.temperature)}, {"needed", needed}});
        if (day < m_wait.first_day)
            return m_catalogue.format("learn.pick.early", {{"date", shown}, {"day", std::to_string(day)}, {"needed", needed}});
        if (day == m_wait.first_day) return m_catalogue.format("learn.pick.first", {{"date", shown}, {"day", std::to_string(day)}});
        return m_catalogue.format("learn.pick.late", {{"date", show_day(m_catalogue, static_cast<DayNumber>(m_used + m_wait.first_day))}});
    }

    const Wait& m_wait;
    const FieldData& m_field;
    DayNumber m_used;
    const Catalogue& m_catalogue;
};

}  // namespace

std::optional<PickGameView> make_pick_game(const FieldData& field, std::span<const NamedCode> products, UnixSeconds now,
                                           const Catalogue& catalogue) {
    const std::vector<Wait> waits = waits_of(field, products);
    if (waits.empty()) return {};
    PickGameView out{.language = catalogue.language(),
                     .title = catalogue.text("learn.pick.title"),
                     .text = catalogue.text("learn.pick.text"),
                     .introduction = catalogue.text("learn.pick.introduction"),
                     .done = catalogue.text("learn.pick.done"),
                     .article_id = std::string{article},
                     .article_title = catalogue.text("lesson." + std::string{article})};
    const std::string total = std::to_string(waits.size());
    for (const Wait& wait : waits) {
        const std::string number = std::to_string(out.rounds.size() + 1);
        const RoundMaker maker(wait, field, day_of_use(wait, field, day_of(now)), catalogue);
        out.rounds.push_back(maker.make(catalogue.format("learn.quiz.progress", {{"number", number}, {"total", total}})));
    }
    return out;
}

}  // namespace pipa
