// Whether the certificate is in a public log. A log shows that it was not made for one reader's eyes; that it is in none, or not yet, is no
// reason to doubt it, so this is told beside the answer and never part of it.
#pragma once

#include "judge/judge.hpp"
#include "tlog/log_entry.hpp"

namespace pipa {

using PublicLogFinding = std::optional<Result<tlog::LogInclusion>>;

// What the judgement's proof says. Empty where none was given, or the trust pack names no log. Errors: note.*, log_proof.*, merkle.*.
[[nodiscard]] PublicLogFinding find_in_public_log(const Judgement& judgement, const TrustStore& trust);

}  // namespace pipa
