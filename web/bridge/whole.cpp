// What else can be told of an answer: the judgement without words, and what has changed since an article wrote down its pin.
#include "base/json_writer.hpp"
#include "packed_response.hpp"
#include "page/pin.hpp"
#include "page/view_json.hpp"
#include "session.hpp"

using namespace pipa;

extern "C" {

// {"version":1,"judgement":{...},"view":{...}}: all that can be said of a code.
std::uint8_t* pipa_inquiry_judgement(const PipaInquiry* inquiry, const PipaSession* session, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(tag, tag_size);
    if (catalogue == nullptr) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    const Judgement& judgement = inquiry->asked.judgement();
    return bridge::pack(to_json(judgement, make_view(judgement, *inquiry->asked.trust(), *catalogue)));
}

// The pin of an embed: {"state":"other_answer","text":"...","pin":"revoked.3f1c..."}.
std::uint8_t* pipa_inquiry_check_pin(const PipaInquiry* inquiry, const PipaSession* session, const char* pin, std::size_t pin_size, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(tag, tag_size);
    if (catalogue == nullptr) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    const PinView view = check_pin(bridge::text_of(pin, pin_size), inquiry->asked.judgement(), *catalogue);
    return bridge::pack(JsonWriter{}.begin_object().member("state", pin_state_name(view.state)).member("text", view.text).member("pin", view.now).end_object().finish());
}

}  // extern "C"
