#include "trust/lots.hpp"

#include "base/hex.hpp"
#include "crypto/ed25519.hpp"

namespace pipa {

std::uint8_t lots_share_of(std::string_view certificate_number) noexcept { return crypto::sha256(as_bytes(certificate_number)).front(); }

std::string lots_file_name(std::uint8_t share) { return to_hex(ByteView{&share, 1}); }

}  // namespace pipa
