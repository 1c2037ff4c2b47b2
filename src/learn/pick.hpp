// 'When may it be picked?': on a calendar that begins with the day of the last use, a visitor looks for the first day on which
// the goods may be harvested. How long they must wait comes from the field data that the trust brings (record/field_data.hpp),
// and days are counted as the judge counts them (judge/rules_inputs.cpp): the day of use is day 0, degree-days are the water's
// temperature times whole days.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/civil_time.hpp"
#include "page/catalogue.hpp"
#include "record/trust_pack.hpp"

namespace pipa {

// The longest wait that a calendar here has room for.
inline constexpr std::int64_t max_pick_days = 35;

struct PickDayView {
    std::string text{};    // "20"; with the month where one begins: "12/1"
    std::string label{};   // "20 November 2026"
    bool right{};          // the first day on which it may be done
    std::string answer{};  // what is said of that day
};

struct PickRoundView {
    std::string progress{};
    std::string question{};
    std::vector<PickDayView> days{};  // whole weeks, from the day of use
    std::string source{};
    std::string demo{};  // empty, or that these days are only for demonstration
};

struct PickGameView {
    std::string language{};
    std::string title{};
    std::string text{};  // one sentence for the list
    std::string introduction{};
    std::vector<PickRoundView> rounds{};
    std::string done{};
    std::string article_id{};
    std::string article_title{};
};

// A round for each interval of the field data that is about goods of the register and fits the calendar; last used in the goods'
// season, or on the day of `now`. Empty where there is none.
[[nodiscard]] std::optional<PickGameView> make_pick_game(const FieldData& field, std::span<const NamedCode> products, UnixSeconds now,
                                                         const Catalogue& catalogue);

}  // namespace pipa
