// Versioned facts of the field: bans with their dates, limits, seasons, screening thresholds, quotas, label rules.
// Data, never code: assets/field/field.json, each row with its source and how sure it is. Rows that are not sure enough
// to be shown are left out when the file is made. Errors: json.invalid with the path of the row.
#pragma once

#include <map>
#include <vector>

#include "base/civil_time.hpp"

namespace pipa {

struct Source {
    std::string text{};   // "MARA notice 536"
    bool demo{};          // for demonstration only, not confirmed
};

struct Ban {  // no use at all from that day on
    std::string substance{};
    DayNumber use_banned_from{};
    std::vector<std::uint32_t> product_classes{};  // empty: everywhere
    Source source{};
};

struct ResidueLimit {
    std::string analyte{};
    std::vector<std::uint32_t> products{};  // product codes; or
    std::vector<std::uint32_t> product_classes{};
    std::string unit{};
    std::int64_t micro_value{};             // in millionths of the unit; 0: must not be detectable
    Source source{};
};

struct MonthDay {
    std::uint8_t month{};
    std::uint8_t day{};
    friend auto operator<=>(const MonthDay&, const MonthDay&) = default;
};

struct Season {
    std::vector<std::uint32_t> products{};
    std::vector<std::pair<MonthDay, MonthDay>> windows{};  // a window may run over the turn of the year
    std::int64_t keeps_days{};  // how long after the window fresh goods are still plausible
    Source source{};
};

struct Screening {  // a quick test counts as positive from here on
    std::string method{};
    std::int64_t positive_from_micro{};  // per cent inhibition, in millionths
    Source source{};
};

struct FieldData {
    std::string edition{};
    std::vector<Ban> bans{};
    std::vector<ResidueLimit> limits{};
    std::vector<Season> seasons{};
    std::vector<Screening> screenings{};
    std::vector<std::uint32_t> live_animal_products{};    // need a quarantine certificate of their own
    std::vector<std::uint32_t> laying_hen_products{};     // drugs that are not allowed in the laying period matter here
    std::vector<std::string> not_in_laying_period{};
    std::map<std::string, std::string, std::less<>> english_names{};  // of substances, by their Chinese names
};

[[nodiscard]] Result<FieldData> parse_field_data(std::string_view json);

// Is the day inside one of the season's windows, each prolonged by `extra_days` at its end?
[[nodiscard]] bool in_season(const Season& season, DayNumber day, std::int64_t extra_days) noexcept;

}  // namespace pipa
