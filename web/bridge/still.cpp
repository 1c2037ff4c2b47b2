// An answer as a still in words (still/still_text.hpp), for the builder of boxes. Pictures are `pipa card`'s: the writer of codes is built natively only.
#include "packed_response.hpp"
#include "session.hpp"
#include "still/still_text.hpp"

using namespace pipa;

namespace {

// Parted by NUL, which none of them holds.
std::string forms_of(const Still& still) {
    return still_as_html(still) + '\0' + still_as_markdown(still) + '\0' + still.line + " " + still.open + ": " + still.link;
}

}  // namespace

extern "C" {

// Three texts parted by NUL: HTML, Markdown, one line. Nothing before there is an answer, and nothing where there is no day that it is of. `portal` is
// the checking site, "https://host", for a code that names none.
std::uint8_t* pipa_inquiry_still(const PipaInquiry* inquiry, const PipaSession* session, const char* portal, std::size_t portal_size, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(bridge::text_of(tag, tag_size));
    const Judgement* judgement = bridge::judgement_of(inquiry);
    if (catalogue == nullptr || judgement == nullptr) return bridge::pack({});
    const auto still = make_still(*judgement, *inquiry->asked.trust(), *catalogue, inquiry->asked.text(), bridge::text_of(portal, portal_size));
    return bridge::pack(still ? forms_of(*still) : std::string{});
}

}  // extern "C"
