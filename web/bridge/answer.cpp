// The phone's first module: the answer to a link that a camera opened. Every other text, and what stands behind the answer, is whole.wasm's.
#include "inquiry/plain_link.hpp"
#include "session.hpp"

namespace pipa::bridge {

std::optional<ScannedText> read_text(std::string_view text) { return read_plain_link(text); }

View view_of(const inquiry::Inquiry& asked, const Catalogue& catalogue) { return make_answer(asked.judgement(), *asked.trust(), catalogue); }

}  // namespace pipa::bridge
