// From bytes to what the core trusts: a trust pack and an office's key, or an update repository in one file
// (trust/open_bundle.hpp). Whatever is wrong with them becomes a trouble on the screen, never a dead kiosk.
#pragma once

#include "app/state.hpp"
#include "crypto/ed25519.hpp"

namespace pipa::kiosk {

// `office_key_hex` is 64 hexadecimal digits, blanks around them allowed.
[[nodiscard]] Trust open_trust(ByteView pack, std::string_view office_key_hex);
[[nodiscard]] Trust no_trust(const Error& error);

struct BundleTrust {
    Trust trust{};
    Bytes seen{};        // to be kept, and handed in next time
    Bytes office_key{};  // 32 bytes
};

// `seen` as it was kept, or empty. Errors as of open_bundle(); tuf.rollback for an older one than was seen.
[[nodiscard]] Result<BundleTrust> open_bundle_trust(ByteView bundle, const crypto::Digest& root_pin, ByteView seen);

// Trust that came from an earlier bundle, with what became of the newer one. Where there is no earlier one: no trust.
[[nodiscard]] Trust kept_trust(Trust kept, const Error& problem);
// Catalogue key of the sentence about a bundle that could not be taken: "kiosk.trouble.trust_rolled_back".
[[nodiscard]] std::string_view trust_trouble(ErrorCode problem) noexcept;

// 64 hexadecimal digits, blanks around them allowed, as 32 bytes.
[[nodiscard]] Result<crypto::Digest> read_root_pin(std::string_view hex);

}  // namespace pipa::kiosk
