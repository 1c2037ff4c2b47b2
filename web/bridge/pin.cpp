// The pin of an embed, on the session of verify.wasm: {"state":"other_answer","text":"...","pin":"revoked.3f1c..."}.
// An empty pin asks for the present one alone.
#include "packed_response.hpp"
#include "page/pin.hpp"
#include "session.hpp"

using namespace pipa;

extern "C" std::uint8_t* pipa_session_check_pin(const PipaSession* session, const char* text, std::size_t text_size, double now_unix_s,
                                                const char* pin, std::size_t pin_size, const char* tag, std::size_t tag_size) {
    const auto catalogue = session->catalogues.find(bridge::text_of(tag, tag_size));
    if (catalogue == session->catalogues.end()) return bridge::pack_error({ErrorCode::CatalogueInvalid});
    if (!(now_unix_s >= 0 && now_unix_s < 1e12) || !is_plausible_time(static_cast<UnixSeconds>(now_unix_s)))
        return bridge::pack_error({ErrorCode::DateInvalid});
    const Judgement judgement = judge(bridge::text_of(text, text_size), session->trust, static_cast<UnixSeconds>(now_unix_s),
                                      {.notices = session->notices});
    if (pin_size == 0) return bridge::pack(R"({"state":"none","text":"","pin":")" + make_pin(judgement) + "\"}");
    const PinView view = check_pin(bridge::text_of(pin, pin_size), judgement, catalogue->second);
    // The text comes from the catalogue; what would break out of the quotes is escaped.
    std::string escaped;
    for (const char c : view.text) {
        if (c == '"' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return bridge::pack(R"({"state":")" + std::string{pin_state_name(view.state)} + R"(","text":")" + escaped + R"(","pin":")" + view.now + "\"}");
}
