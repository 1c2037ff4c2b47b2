// As of when a session's answers are judged where the device's clock says `device_now`: a demo stands still at a time of its own, and only
// data that calls itself one can. (How a clock that is behind is met is the judgement's matter.)
#pragma once

#include "inquiry/session.hpp"

namespace pipa::inquiry {

[[nodiscard]] inline UnixSeconds judging_time(const Session& session, UnixSeconds device_now) {
    const auto trust = session.trust();
    return session.demo_now() && trust->is_loaded() && trust->pack().demo ? *session.demo_now() : device_now;
}

}  // namespace pipa::inquiry
