// Versioned facts of the field: bans with their dates, limits, seasons, screening thresholds, quotas. Data, never code:
// assets/field/field.json, each row with its source; rows that are not sure enough for a screen are left out there.
// Substances in bans, limits, intervals and group tests are held as SubstanceNames::canonical gives them.
// It travels inside the trust pack, so that whoever has keys to trust has the facts to judge with. Wire form: field_data.cddl.
// Errors: statement.* with the path of the field ("bans/0/use_banned_from").
#pragma once

#include "record/schema.hpp"
#include "record/substances.hpp"

namespace pipa {

struct LocalText {
    std::string zh_hans{};
    std::string en{};  // may be empty; zh_hans then stands for both
};

struct Source {
    std::string text{};  // "MARA notice 536"
    bool demo{};         // for demonstration only, not confirmed
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

struct SafetyInterval {  // between the last use and the harvest, whatever a record says less of
    std::string substance{};
    std::vector<std::uint32_t> products{};  // product codes; or
    std::vector<std::uint32_t> product_classes{};
    std::optional<std::int64_t> days{};
    std::optional<std::int64_t> degree_days{};
    Source source{};
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

struct GroupTest {  // one result for many substances, and the results that together say as much
    std::string analyte{};
    std::vector<std::string> cleared_by{};
    Source source{};
};

struct Quota {  // 双定额: what a mu may be given in a year
    std::vector<std::uint32_t> products{};
    std::int64_t nitrogen_micro{};  // kg of nitrogen per mu and year, in millionths
    Source source{};
};

struct FieldData {
    std::string edition{};
    std::vector<Ban> bans{};
    std::vector<ResidueLimit> limits{};
    std::vector<Season> seasons{};
    std::vector<Screening> screenings{};
    std::vector<Quota> quotas{};
    std::vector<std::uint32_t> live_animal_products{};  // need a quarantine certificate of their own
    std::vector<std::uint32_t> laying_hen_products{};   // drugs that are not allowed in the laying period matter here
    std::vector<std::string> not_in_laying_period{};
    std::vector<LocalText> substance_names{};           // statements name substances in Chinese
    std::vector<SafetyInterval> intervals{};
    std::vector<GroupTest> group_tests{};
    std::optional<std::int64_t> warmest_water_micro{};  // degrees Celsius: no pond is warmer for days on end
    SubstanceNames names{};                             // of all substances above
    cbor::Value encoded{};                              // as it was read, to be written again

    // The substance's English name; empty where none is known.
    [[nodiscard]] std::string_view english_name(std::string_view substance) const noexcept;
    [[nodiscard]] bool is_loaded() const noexcept { return !edition.empty(); }
};

[[nodiscard]] const Schema& field_data_schema() noexcept;
// `base` is the offset of the value's bytes in the message.
[[nodiscard]] Result<FieldData> read_field_data(const cbor::Value& value, std::size_t base);

}  // namespace pipa
