// What rules ask of the field data (record/field_data.hpp).
#pragma once

#include "record/field_data.hpp"

namespace pipa {

// Is the day inside one of the season's windows, each prolonged by `extra_days` at its end?
[[nodiscard]] bool in_season(const Season& season, DayNumber day, std::int64_t extra_days) noexcept;

}  // namespace pipa
