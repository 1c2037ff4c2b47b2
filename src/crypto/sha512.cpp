#include "crypto/sha512.hpp"

#include <sodium.h>

namespace pipa::crypto {

LongDigest sha512(ByteView data) noexcept {
    LongDigest digest{};
    crypto_hash_sha512(digest.data(), data.data(), data.size());
    return digest;
}

}  // namespace pipa::crypto
