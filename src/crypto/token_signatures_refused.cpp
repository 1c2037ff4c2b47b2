#include "crypto/token_signatures.hpp"

namespace pipa::crypto {

TokenCheck verify_ecdsa_p256(ByteView, ByteView, ByteView) noexcept { return TokenCheck::Unsupported; }
TokenCheck verify_rsa_pss_sha256(ByteView, ByteView, ByteView) noexcept { return TokenCheck::Unsupported; }

}  // namespace pipa::crypto
