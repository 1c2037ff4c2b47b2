// Any text that was scanned, typed or pasted, and all that can be told of an answer: what stands behind it, the judgement without words, and
// what has changed since an article wrote down its pin.
#include "base/hex.hpp"
#include "base/json_writer.hpp"
#include "packed_response.hpp"
#include "page/pin.hpp"
#include "page/view_json.hpp"
#include "session.hpp"

using namespace pipa;

std::optional<ScannedText> bridge::read_text(std::string_view text) { return read_scanned_text(text); }

bool bridge::is_left_to_whole(const Judgement&) { return false; }

std::string bridge::view_of(const inquiry::Inquiry& asked, const Catalogue& catalogue) {
    return to_json(make_view(asked.judgement(), *asked.trust(), catalogue));
}

extern "C" {

// {"loaded":true,"demo":false,"office_key":"<hex>","as_of":<Unix seconds>,"emergency":""}. `emergency` is the version of the page that every other
// one must give way to at once; empty where the repository names none.
std::uint8_t* pipa_session_status(const PipaSession* session) {
    const TrustStore& trust = *session->device.trust();
    const auto& repository = session->device.repository();
    return bridge::pack(JsonWriter{}
                            .begin_object()
                            .member("loaded", trust.is_loaded())
                            .member("demo", trust.is_loaded() && trust.pack().demo)
                            .member("office_key", to_hex(session->device.office_key()))
                            .member("as_of", trust.is_loaded() ? trust.as_of() : 0)
                            .member("emergency", repository ? repository->trusted().timestamp()->emergency : std::string{})
                            .end_object()
                            .finish());
}

// {"texts":["..."]}: one for each of our links in what was pasted; each is for an inquiry of its own.
std::uint8_t* pipa_texts_of_line(const char* line, std::size_t line_size) {
    JsonWriter json;
    json.begin_object().key("texts").begin_array();
    for (const std::string& text : texts_of_line(bridge::text_of(line, line_size))) json.value(text);
    return bridge::pack(json.end_array().end_object().finish());
}

// {"version":1,"judgement":{...},"view":{...}}: all that can be said of a code; nothing before the answer is there.
std::uint8_t* pipa_inquiry_judgement(const PipaInquiry* inquiry, const PipaSession* session, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(bridge::text_of(tag, tag_size));
    if (catalogue == nullptr) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    const Judgement* judgement = bridge::judgement_of(inquiry);
    if (judgement == nullptr) return bridge::pack({});
    return bridge::pack(to_json(*judgement, make_view(*judgement, *inquiry->asked.trust(), *catalogue)));
}

// The pin of an article: {"state":"other_answer","text":"...","pin":"revoked.3f1c..."}; `pin` is the one of now, empty without a certificate.
// Nothing before the answer is there.
std::uint8_t* pipa_inquiry_check_pin(const PipaInquiry* inquiry, const PipaSession* session, const char* pin, std::size_t pin_size, const char* tag, std::size_t tag_size) {
    const Catalogue* catalogue = session->catalogue(bridge::text_of(tag, tag_size));
    if (catalogue == nullptr) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    const Judgement* judgement = bridge::judgement_of(inquiry);
    if (judgement == nullptr) return bridge::pack({});
    const PinView view = check_pin(bridge::text_of(pin, pin_size), *judgement, *catalogue);
    return bridge::pack(JsonWriter{}.begin_object().member("state", pin_state_name(view.state)).member("text", view.text).member("pin", view.now).end_object().finish());
}

}  // extern "C"
