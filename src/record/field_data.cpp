#include "record/field_data.hpp"

#include <algorithm>
#include <array>

#include "base/heap_sort.hpp"

namespace pipa {
namespace {

using enum FieldKind;
using cbor::Value;

constexpr std::int64_t name_bytes = 160;
constexpr std::int64_t any_value = 1'000'000 * micro;
constexpr std::size_t max_rows = 20'000;  // GB 2763-2021 alone has some ten thousand limits

namespace key {  // of the whole
constexpr std::int64_t edition = 1, bans = 2, limits = 3, seasons = 4, screenings = 5, quotas = 6, live_animals = 7, laying_hens = 8,
                       not_laying = 9, names = 10, aliases = 11, intervals = 12, group_tests = 13, warmest_water = 14;
}
// Of rows; every row has the last two.
constexpr std::int64_t subject = 1, value = 2, products = 3, classes = 4, unit = 5, windows = 6, others = 7, source_text = 8, demo = 9,
                       degree_days = 10;

constexpr Field required(std::int64_t at, std::string_view name, FieldKind kind, std::int64_t limit) {
    return {.key = at, .name = name, .kind = kind, .required = true, .limit = limit};
}
constexpr Field list(std::int64_t at, std::string_view name, FieldKind kind, std::int64_t limit) {
    return {.key = at, .name = name, .kind = kind, .is_list = true, .limit = limit};
}
constexpr Field rows(std::int64_t at, std::string_view name, const Schema& nested) {
    return {.key = at, .name = name, .kind = Record, .is_list = true, .nested = &nested, .max_items = max_rows};
}
constexpr Field product_list = list(products, "products", Integer, 65'535);
constexpr Field class_list = list(classes, "product_classes", Integer, 65);
constexpr Field source_field = required(source_text, "source", Text, 400);
constexpr Field demo_field = {.key = demo, .name = "demo", .kind = Flag};

constexpr std::array ban_fields = {required(subject, "substance", Text, name_bytes), required(value, "use_banned_from", Day, 0), class_list, source_field, demo_field};
constexpr Schema ban_schema{"ban", ban_fields};
constexpr std::array limit_fields = {required(subject, "analyte", Text, name_bytes), required(value, "value", Micro, any_value), product_list, class_list,
                                     required(unit, "unit", Text, 16), source_field, demo_field};
constexpr Schema limit_schema{"limit", limit_fields};
constexpr std::array season_fields = {product_list, Field{.key = windows, .name = "windows", .kind = Text, .required = true, .is_list = true, .limit = 12},
                                      required(value, "keeps_days", Integer, 366), source_field, demo_field};
constexpr Schema season_schema{"season", season_fields};
constexpr std::array screening_fields = {required(subject, "method", Text, name_bytes), required(value, "positive_from", Micro, 100 * micro), source_field, demo_field};
constexpr Schema screening_schema{"screening", screening_fields};
constexpr std::array quota_fields = {product_list, required(value, "nitrogen_kg_per_mu_year", Micro, 1000 * micro), source_field, demo_field};
constexpr Schema quota_schema{"quota", quota_fields};

constexpr std::array alias_fields = {required(subject, "substance", Text, name_bytes),
                                      Field{.key = others, .name = "also", .kind = Text, .required = true, .is_list = true, .limit = name_bytes}};
constexpr Schema alias_schema{"alias", alias_fields};
constexpr std::array interval_fields = {required(subject, "substance", Text, name_bytes), Field{.key = value, .name = "days", .kind = Integer, .limit = 1000}, product_list,
                                        class_list, source_field, demo_field, Field{.key = degree_days, .name = "degree_days", .kind = Integer, .limit = 10'000}};
constexpr Schema interval_schema{"interval", interval_fields};
constexpr std::array group_test_fields = {required(subject, "analyte", Text, name_bytes),
                                          Field{.key = others, .name = "cleared_by", .kind = Text, .required = true, .is_list = true, .limit = name_bytes},
                                          source_field, demo_field};
constexpr Schema group_test_schema{"group test", group_test_fields};

constexpr std::array all_fields = {
    required(key::edition, "edition", Text, 40), rows(key::bans, "bans", ban_schema), rows(key::limits, "limits", limit_schema),
    rows(key::seasons, "seasons", season_schema), rows(key::screenings, "screenings", screening_schema), rows(key::quotas, "quotas", quota_schema),
    list(key::live_animals, "live_animal_products", Integer, 65'535), list(key::laying_hens, "laying_hen_products", Integer, 65'535),
    list(key::not_laying, "not_in_laying_period", Text, name_bytes),
    Field{.key = key::names, .name = "substance_names", .kind = Local, .is_list = true, .max_items = max_rows},
    rows(key::aliases, "substance_aliases", alias_schema), rows(key::intervals, "intervals", interval_schema),
    rows(key::group_tests, "group_tests", group_test_schema), Field{.key = key::warmest_water, .name = "warmest_water", .kind = Micro, .limit = 60 * micro}};
constexpr Schema schema{"field data", all_fields};

// What follows reads values that the schema has passed.
std::string text_of(const Value& row, std::int64_t at) {
    const Value* found = row.find(at);
    return found == nullptr ? std::string{} : std::string{found->text()};
}

std::int64_t number_of(const Value& row, std::int64_t at) {
    const Value* found = row.find(at);
    return found == nullptr ? 0 : found->integer().value_or(0);
}

std::vector<std::uint32_t> numbers_of(const Value& row, std::int64_t at) {
    std::vector<std::uint32_t> out;
    if (const Value* found = row.find(at))
        for (const Value& item : found->items) out.push_back(static_cast<std::uint32_t>(item.integer().value_or(0)));
    return out;
}

std::optional<std::int64_t> optional_number(const Value& row, std::int64_t at) {
    const Value* found = row.find(at);
    return found == nullptr ? std::nullopt : found->integer();
}

std::vector<std::string> texts_of(const Value& row, std::int64_t at) {
    std::vector<std::string> out;
    if (const Value* found = row.find(at))
        for (const Value& item : found->items) out.emplace_back(item.text());
    return out;
}

Source source_of(const Value& row) { return {text_of(row, source_text), row.find(demo) != nullptr}; }

template <typename T, typename Read>
void read_rows(const Value& whole, std::int64_t at, std::vector<T>& out, Read read) {
    const Value* found = whole.find(at);
    if (found == nullptr) return;
    out.reserve(found->items.size());
    for (const Value& row : found->items) {
        out.push_back(read(row));
        out.back().source = source_of(row);
    }
}

// "05-10"
std::optional<MonthDay> parse_month_day(std::string_view text) {
    const auto day = parse_day("2000-" + std::string{text});  // a leap year, so that 02-29 is one
    if (!day) return {};
    const auto two = [&](std::size_t i) { return static_cast<std::uint8_t>((text[i] - '0') * 10 + (text[i + 1] - '0')); };
    return MonthDay{two(0), two(3)};
}

// "05-10..06-10"
bool read_window(std::string_view text, Season& season) {
    if (text.size() != 12 || text.substr(5, 2) != "..") return false;
    const auto from = parse_month_day(text.substr(0, 5));
    const auto until = parse_month_day(text.substr(7));
    if (!from || !until) return false;
    season.windows.emplace_back(*from, *until);
    return true;
}

Result<void> read_seasons(const Value& whole, std::size_t base, std::vector<Season>& out) {
    const Value* bad = nullptr;
    read_rows(whole, key::seasons, out, [&](const Value& row) {
        Season season{.products = numbers_of(row, products), .keeps_days = number_of(row, value)};
        for (const Value& window : row.find(windows)->items)
            if (!read_window(window.text(), season)) bad = &window;
        return season;
    });
    if (bad != nullptr) return fail(ErrorCode::StatementBadField, base + bad->offset, "seasons/windows");
    return {};
}

// Every name that the data gives a substance; then everything by its first name.
void settle_names(const Value& whole, FieldData& data) {
    SubstanceNames& names = data.names;
    const auto alone = [&](std::string_view name) { names.add(name, name); };
    if (const Value* rows = whole.find(key::aliases))
        for (const Value& row : rows->items) {
            alone(text_of(row, subject));
            for (const std::string& other : texts_of(row, others)) names.add(text_of(row, subject), other);
        }
    for (const LocalText& name : data.substance_names) {
        alone(name.zh_hans);
        names.add(name.zh_hans, name.en);
    }
    for (const Ban& row : data.bans) names.add_unknown(row.substance);
    for (const ResidueLimit& row : data.limits) names.add_unknown(row.analyte);
    for (const SafetyInterval& row : data.intervals) names.add_unknown(row.substance);
    for (const std::string& name : data.not_in_laying_period) names.add_unknown(name);
    names.sort();
    for (Ban& row : data.bans) row.substance = names.canonical(row.substance);
    for (ResidueLimit& row : data.limits) row.analyte = names.canonical(row.analyte);
    for (SafetyInterval& row : data.intervals) row.substance = names.canonical(row.substance);
    for (std::string& name : data.not_in_laying_period) name = names.canonical(name);
    for (GroupTest& row : data.group_tests) {
        row.analyte = names.canonical(row.analyte);
        for (std::string& name : row.cleared_by) name = names.canonical(name);
    }
    heap_sort(data.bans, {}, &Ban::substance);
    heap_sort(data.limits, {}, &ResidueLimit::analyte);
    heap_sort(data.intervals, {}, &SafetyInterval::substance);
}

}  // namespace

std::string_view FieldData::english_name(std::string_view substance) const noexcept {
    const auto found = std::ranges::find(substance_names, substance, &LocalText::zh_hans);
    return found == substance_names.end() ? std::string_view{} : std::string_view{found->en};
}

const Schema& field_data_schema() noexcept { return schema; }

Result<FieldData> read_field_data(const Value& whole, std::size_t base) {
    if (auto ok = check_schema(whole, schema, base); !ok) return std::unexpected(ok.error());
    FieldData out{.edition = text_of(whole, key::edition)};
    read_rows(whole, key::bans, out.bans,
              [](const Value& row) { return Ban{text_of(row, subject), static_cast<DayNumber>(number_of(row, value)), numbers_of(row, classes), {}}; });
    read_rows(whole, key::limits, out.limits, [](const Value& row) {
        return ResidueLimit{text_of(row, subject), numbers_of(row, products), numbers_of(row, classes), text_of(row, unit), number_of(row, value), {}};
    });
    if (auto ok = read_seasons(whole, base, out.seasons); !ok) return std::unexpected(ok.error());
    read_rows(whole, key::screenings, out.screenings, [](const Value& row) { return Screening{text_of(row, subject), number_of(row, value), {}}; });
    read_rows(whole, key::quotas, out.quotas, [](const Value& row) { return Quota{numbers_of(row, products), number_of(row, value), {}}; });
    out.live_animal_products = numbers_of(whole, key::live_animals);
    out.laying_hen_products = numbers_of(whole, key::laying_hens);
    if (const Value* names = whole.find(key::not_laying))
        for (const Value& name : names->items) out.not_in_laying_period.emplace_back(name.text());
    if (const Value* names = whole.find(key::names))
        for (const Value& name : names->items) out.substance_names.push_back(local_text(name));
    read_rows(whole, key::intervals, out.intervals, [](const Value& row) {
        return SafetyInterval{text_of(row, subject), numbers_of(row, products), numbers_of(row, classes), optional_number(row, value), optional_number(row, degree_days), {}};
    });
    read_rows(whole, key::group_tests, out.group_tests, [](const Value& row) { return GroupTest{text_of(row, subject), texts_of(row, others), {}}; });
    out.warmest_water_micro = optional_number(whole, key::warmest_water);
    settle_names(whole, out);
    out.encoded = whole;
    return out;
}

}  // namespace pipa
