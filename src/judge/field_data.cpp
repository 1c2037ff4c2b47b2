#include "judge/field_data.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "record/schema.hpp"

namespace pipa {
namespace {

using Json = nlohmann::json;

// Reads rows of one list; the first row that is not as it should be is remembered by its path.
class Rows {
public:
    explicit Rows(const Json& root) : m_root(root) {}

    template <typename T, typename Read>
    void list(const char* name, std::vector<T>& out, Read read) {
        const auto found = m_root.find(name);
        if (found == m_root.end() || !found->is_array()) return bad(name);
        for (const Json& row : *found) {
            m_row = &row;
            m_path = std::string{name} + "/" + std::to_string(out.size());
            if (!row.is_object()) return bad(m_path);
            T item = read();
            item.source = source();
            out.push_back(std::move(item));
        }
    }

    std::string text(const char* name) {
        const auto found = m_row->find(name);
        const auto* value = found == m_row->end() ? nullptr : found->get_ptr<const std::string*>();
        if (value == nullptr) bad(m_path + "/" + name);
        return value == nullptr ? std::string{} : *value;
    }
    std::int64_t number(const char* name) {
        const auto found = m_row->find(name);
        const bool good = found != m_row->end() && found->is_number_integer();
        if (!good) bad(m_path + "/" + name);
        return good ? found->get<std::int64_t>() : 0;
    }
    DayNumber day(const char* name) {
        const auto parsed = parse_day(text(name));
        if (!parsed) bad(m_path + "/" + name);
        return parsed.value_or(0);
    }
    std::int64_t micro_value(const char* name) {
        const auto parsed = parse_micro(text(name));
        if (!parsed) bad(m_path + "/" + name);
        return parsed.value_or(0);
    }
    std::vector<std::uint32_t> numbers(const char* name) { return numbers_in(*m_row, name); }
    std::vector<std::uint32_t> numbers_in(const Json& object, const char* name) {
        std::vector<std::uint32_t> out;
        const auto found = object.find(name);
        if (found == object.end()) return out;
        for (const Json& item : *found) {
            if (item.is_number_unsigned()) out.push_back(item.get<std::uint32_t>());
            else bad(m_path + "/" + name);
        }
        return out;
    }
    void bad(std::string path) {
        if (m_bad.empty()) m_bad = std::move(path);
    }
    [[nodiscard]] const Json& row() const { return *m_row; }
    [[nodiscard]] const std::string& first_bad() const noexcept { return m_bad; }

private:
    Source source() {
        const auto demo = m_row->find("demo");
        return {text("source"), demo != m_row->end() && demo->is_boolean() && demo->get<bool>()};
    }

    const Json& m_root;
    const Json* m_row{};
    std::string m_path{};
    std::string m_bad{};
};

// "05-10"
std::optional<MonthDay> parse_month_day(std::string_view text) {
    const auto day = parse_day("2000-" + std::string{text});  // a leap year, so that 02-29 is one
    if (!day) return {};
    const auto digit = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i] - '0'); };
    return MonthDay{static_cast<std::uint8_t>(digit(0) * 10 + digit(1)), static_cast<std::uint8_t>(digit(3) * 10 + digit(4))};
}

Season read_season(Rows& rows) {
    Season season{.products = rows.numbers("products"), .keeps_days = rows.number("keeps_days")};
    const auto windows = rows.row().find("windows");
    if (windows == rows.row().end() || !windows->is_array()) {
        rows.bad("seasons/windows");
        return season;
    }
    for (const Json& window : *windows) {
        const auto* text = window.get_ptr<const std::string*>();
        const auto from = text != nullptr && text->size() == 12 ? parse_month_day(text->substr(0, 5)) : std::nullopt;
        const auto until = text != nullptr && text->size() == 12 ? parse_month_day(text->substr(7)) : std::nullopt;
        if (from && until) season.windows.emplace_back(*from, *until);
        else rows.bad("seasons/windows");
    }
    return season;
}

std::vector<std::string> texts_in(const Json& root, const char* name) {
    std::vector<std::string> out;
    if (const auto found = root.find(name); found != root.end())
        for (const Json& item : *found)
            if (const auto* text = item.get_ptr<const std::string*>()) out.push_back(*text);
    return out;
}

}  // namespace

Result<FieldData> parse_field_data(std::string_view json) {
    const Json root = Json::parse(json, nullptr, false);
    if (!root.is_object()) return fail(ErrorCode::JsonInvalid);
    FieldData out;
    Rows rows(root);
    if (const auto edition = root.find("edition"); edition != root.end() && edition->is_string()) out.edition = edition->get<std::string>();
    else rows.bad("edition");
    rows.list("bans", out.bans, [&] { return Ban{rows.text("substance"), rows.day("use_banned_from"), rows.numbers("product_classes"), {}}; });
    rows.list("limits", out.limits, [&] {
        return ResidueLimit{rows.text("analyte"), rows.numbers("products"), rows.numbers("product_classes"), rows.text("unit"), rows.micro_value("value"), {}};
    });
    rows.list("seasons", out.seasons, [&] { return read_season(rows); });
    rows.list("screenings", out.screenings, [&] { return Screening{rows.text("method"), rows.micro_value("positive_from"), {}}; });
    out.live_animal_products = rows.numbers_in(root, "live_animal_products");
    out.laying_hen_products = rows.numbers_in(root, "laying_hen_products");
    out.not_in_laying_period = texts_in(root, "not_in_laying_period");
    if (const auto names = root.find("english_names"); names != root.end())
        for (const auto& [chinese, english] : names->items())
            if (const auto* text = english.get_ptr<const std::string*>()) out.english_names.emplace(chinese, *text);
    if (!rows.first_bad().empty()) return fail(ErrorCode::JsonInvalid, {}, rows.first_bad());
    return out;
}

bool in_season(const Season& season, DayNumber day, std::int64_t extra_days) noexcept {
    using namespace std::chrono;
    const auto month_day_of = [](DayNumber number) {
        const year_month_day date{sys_days{days{number}}};
        return MonthDay{static_cast<std::uint8_t>(static_cast<unsigned>(date.month())), static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
    };
    // A day is plausible when some day within the last `extra_days` lay inside a window.
    for (std::int64_t back = 0; back <= std::min<std::int64_t>(extra_days, 366); ++back) {
        const MonthDay date = month_day_of(static_cast<DayNumber>(day - back));
        for (const auto& [from, until] : season.windows) {
            const bool inside = from <= until ? date >= from && date <= until : date >= from || date <= until;
            if (inside) return true;
        }
    }
    return false;
}

}  // namespace pipa
