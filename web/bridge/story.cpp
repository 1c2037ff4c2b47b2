// story.wasm: what verify.wasm is not needed for before a verdict is shown. Both are one module, split after it is linked
// (web/split_module.cmake): the same memory, the same session, and none of these may be called before story.wasm is there.
#include "base/json_writer.hpp"
#include "packed_response.hpp"
#include "page/pin.hpp"
#include "page/view_json.hpp"
#include "session.hpp"
#include "trust/lots.hpp"
#include "trust/supplement.hpp"

using namespace pipa;

extern "C" {

// Exported only so that what it needs stays out of verify.wasm.
void pipa_check_together(const crypto::SignedMessage* messages, std::size_t count, std::vector<crypto::SignatureCheck>* out) {
    *out = crypto::verify_ed25519_together({messages, count});
}

// {"version":1,"judgement":{...},"view":{...}}: all that can be said of a code.
std::uint8_t* pipa_session_judge(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s,
                                 const char* tag, std::size_t tag_size) {
    const auto asked = bridge::question_of(*session, bridge::text_of(text, text_size), now_unix_s, bridge::text_of(tag, tag_size));
    if (!asked) return bridge::pack_error(asked.error());
    session->check_signatures = [](std::span<const crypto::SignedMessage> messages) {
        std::vector<crypto::SignatureCheck> out;
        pipa_check_together(messages.data(), messages.size(), &out);
        return out;
    };
    const Judgement judgement = judge(asked->text, session->trust, asked->now, bridge::background_of(*session, asked->text));
    const View view = make_view(judgement, session->trust, *asked->catalogue);
    return bridge::pack(to_json(judgement, view));
}

// The pin of an embed: {"state":"other_answer","text":"...","pin":"revoked.3f1c..."}.
std::uint8_t* pipa_session_check_pin(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s,
                                     const char* pin, std::size_t pin_size, const char* tag, std::size_t tag_size) {
    const auto asked = bridge::question_of(*session, bridge::text_of(text, text_size), now_unix_s, bridge::text_of(tag, tag_size));
    if (!asked) return bridge::pack_error(asked.error());
    const Judgement judgement = judge_answer(asked->text, session->trust, asked->now, bridge::background_of(*session, asked->text));
    const PinView view = check_pin(bridge::text_of(pin, pin_size), judgement, *asked->catalogue);
    return bridge::pack(JsonWriter{}.begin_object().member("state", pin_state_name(view.state)).member("text", view.text).member("pin", view.now).end_object().finish());
}

// The file that a certificate needs beside the bundle (trust/supplement.hpp): {"name":"status/17.3.7.cbor"}, below tuf/phone/; an empty name
// where nothing is missing.
std::uint8_t* pipa_session_supplement_of(const PipaSession* session, const char* text, std::size_t text_size) {
    const auto place = session->repository ? missing_status(session->trust, bridge::text_of(text, text_size)) : std::nullopt;
    const std::string name = place ? supplement_name(session->repository->trusted(), *place) : std::string{};
    return bridge::pack(R"({"name":")" + name + "\"}");
}

// Errors as for a bundle; without one, bundle.wrong_root. What is refused leaves the session with what it had.
std::uint8_t* pipa_session_add_supplement(PipaSession* session, const std::uint8_t* file, std::size_t file_size) {
    if (!session->repository) return bridge::pack_error({ErrorCode::BundleWrongRoot});
    auto notices = add_supplement(session->trust, *session->repository, {file, file_size});
    if (!notices) return bridge::pack_error(notices.error());
    add_notices(session->notices, std::move(*notices));
    return bridge::pack_ok();
}

// {"text":"HTTPS://..."}: what the code of the certificate with this number says; empty where no opened file has it.
std::uint8_t* pipa_session_text_of(const PipaSession* session, const char* number, std::size_t number_size) {
    const std::string_view wanted = bridge::text_of(number, number_size);
    const LotsFile* file = bridge::find_file(*session, lots_file_name(lots_share_of(wanted)));
    const LotEntry* entry = file == nullptr ? nullptr : find_lot(file->entries, wanted);
    const auto& hosts = session->trust.pack().hosts;
    const std::string text = entry == nullptr ? std::string{} : make_qr_text(hosts.empty() ? "localhost" : hosts.front(), entry->certificate);
    return bridge::pack(R"({"text":")" + text + "\"}");
}

}  // extern "C"
