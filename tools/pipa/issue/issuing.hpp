// Signing statements with a key that is at hand.
#pragma once

#include "crypto/secret_key.hpp"
#include "record/certificate.hpp"

namespace pipa {

// Signs statements of one type with one key; the header is the same for all and made once.
class Signer {
public:
    Signer(const crypto::SecretKey& key, cose::StatementType type);  // the key must outlive it
    [[nodiscard]] Bytes sign(ByteView payload) const;

private:
    const crypto::SecretKey& m_key;
    Bytes m_header;
};

}  // namespace pipa
