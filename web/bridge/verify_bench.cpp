// One signature check and nothing else: the yardstick beside which the time to a verdict is stated.
#include "crypto/ed25519.hpp"

extern "C" std::uint32_t pipa_bench_verify(const std::uint8_t* public_key, std::size_t key_size, const std::uint8_t* message,
                                           std::size_t message_size, const std::uint8_t* signature, std::size_t signature_size) {
    using namespace pipa::crypto;
    return verify_ed25519({public_key, key_size}, {message, message_size}, {signature, signature_size}) == SignatureCheck::Valid;
}
