// The phone's first module: the answer to a link that a camera opened. Every other text, and what stands behind the answer, is whole.wasm's.
#include <algorithm>

#include "inquiry/plain_link.hpp"
#include "judge/rules.hpp"
#include "page/view_json.hpp"
#include "session.hpp"

namespace pipa {

// Linked in place of judge/public_log.cpp: what reads proofs of the public log is an eighteenth of this module. They have a say where a key
// was lost or has run out, which is left to whole.wasm.
std::optional<Result<tlog::LogInclusion>> find_in_public_log(const ReadCode&, const TrustStore&, std::string_view) { return {}; }

namespace bridge {

std::optional<ScannedText> read_text(std::string_view text) { return read_plain_link(text); }

bool is_left_to_whole(const Judgement& judgement) {
    if (judgement.key != nullptr && judgement.key->compromised_since) return true;
    return std::ranges::find(judgement.reasons, ReasonId::KeyEndedSince, &Reason::id) != judgement.reasons.end();
}

std::string view_of(const inquiry::Inquiry& asked, const Catalogue& catalogue) {
    return to_json(make_answer(asked.judgement(), *asked.trust(), catalogue));
}

}  // namespace bridge
}  // namespace pipa
