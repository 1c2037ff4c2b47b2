// Time as the kiosk's core sees it: it never asks, every event brings it along.
#pragma once

#include "base/civil_time.hpp"

namespace pipa::kiosk {

struct Moment {
    std::int64_t ms{};      // steady, for durations; its zero means nothing
    UnixSeconds unix_s{};   // for judging dates
};

}  // namespace pipa::kiosk
