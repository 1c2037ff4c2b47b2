// The steps of a judgement, from the certificate to the answer. Inside src/judge only.
#pragma once

#include "judge/judge.hpp"

namespace pipa {

// Text, issuer, dates and status: what certificate and trust pack say.
[[nodiscard]] Judgement examine(std::string_view text, const TrustStore& trust, UnixSeconds now);

void look_at_availability(Judgement& judgement, Record record);

// From the reasons found to the verdict.
void conclude(Judgement& judgement);

}  // namespace pipa
