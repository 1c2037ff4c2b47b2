// Parts of the way to an answer, alone, for tests/bench: one signature check, the yardstick beside which times are stated; and a judgement by a
// dossier that is handed over, with and without the texts that a reader gets.
#include "crypto/ed25519.hpp"
#include "packed_response.hpp"
#include "page/view_json.hpp"
#include "session.hpp"

using namespace pipa;

namespace {

inquiry::Inquiry judged(PipaSession& session, std::string_view text, double now_unix_s, ByteView dossier) {
    inquiry::Inquiry asked(session.device, text, bridge::time_of(now_unix_s).value_or(0), {.records = inquiry::RecordsFrom::ByHand, .log_proof = {}});
    while (const inquiry::Wanted* wanted = asked.next()) asked.answer(wanted->name, {inquiry::Arrival::Here, to_bytes(dossier)});
    return asked;
}

}  // namespace

extern "C" {

std::uint32_t pipa_bench_verify(const std::uint8_t* public_key, std::size_t key_size, const std::uint8_t* message,
                                std::size_t message_size, const std::uint8_t* signature, std::size_t signature_size) {
    return crypto::verify_ed25519({public_key, key_size}, {message, message_size}, {signature, signature_size}) == crypto::SignatureCheck::Valid;
}

// How many statements were bearings. A dossier that this session has opened before is not opened again.
std::size_t pipa_bench_judge(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s, const std::uint8_t* dossier, std::size_t dossier_size) {
    return judged(*session, bridge::text_of(text, text_size), now_unix_s, {dossier, dossier_size}).judgement().bearings.size();
}

// The same as JSON, with all that a reader sees.
std::uint8_t* pipa_bench_show(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s, const std::uint8_t* dossier, std::size_t dossier_size,
                              const char* tag, std::size_t tag_size) {
    const inquiry::Inquiry asked = judged(*session, bridge::text_of(text, text_size), now_unix_s, {dossier, dossier_size});
    return bridge::pack(to_json(asked.judgement(), make_view(asked.judgement(), *asked.trust(), *session->catalogue(bridge::text_of(tag, tag_size)))));
}

}  // extern "C"
