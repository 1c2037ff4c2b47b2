// The statements of dossier_rules.json, signed: the unit tests judge them, the fuzzers begin with them.
#pragma once

#include <map>

#include "base/bytes.hpp"
#include "support/table.hpp"

namespace pipa::test {

// What a statement refers to another one by stands in the table as that one's id or number: the digests and references of those that were
// signed so far.
using StoryDigests = std::map<std::string, std::string>;

// Fills in what a row leaves out and a statement must say (when, of whose goods), and takes out what is the row's own (signer, type).
void complete_story(Json& statement, const StoryDigests& digests);

// Upstream certificates stand in the table by their numbers: those that were signed so far become references.
void refer_upstream(Json& certificate, const StoryDigests& digests);

// One statement of a row, completed. Throws what is wrong with it.
[[nodiscard]] Bytes sign_story(Json statement, StoryDigests& digests);

}  // namespace pipa::test
