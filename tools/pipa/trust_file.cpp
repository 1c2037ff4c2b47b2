#include "pipa/trust_file.hpp"

#include "pipa/issuing.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

Result<Bytes> sign_trust_pack(const TrustPack& pack, const crypto::SecretKey& office) {
    Bytes message = Signer(office, cose::StatementType::TrustPack).sign(encode_trust_pack(pack));
    const auto opened = TrustStore::open(message, office.public_key());
    if (!opened) return std::unexpected(opened.error());
    // Every entry too: a device reads them one at a time, when it is too late to complain.
    if (const auto whole = opened->whole_pack(); !whole) return std::unexpected(whole.error());
    return message;
}

}  // namespace pipa
