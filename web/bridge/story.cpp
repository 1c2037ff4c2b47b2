// story.wasm: what no answer needs, and the pages show after it. A part of verify.wasm (session.hpp), loaded after record.wasm.
#include "base/json_writer.hpp"
#include "packed_response.hpp"
#include "page/pin.hpp"
#include "page/view_json.hpp"
#include "session.hpp"

using namespace pipa;

extern "C" {

// {"version":1,"judgement":{...},"view":{...}}: all that can be said of a code.
std::uint8_t* pipa_session_judge(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s,
                                 const char* tag, std::size_t tag_size) {
    const auto asked = bridge::question_of(*session, bridge::text_of(text, text_size), now_unix_s, bridge::text_of(tag, tag_size));
    if (!asked) return bridge::pack_error(asked.error());
    const Judgement judgement = judge(asked->text, session->trust, asked->now, bridge::evidence_of_text(*session, asked->text));
    const View view = make_view(judgement, session->trust, *asked->catalogue);
    return bridge::pack(to_json(judgement, view));
}

// The pin of an embed: {"state":"other_answer","text":"...","pin":"revoked.3f1c..."}.
std::uint8_t* pipa_session_check_pin(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s,
                                     const char* pin, std::size_t pin_size, const char* tag, std::size_t tag_size) {
    const auto asked = bridge::question_of(*session, bridge::text_of(text, text_size), now_unix_s, bridge::text_of(tag, tag_size));
    if (!asked) return bridge::pack_error(asked.error());
    const Judgement judgement = judge_answer(asked->text, session->trust, asked->now, bridge::evidence_of_text(*session, asked->text));
    const PinView view = check_pin(bridge::text_of(pin, pin_size), judgement, *asked->catalogue);
    return bridge::pack(JsonWriter{}.begin_object().member("state", pin_state_name(view.state)).member("text", view.text).member("pin", view.now).end_object().finish());
}

}  // extern "C"
