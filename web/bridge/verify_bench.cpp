// Parts of the way to an answer, alone, for tests/bench: one signature check, the yardstick beside which times are stated; and a
// judgement without the texts that a reader gets.
#include "crypto/ed25519.hpp"
#include "session.hpp"

using namespace pipa;

extern "C" {

std::uint32_t pipa_bench_verify(const std::uint8_t* public_key, std::size_t key_size, const std::uint8_t* message,
                                std::size_t message_size, const std::uint8_t* signature, std::size_t signature_size) {
    return crypto::verify_ed25519({public_key, key_size}, {message, message_size}, {signature, signature_size}) == crypto::SignatureCheck::Valid;
}

// How many statements were bearings, by what the session has taken in: signatures that it checked before are not checked again, and
// nothing is fetched.
std::size_t pipa_bench_judge(PipaSession* session, const char* text, std::size_t text_size, double now_unix_s) {
    inquiry::Inquiry asked(session->device, bridge::text_of(text, text_size), bridge::time_of(now_unix_s).value_or(0));
    while (const inquiry::Wanted* wanted = asked.next()) asked.answer(wanted->name, {inquiry::Arrival::Failed, {}});
    return asked.judgement().bearings.size();
}

}  // extern "C"
