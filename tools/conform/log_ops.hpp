// Ops on what a public log and a status list publish: merkle.inclusion, merkle.consistency, note.verify,
// tsl.get, log.proof.
#pragma once

#include "conform/driver.hpp"

namespace pipa::conform {

[[nodiscard]] Result<void> merkle_inclusion(const Json& request, Json& answer);
[[nodiscard]] Result<void> merkle_consistency(const Json& request, Json& answer);
[[nodiscard]] Result<void> note_verify(const Json& request, Json& answer);
[[nodiscard]] Result<void> log_proof(const Json& request, Json& answer);
[[nodiscard]] Result<void> tsl_get(const Json& request, Json& answer);

}  // namespace pipa::conform
