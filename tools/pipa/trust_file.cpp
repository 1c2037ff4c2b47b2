#include "pipa/trust_file.hpp"

#include "pipa/issuing.hpp"
#include "trust/trust_store.hpp"

namespace pipa {

Result<Bytes> sign_trust_pack(const TrustPack& pack, const crypto::SecretKey& office) {
    Bytes message = Signer(office, cose::StatementType::TrustPack).sign(encode_trust_pack(pack));
    const auto opened = TrustStore::open(message, office.public_key());
    if (!opened) return std::unexpected(opened.error());
    return message;
}

}  // namespace pipa
